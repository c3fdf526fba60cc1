//! What the till knows while it is open.

use std::ops::Deref;

use cashier_api::answers::{ClientData, SessionData};
use domain::{Identifier, Money};
use leptos::prelude::*;
use till::amount::AmountEntry;
use till::clock::{Clock, Guess};
use till::format::with_currency;
use till::identify::spelled;
use till::journal::Record;
use till::outgoing::Outgoing;
use till::phone::PhoneEntry;
use till::quote::{Quote, Redeem, quote, quote_unverified};
use till::typing::Typing;

use crate::cash::live::model::notice::Notice;
use crate::cash::live::platform::database::Database;
use crate::cash::live::platform::page;
use crate::cash::live::platform::storage::Tokens;
use crate::cash::live::root::{Open, State};
use crate::cash::live::screens::history::store::StoreSearch;
use crate::cash::texts::Texts;
use crate::locales::Language;

/// What the screen shows beside the sale.
#[derive(Clone, PartialEq)]
pub enum Screen {
    Sale,
    Camera,
    Done(Record),
    Return {
        sale: Record,
        /// What has come back of it.
        before: Money,
        /// Where it was begun, and closing it leads to.
        in_history: bool,
    },
    Menu,
    Shift,
    History,
}

impl Screen {
    /// How many screens lie over the sale, this one the last.
    pub fn depth(&self) -> u32 {
        match self {
            Self::Sale => 0,
            Self::Return {
                in_history: true, ..
            } => 2,
            _ => 1,
        }
    }
}

/// Whose check it is.
#[derive(Clone, PartialEq)]
pub enum Who {
    Nobody,
    /// The server is being asked.
    Finding(Identifier),
    Known(Box<ClientData>),
    /// Named without a network: the server will tell.
    Unverified(Identifier),
    /// The server does not know the phone or card.
    Unknown(Identifier),
}

/// What the keypad writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Amount,
    Phone,
    /// Exactly how many bonuses go into the check.
    Redeem,
}

/// The check on its way.
#[derive(Clone, PartialEq)]
pub enum Sending {
    Idle,
    First,
    /// No answer came: the same check is being sent again. Holds its external id.
    Unknown(String),
}

