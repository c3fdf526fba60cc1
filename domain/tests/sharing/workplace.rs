//! A cashier at a till.

use domain::Timestamp;
use domain::sharing::{AddressPrefix, DeviceMark, Event, EventKind, Family, Mark, Program};

use crate::chance::Chance;

/// The address that requests come from.
#[derive(Clone, Debug)]
pub(crate) enum Network {
    /// Always the same.
    Fixed(AddressPrefix),
    /// Another with each request.
    Pool(Vec<AddressPrefix>),
    /// One of several, changed after a request in so many of a thousand cases.
    Moving(Vec<AddressPrefix>, i64),
}

/// How receipts are numbered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Numbers {
    None,
    /// The last number. So many checks without a client lie between two with one, at most.
    Counter(u64, i64),
    /// Numbers of up to so many, which count nothing.
    Codes(u64),
}

/// When the till writes the date of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dated {
    Never,
    AtBegin,
    AtSale,
}

/// How the cashier works.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Habit {
    /// One check after another.
    Plain,
    /// Parks so many of a thousand checks for a few others.
    Parks(i64),
    /// Looks up so many clients before the first of them pays. They pay in any order if `true`.
    Queue(i64, bool),
}

#[derive(Clone, Debug)]
pub(crate) struct Workplace {
    pub(crate) network: Network,
    pub(crate) program: Program,
    /// The program and the network that record the sales, if these are others.
    pub(crate) sender: Option<(Program, AddressPrefix)>,
    pub(crate) numbers: Numbers,
    pub(crate) dated: Dated,
    /// By how many seconds the clock is fast.
    pub(crate) fast: i64,
    pub(crate) habit: Habit,
    /// The seconds from one check to the next, on average.
    pub(crate) pause: i64,
    /// The till's requests by itself, in seconds from one to the next.
    pub(crate) polls: Option<i64>,
    /// The device, if the till is bound to another.
    pub(crate) refused: Option<DeviceMark>,
    /// So many of a thousand sales come without a look-up.
    pub(crate) blind: i64,
    /// So many of a thousand receipt numbers are typed wrong.
    pub(crate) typos: i64,
    place: usize,
}

pub(crate) fn prefix(address: &str) -> AddressPrefix {
    AddressPrefix::of(address.parse().unwrap())
}

pub(crate) fn program(user_agent: &str) -> Program {
    let hash = user_agent.bytes().fold(7_u64, |hash, byte| {
        hash.wrapping_mul(1_099_511_628_211) ^ u64::from(byte)
    });
    Program {
        mark: Mark::from_bits(hash),
        family: Family::of(user_agent),
    }
}

pub(crate) fn device(id: &str) -> DeviceMark {
    DeviceMark::new(program(id).mark, id)
}

pub(crate) fn chrome(version: i64) -> Program {
    program(&format!(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
         Chrome/{version}.0.0.0 Safari/537.36"
    ))
}

pub(crate) fn phone() -> Program {
    program(
        "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) \
         Chrome/137.0.0.0 Mobile Safari/537.36",
    )
}

pub(crate) fn one_c() -> Program {
    program("1C+Enterprise/8.3.24")
}

impl Workplace {
    /// Returns a till of 1C at a fixed address.
    pub(crate) fn new(address: &str) -> Self {
        Self {
            network: Network::Fixed(prefix(address)),
            program: one_c(),
            sender: None,
            numbers: Numbers::Counter(1_000, 2),
            dated: Dated::AtSale,
            fast: 0,
            habit: Habit::Plain,
            pause: 360,
            polls: Some(240),
            refused: None,
            blind: 30,
            typos: 0,
            place: 0,
        }
    }

    /// Returns what is asked from one second to another.
    pub(crate) fn work(&mut self, chance: &mut Chance, from: i64, until: i64) -> Vec<Event> {
        let mut events = Vec::new();
        if let Some(polls) = self.polls {
            let mut at = from + chance.between(0, polls);
            while at < until {
                events.push(self.ask(chance, at, EventKind::Other));
                at += polls + chance.between(-5, 5);
            }
        }
        let mut at = from + chance.wait(self.pause);
        while at < until {
            at = match self.habit {
                Habit::Parks(often) if chance.is(often) => self.park(chance, at, &mut events),
                Habit::Queue(most, any_order) => {
                    self.queue(chance, at, (most, any_order), &mut events)
                }
                _ => self.check(chance, at, &mut events),
            };
            at += chance.wait(self.pause);
        }
        events
    }

    /// Begins the receipts anew.
    pub(crate) fn new_shift(&mut self) {
        if let Numbers::Counter(last, _) = &mut self.numbers {
            *last = 0;
        }
    }

