//! What happens at a till in a random walk, and a till to which it happens.

use std::rc::Rc;

use bsl::run::Value;
use integrations::Configuration;
use proptest::prelude::*;
use proptest::sample::select;

use crate::network::Fault;
use crate::shop::Shop;
use crate::till::{ALL, Till};

/// How many clients come to the shop.
pub(crate) const CLIENTS: usize = 3;

/// How many bonuses a cashier asks for.
#[derive(Clone, Debug)]
pub(crate) enum Spend {
    Sum(i64),
    Most,
}

/// What the printer says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Printer {
    Ok,
    Failed,
    /// It has not answered yet; the check stays on the screen.
    Unknown,
}

/// What happens at a till.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A client is scanned, and bonuses are asked for.
    Scan {
        client: usize,
        spend: Spend,
    },
    Row {
        dirams: i64,
    },
    /// The check is put aside and taken up again.
    Defer,
    /// The hook before printing, which is called from several places.
    Before {
        times: usize,
    },
    /// The check is confirmed and printed. It may be posted only after the printer's answer.
    Print {
        printer: Printer,
        is_posted_after: bool,
    },
    /// The document is posted once more.
    PostAgain,
    Delete,
    /// The till goes on to the next check.
    Next,
    /// What becomes of the next requests.
    Faults(Vec<Fault>),
    NetworkDown,
    NetworkUp,
    /// A minute passes, and what waits is sent.
    Rest,
    /// 1C is started again: of the check there is what was written.
    Restart,
}

/// What the choice of the next event depends on: whether there is anything in the check.
#[derive(Clone, Debug)]
pub(crate) struct Shift {
    pub(crate) configuration: Configuration,
    has_rows: bool,
}

impl proptest_state_machine::ReferenceStateMachine for Shift {
    type State = Self;
    type Transition = Event;

    fn init_state() -> BoxedStrategy<Self> {
        let shift = |configuration| Self {
            configuration,
            has_rows: false,
        };
        select(&ALL[..]).prop_map(shift).boxed()
    }

    fn transitions(shift: &Self) -> BoxedStrategy<Event> {
        if shift.has_rows {
            prop_oneof![1 => any_time(), 1 => closing()].boxed()
        } else {
            any_time().boxed()
        }
    }

    fn apply(mut shift: Self, event: &Event) -> Self {
        match event {
            Event::Row { .. } => shift.has_rows = true,
            Event::Delete | Event::Next => shift.has_rows = false,
            _ => {}
        }
        shift
    }
}

fn any_time() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (1_500..10_500_i64).prop_map(|dirams| Event::Row { dirams }),
        10 => scan(),
        1 => Just(Event::Defer),
        1 => Just(Event::Delete),
        2 => Just(Event::Next),
        1 => faults(),
        1 => Just(Event::NetworkDown),
        3 => Just(Event::NetworkUp),
        2 => Just(Event::Rest),
        1 => Just(Event::Restart),
    ]
}

/// What a check without rows does not come to.
fn closing() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => (1..=3_usize).prop_map(|times| Event::Before { times }),
        4 => scan(),
        6 => print(),
        1 => Just(Event::PostAgain),
    ]
}

fn scan() -> impl Strategy<Value = Event> {
    let spend = prop_oneof![
        1 => (0..2_000_i64).prop_map(Spend::Sum),
        3 => Just(Spend::Most),
    ];
    (0..CLIENTS, spend).prop_map(|(client, spend)| Event::Scan { client, spend })
}

fn print() -> impl Strategy<Value = Event> {
    let printer = prop_oneof![
        4 => Just(Printer::Ok),
        1 => Just(Printer::Failed),
        1 => Just(Printer::Unknown),
    ];
    (printer, any::<bool>()).prop_map(|(printer, is_posted_after)| Event::Print {
        printer,
        is_posted_after,
    })
}

fn faults() -> impl Strategy<Value = Event> {
    let fault = select(vec![
        Fault::Down,
        Fault::Dns,
        Fault::Certificate,
        Fault::Lost,
        Fault::Page,
        Fault::Cut,
        Fault::Empty,
        Fault::Bom,
        Fault::Slow,
    ]);
    prop::collection::vec(fault, 1..5).prop_map(Event::Faults)
}

/// A printed check: its id, client, total and bonuses.
pub(crate) type Printed = (String, String, i64, i64);

/// A till during a walk.
pub(crate) struct Walk {
    till: Till,
    shop: Rc<Shop>,
    /// The balances before it.
    before: Vec<i64>,
    /// The ids of all checks of the walk.
    ids: Vec<String>,
    /// Whether the check on the screen is printed.
    is_printed: bool,
    pub(crate) printed: Vec<Printed>,
}

impl Walk {
    pub(crate) fn begin(shop: &Rc<Shop>, configuration: Configuration) -> Self {
        let till = Till::new(shop, configuration, 0);
        Self {
            ids: vec![till.check.id.clone()],
            till,
            shop: Rc::clone(shop),
            before: balances(shop),
            is_printed: false,
            printed: Vec::new(),
        }
    }

