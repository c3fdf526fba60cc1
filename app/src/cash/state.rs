//! What the till knows while it is open.

use cashier_api::answers::{ClientData, SessionData};
use domain::{Identifier, Money};
use leptos::prelude::*;
use till::amount::AmountEntry;
use till::journal::Record;
use till::outgoing::Outgoing;
use till::phone::PhoneEntry;
use till::quote::{Quote, Redeem, quote};

use super::gate::State;
use super::texts::Texts;
use crate::locales::Language;

/// What the screen shows beside the sale.
#[derive(Clone, PartialEq)]
pub(super) enum Screen {
    Sale,
    Camera,
    Done(Record),
    Return(Record),
    Menu,
    Shift,
    History,
}

/// Whose check it is.
#[derive(Clone, PartialEq)]
pub(super) enum Who {
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
pub(super) enum Field {
    Amount,
    Phone,
}

/// The check on its way.
#[derive(Clone, PartialEq)]
pub(super) enum Sending {
    Idle,
    First,
    /// No answer came: the same check is being sent again. Holds its external id.
    Unknown(String),
}

/// Something to tell the cashier, until the next thing is done.
#[derive(Clone, PartialEq)]
pub(super) struct Notice {
    pub(super) text: String,
    /// What may be taken instead of what was refused.
    pub(super) instead: Option<Money>,
}

/// The open till: signals only, so that it is copied freely.
#[derive(Clone, Copy)]
pub(super) struct Till {
    pub(super) texts: &'static Texts,
    pub(super) language: Language,
    pub(super) gate: RwSignal<State>,
    pub(super) session: RwSignal<SessionData>,
    pub(super) screen: RwSignal<Screen>,
    pub(super) who: RwSignal<Who>,
    pub(super) amount: RwSignal<AmountEntry>,
    pub(super) redeem: RwSignal<Redeem>,
    pub(super) phone: RwSignal<PhoneEntry>,
    pub(super) field: RwSignal<Field>,
    pub(super) sending: RwSignal<Sending>,
    pub(super) notice: RwSignal<Option<Notice>>,
    pub(super) online: RwSignal<bool>,
    pub(super) outbox: RwSignal<Vec<Outgoing>>,
    pub(super) journal: RwSignal<Vec<Record>>,
    pub(super) update_ready: RwSignal<bool>,
}

impl Till {
    pub(super) fn open(
        texts: &'static Texts,
        language: Language,
        gate: RwSignal<State>,
        session: ArcRwSignal<SessionData>,
        online: bool,
    ) -> Self {
        Self {
            texts,
            language,
            gate,
            session: session.into(),
            screen: RwSignal::new(Screen::Sale),
            who: RwSignal::new(Who::Nobody),
            amount: RwSignal::new(AmountEntry::default()),
            redeem: RwSignal::new(Redeem::None),
            phone: RwSignal::new(PhoneEntry::default()),
            field: RwSignal::new(Field::Amount),
            sending: RwSignal::new(Sending::Idle),
            notice: RwSignal::new(None),
            online: RwSignal::new(online),
            outbox: RwSignal::new(Vec::new()),
            journal: RwSignal::new(Vec::new()),
            update_ready: RwSignal::new(false),
        }
    }

    /// The till's number.
    pub(super) fn node_id(self) -> i64 {
        self.session
            .with_untracked(|session| session.cashier_node_id)
    }

    /// What the check comes to, as far as the till can tell.
    pub(super) fn quote(self) -> Quote {
        self.quote_for(self.redeem.get())
    }

    /// The same, were so many bonuses asked for.
    pub(super) fn quote_for(self, redeem: Redeem) -> Quote {
        let gross = self.amount.with(AmountEntry::money);
        self.who.with(|who| {
            let client = match who {
                Who::Known(client) => Some(&**client),
                _ => None,
            };
            self.session
                .with(|session| quote(&session.loyalty, client, gross, redeem))
        })
    }

    /// Tells the cashier.
    pub(super) fn tell(self, text: impl Into<String>) {
        self.notice.set(Some(Notice {
            text: text.into(),
            instead: None,
        }));
    }

    /// Empties the sale screen for the next client.
    pub(super) fn next_check(self) {
        self.who.set(Who::Nobody);
        self.amount.set(AmountEntry::default());
        self.redeem.set(Redeem::None);
        self.phone.set(PhoneEntry::default());
        self.field.set(Field::Amount);
        self.notice.set(None);
        self.screen.set(Screen::Sale);
    }

    /// Nothing has been typed or named.
    pub(super) fn is_blank(self) -> bool {
        self.amount.with_untracked(AmountEntry::is_empty)
            && self.who.with_untracked(|who| *who == Who::Nobody)
            && self.phone.with_untracked(|phone| phone.digits().is_empty())
    }
}

impl Who {
    /// The name that the server is given.
    pub(super) fn identifier(&self) -> Option<String> {
        match self {
            Self::Known(client) => Some(client.phone.clone()),
            Self::Unverified(identifier) => Some(spelled(identifier)),
            _ => None,
        }
    }

    /// For the journal.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Known(client) => client.full_name.clone(),
            _ => None,
        }
    }
}

/// As the API is asked for it.
pub(super) fn spelled(identifier: &Identifier) -> String {
    match identifier {
        Identifier::Phone(phone) => phone.to_string(),
        Identifier::Card(card) => card.to_string(),
        Identifier::Ean13(barcode) => barcode.to_string(),
    }
}