    fn check(&mut self, chance: &mut Chance, at: i64, events: &mut Vec<Event>) -> i64 {
        let client = client(chance);
        self.look_up(chance, at, client, events);
        let paid = at + chance.between(20, 120);
        let receipt = self.number(chance);
        self.sell(chance, (at, paid), client, receipt, events);
        paid
    }

    /// Does other checks between the beginning and the end of one. It has its number already.
    fn park(&mut self, chance: &mut Chance, at: i64, events: &mut Vec<Event>) -> i64 {
        let client = client(chance);
        self.look_up(chance, at, client, events);
        let receipt = self.number(chance);
        let mut paid = at + 20;
        for _ in 0..chance.of(&[1, 1, 2, 3, 30]) {
            let begun = paid + chance.between(5, 30);
            paid = self.check(chance, begun, events);
        }
        paid += 30;
        self.sell(chance, (at, paid), client, receipt, events);
        paid
    }

    fn queue(
        &mut self,
        chance: &mut Chance,
        at: i64,
        (most, any_order): (i64, bool),
        events: &mut Vec<Event>,
    ) -> i64 {
        let mut waiting = Vec::new();
        let mut now = at;
        for _ in 0..chance.between(1, most) {
            let client = client(chance);
            self.look_up(chance, now, client, events);
            waiting.push((now, client));
            now += chance.between(8, 20);
        }
        while !waiting.is_empty() {
            now += chance.between(15, 60);
            let last = i64::try_from(waiting.len()).unwrap() - 1;
            let next = if any_order {
                chance.between(0, last)
            } else {
                0
            };
            let (begun, client) = waiting.remove(usize::try_from(next).unwrap());
            let receipt = self.number(chance);
            self.sell(chance, (begun, now), client, receipt, events);
        }
        now
    }

    fn look_up(&mut self, chance: &mut Chance, at: i64, client: Mark, events: &mut Vec<Event>) {
        if !chance.is(self.blind) {
            let lookup = self.ask(chance, at, EventKind::Lookup);
            events.push(Event {
                client: lookup_client(&lookup, client),
                ..lookup
            });
        }
    }

    fn sell(
        &mut self,
        chance: &mut Chance,
        (begun, paid): (i64, i64),
        client: Mark,
        receipt: Option<u64>,
        events: &mut Vec<Event>,
    ) {
        let mut sale = self.ask(chance, paid, EventKind::Sale);
        if let Some((program, prefix)) = self.sender {
            (sale.program, sale.prefix) = (program, prefix);
        }
        if sale.kind == EventKind::Sale {
            let behind = match self.dated {
                Dated::Never => None,
                Dated::AtBegin => Some(paid - begun),
                Dated::AtSale => Some(chance.between(0, 2)),
            };
            sale.client = Some(client);
            sale.receipt = receipt;
            sale.behind_seconds = behind.map(|by| i32::try_from(by - self.fast).unwrap());
        }
        events.push(sale);
    }

    fn ask(&mut self, chance: &mut Chance, at: i64, kind: EventKind) -> Event {
        let prefix = match &self.network {
            Network::Fixed(prefix) => *prefix,
            Network::Pool(pool) => chance.of(pool),
            Network::Moving(places, often) => {
                if chance.is(*often) {
                    let by = usize::try_from(chance.between(1, 2)).unwrap();
                    self.place = (self.place + by) % places.len();
                }
                places[self.place]
            }
        };
        let micros = at * 1_000_000 + chance.between(0, 999_999);
        Event {
            at: Timestamp::from_micros(micros),
            kind: self.refused.map_or(kind, EventKind::Refused),
            prefix,
            program: self.program,
            client: None,
            receipt: None,
            behind_seconds: None,
            is_queued: false,
        }
    }

    fn number(&mut self, chance: &mut Chance) -> Option<u64> {
        match &mut self.numbers {
            Numbers::None => None,
            Numbers::Counter(last, between) => {
                *last += u64::try_from(chance.between(1, *between + 1)).unwrap();
                let wrong = *last * 10 + chance.next() % 10;
                Some(if chance.is(self.typos) { wrong } else { *last })
            }
            Numbers::Codes(most) => Some(chance.next() % *most),
        }
    }
}

fn client(chance: &mut Chance) -> Mark {
    Mark::from_bits(u64::try_from(chance.between(1, 600)).unwrap())
}

/// The client of a refused request is not known: it was refused before.
fn lookup_client(lookup: &Event, client: Mark) -> Option<Mark> {
    (lookup.kind == EventKind::Lookup).then_some(client)
}