/// The open till, copied freely: one pointer, whatever it knows.
#[derive(Clone, Copy)]
pub struct Till(&'static Known);

impl Deref for Till {
    type Target = Known;

    fn deref(&self) -> &Known {
        self.0
    }
}

/// What it knows: signals, which go when the till is left.
pub struct Known {
    pub texts: &'static Texts,
    pub language: Language,
    pub gate: RwSignal<State>,
    pub tokens: StoredValue<Tokens>,
    pub node_id: i64,
    pub database: Database,
    pub session: RwSignal<SessionData>,
    pub clock: RwSignal<Clock>,
    pub knows_time: RwSignal<bool>,
    pub screen: RwSignal<Screen>,
    pub who: RwSignal<Who>,
    pub amount: RwSignal<AmountEntry>,
    /// What comes back, while a return is made.
    pub back: RwSignal<AmountEntry>,
    /// The external ids of returns, and the money that the cashier was told each gives out; as long as the page lives.
    pub agreed: StoredValue<Vec<(String, Money)>>,
    /// The check that was refused and is taken again.
    pub instead_of: StoredValue<Option<Record>>,
    pub redeem: RwSignal<Redeem>,
    /// How many bonuses, where exactly so many are asked for.
    pub exact: RwSignal<AmountEntry>,
    /// What is looked for in the history.
    pub searched: RwSignal<String>,
    pub store_search: RwSignal<StoreSearch>,
    pub phone: RwSignal<PhoneEntry>,
    /// A card's number, where that is typed instead.
    pub code: RwSignal<Option<String>>,
    pub field: RwSignal<Field>,
    /// When keys were pressed, and whether what is typed on is meant for the field.
    pub typing: StoredValue<Typing>,
    pub sending: RwSignal<Sending>,
    pub notice: RwSignal<Option<Notice>>,
    pub online: RwSignal<bool>,
    pub outbox: RwSignal<Vec<Outgoing>>,
    pub journal: RwSignal<Vec<Record>>,
    /// What waits is being sent.
    pub is_draining: StoredValue<bool>,
    /// The page is being loaded anew, on purpose.
    pub is_reloading: StoredValue<bool>,
    pub update_ready: RwSignal<bool>,
    /// Changes where what stands on the page is not what we have written, and is drawn anew.
    pub redraws: RwSignal<u32>,
}

impl Till {
    pub fn open(
        texts: &'static Texts,
        language: Language,
        gate: RwSignal<State>,
        open: Open,
        update_ready: RwSignal<bool>,
    ) -> Self {
        let node_id = open
            .session
            .with_untracked(|session| session.cashier_node_id);
        let known = Known {
            texts,
            language,
            gate,
            tokens: StoredValue::new(open.tokens),
            node_id,
            database: Database::of(node_id),
            session: open.session.into(),
            clock: open.clock.into(),
            knows_time: open.knows_time.into(),
            screen: RwSignal::new(Screen::Sale),
            who: RwSignal::new(Who::Nobody),
            amount: RwSignal::new(AmountEntry::default()),
            back: RwSignal::new(AmountEntry::default()),
            agreed: StoredValue::new(Vec::new()),
            instead_of: StoredValue::new(None),
            redeem: RwSignal::new(Redeem::None),
            exact: RwSignal::new(AmountEntry::default()),
            searched: RwSignal::new(String::new()),
            store_search: RwSignal::new(StoreSearch::NotBegun),
            phone: RwSignal::new(PhoneEntry::default()),
            code: RwSignal::new(None),
            field: RwSignal::new(Field::Amount),
            typing: StoredValue::new(Typing::default()),
            sending: RwSignal::new(Sending::Idle),
            notice: RwSignal::new(None),
            online: RwSignal::new(page::is_online()),
            outbox: RwSignal::new(Vec::new()),
            journal: RwSignal::new(Vec::new()),
            is_draining: StoredValue::new(false),
            is_reloading: StoredValue::new(false),
            update_ready,
            redraws: RwSignal::new(0),
        };
        // A till is opened once or twice in a page's life, so its few hundred bytes may stay.
        Self(Box::leak(Box::new(known)))
    }

    /// The tokens that this till was opened with, whatever is entered elsewhere; none when it has been left.
    pub fn tokens(self) -> Option<Tokens> {
        self.tokens.try_get_value()
    }

    /// Now, by the server's clock as far as it is known, in milliseconds since 1970.
    pub fn now_ms(self) -> i64 {
        self.clock().now_ms(page::now_ms())
    }

    /// The server's clock, as far as it is known.
    pub fn clock(self) -> Clock {
        self.clock.try_get_untracked().unwrap_or_default()
    }

    /// What a document has in place of a certain moment, until the server is heard.
    pub fn guess(self) -> Option<Guess> {
        let is_certain = self.knows_time.get_untracked();
        (!is_certain).then(|| self.clock().guess(page::now_ms()))
    }

    /// Notes whether the server was heard: a phone may have a network that leads nowhere.
    pub fn heard(self, heard: bool) {
        if self.online.try_get_untracked() == Some(!heard) {
            self.online.set(heard);
            if heard {
                // What could not be done without it, can be.
                self.notice.update(|notice| {
                    *notice = notice.take().filter(|notice| notice.is_good);
                });
            }
        }
    }

    /// What the check comes to, as far as the till can tell.
    pub fn quote(self) -> Quote {
        self.quote_for(self.redeem.get())
    }

    /// The same, were so many bonuses asked for.
    pub fn quote_for(self, redeem: Redeem) -> Quote {
        let gross = self.amount.with(AmountEntry::money);
        self.who.with(|who| {
            self.session.with(|session| match who {
                Who::Known(client) => quote(&session.loyalty, Some(client), gross, redeem),
                Who::Unverified(_) => quote_unverified(&session.loyalty, gross),
                _ => quote(&session.loyalty, None, gross, redeem),
            })
        })
    }

    /// No bonuses go into the check, until they are chosen again.
    pub fn choose_no_bonuses(self) {
        self.redeem.set(Redeem::None);
        self.exact.set(AmountEntry::default());
    }

    /// Tells the cashier.
    pub fn tell(self, text: impl Into<String>) {
        let _ = self.notice.try_set(Some(Notice::problem(text)));
    }

    /// Tells of a check that was recorded while nobody saw it, and what its client pays.
    pub fn tell_recorded(self, record: &Record) {
        let texts = self.texts;
        let sum = |dirams| with_currency(Money::from_dirams(dirams), texts.currency);
        let recorded = format!("{} {}", texts.sending.recorded, sum(record.total_dirams));
        let text = if record.redeemed_dirams == 0 {
            recorded
        } else {
            let to_pay = sum(record.total_dirams - record.redeemed_dirams);
            format!("{recorded} {}: {to_pay}", texts.sale.to_pay)
        };
        let _ = self.notice.try_set(Some(Notice {
            is_good: true,
            ..Notice::problem(text)
        }));
    }

    /// Empties the sale screen for the next client.
    pub fn next_check(self) {
        self.who.set(Who::Nobody);
        self.amount.set(AmountEntry::default());
        self.choose_no_bonuses();
        self.phone.set(PhoneEntry::default());
        self.code.set(None);
        self.instead_of.set_value(None);
        self.field.set(Field::Amount);
        self.typing.update_value(|typing| typing.turned(None));
        self.notice.set(None);
        self.screen.set(Screen::Sale);
    }

    /// The keypad writes the sum from here on, though nobody has chosen it. The field in which something was typed goes.
    pub fn turn_to_sum(self) {
        if self.field.get_untracked() != Field::Amount || page::is_in_field() {
            self.typing.update_value(|typing| typing.turned(None));
        }
        self.field.set(Field::Amount);
    }

    /// What the keypad writes is chosen by the cashier.
    pub fn choose(self, field: Field) {
        self.typing.update_value(Typing::chosen);
        self.field.set(field);
    }

    /// Opens the history with all there is.
    pub fn open_history(self) {
        self.searched.set(String::new());
        self.store_search.set(StoreSearch::NotBegun);
        self.screen.set(Screen::History);
    }

    /// Closes the uppermost screen; on the sale what was typed before still stands.
    pub fn close_screen(self) {
        self.typing.update_value(|typing| typing.turned(None));
        let is_over_history = self.screen.with_untracked(|screen| screen.depth() > 1);
        self.screen.set(if is_over_history {
            Screen::History
        } else {
            Screen::Sale
        });
    }

    /// Nothing is typed and nobody named.
    pub fn is_empty(self) -> bool {
        self.amount.with(AmountEntry::is_empty)
            && self.who.with(|who| *who == Who::Nobody)
            && self.phone.with(|phone| phone.digits().is_empty())
            && self
                .code
                .with(|code| code.as_deref().unwrap_or_default().is_empty())
    }

    /// Nothing is typed, named, told, shown, sent or waiting: the page may be loaded anew.
    pub fn is_blank(self) -> bool {
        self.is_empty()
            && self.notice.with(Option::is_none)
            && self.screen.with(|screen| *screen == Screen::Sale)
            && self.sending.with(|sending| *sending == Sending::Idle)
            && self.outbox.with(Vec::is_empty)
    }

    /// A document is on its way: nothing else may be begun.
    pub fn is_busy(self) -> bool {
        self.sending.with(|sending| *sending != Sending::Idle)
    }

    /// The same, asked by a key or a press.
    pub fn is_busy_now(self) -> bool {
        untrack(|| self.is_busy())
    }
}

impl Who {
    /// The name that the server is given.
    pub fn identifier(&self) -> Option<String> {
        match self {
            Self::Known(client) => Some(client.phone.clone()),
            Self::Unverified(identifier) => Some(spelled(identifier)),
            _ => None,
        }
    }

    /// For the journal.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Known(client) => client.full_name.clone(),
            _ => None,
        }
    }
}