    /// Lets an event happen. What makes no sense now does not happen.
    pub(crate) fn take(&mut self, event: &Event) -> Result<(), TestCaseError> {
        let has_rows = self.till.check.total() > 0;
        // A cashier needs some seconds.
        self.till.now.set(self.till.now.get() + 15);
        match event {
            Event::Row { dirams } => {
                self.leave_printed();
                self.till.add(*dirams);
            }
            Event::Scan { client, spend } => {
                self.leave_printed();
                let spend = match spend {
                    Spend::Sum(dirams) => Some(*dirams),
                    Spend::Most => None,
                };
                let phone = self.shop.phones[*client].clone();
                self.till.client(&phone, spend);
            }
            Event::Defer if !self.is_printed => {
                let check = self.till.check.value();
                self.till.call("BonexСоставИзменился", &[check]).unwrap();
            }
            Event::Before { times } if has_rows && !self.is_printed => {
                for _ in 0..*times {
                    self.till.before();
                }
            }
            Event::Print {
                printer,
                is_posted_after,
            } if has_rows && !self.is_printed => self.print(*printer, *is_posted_after)?,
            Event::PostAgain if self.is_printed => {
                self.till.post();
            }
            Event::Delete if !self.is_printed => self.next(),
            Event::Next => self.next(),
            Event::Faults(faults) => self.till.network.faults.borrow_mut().extend(faults),
            Event::NetworkDown => *self.till.network.always.borrow_mut() = Some(Fault::Down),
            Event::NetworkUp => *self.till.network.always.borrow_mut() = None,
            Event::Rest => {
                self.till.rest();
            }
            Event::Restart if !self.till.restart() => {
                self.ids.push(self.till.check.id.clone());
                self.is_printed = false;
            }
            _ => {}
        }
        Ok(())
    }

    fn print(&mut self, printer: Printer, is_posted_after: bool) -> Result<(), TestCaseError> {
        if !self.till.before() {
            return Ok(());
        }
        let check = Rc::clone(&self.till.check);
        let sums = (check.total(), check.bonuses());
        if sums.1 > 0 {
            let sold = self.till.sold(&check.phone());
            prop_assert!(sold.contains(&sums), "printed and not confirmed: {sold:?}");
            let is_undone = self.till.queue.count("ждёт") == 0;
            prop_assert!(
                !is_undone || sold.len() == 1,
                "an earlier attempt is left: {sold:?}"
            );
        }
        if !is_posted_after {
            self.till.post();
        }
        match printer {
            Printer::Ok => self.till.after(Value::Bool(true)),
            Printer::Failed => self.till.after(Value::Bool(false)),
            Printer::Unknown => self.till.after(Value::Undefined),
        }
        if matches!(printer, Printer::Ok) {
            if is_posted_after {
                self.till.post();
            }
            self.is_printed = true;
            if !check.phone().is_empty() {
                let phone = check.phone();
                self.printed.push((check.id.clone(), phone, sums.0, sums.1));
            }
        }
        Ok(())
    }

    /// A printed check leaves the screen before anything else is sold.
    fn leave_printed(&mut self) {
        if self.is_printed {
            self.next();
        }
    }

    fn next(&mut self) {
        self.till.delete();
        self.ids.push(self.till.check.id.clone());
        self.is_printed = false;
    }

    /// The evening: the network is back, the open check is deleted, the queue is sent. The server
    /// has exactly the sales of the printed checks, and the balances are what these made them.
    pub(crate) fn end(&mut self) -> Result<(), TestCaseError> {
        *self.till.network.always.borrow_mut() = None;
        self.till.network.faults.borrow_mut().clear();
        self.till.rest();
        self.next();
        prop_assert_eq!(self.till.rest(), 0, "rows of the queue that still wait");
        prop_assert_eq!(self.till.queue.count("отвергнут"), 0);
        let (mut found, mut balances_then) = (Vec::new(), self.before.clone());
        for (phone, balance) in self.shop.phones.iter().zip(&mut balances_then) {
            for sale in self.shop.sales(phone, "") {
                let Some(id) = self.ids.iter().find(|id| sale.id.starts_with(id.as_str())) else {
                    continue;
                };
                *balance += sale.accrued - sale.redeemed;
                found.push((id.clone(), phone.clone(), sale.total, sale.redeemed));
            }
        }
        found.sort();
        self.printed.sort();
        prop_assert_eq!(&found, &self.printed, "sales on the server, printed checks");
        prop_assert_eq!(balances(&self.shop), balances_then, "stranded bonuses");
        Ok(())
    }
}

fn balances(shop: &Shop) -> Vec<i64> {
    let phones = shop.phones.iter().take(CLIENTS);
    phones.map(|phone| shop.balance(phone)).collect()
}
