//! The check that is being made.

use cashier_api::answers::SessionData;
use domain::Money;
use leptos::prelude::*;
use till::amount::AmountEntry;
use till::journal::Record;
use till::phone::PhoneEntry;
use till::quote::{Problem, Quote, Redeem, quote, quote_unverified};
use till::typing::Typing;

use crate::cash::live::model::client::Who;
use crate::cash::live::platform::page;
use crate::cash::texts::SaleTexts;

/// The field that the keypad writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Amount,
    Phone,
    /// Exactly how many bonuses go into the check.
    Redeem,
}

/// What stands on the sale screen.
pub struct SaleDraft {
    pub who: RwSignal<Who>,
    pub amount: RwSignal<AmountEntry>,
    pub redeem: RwSignal<Redeem>,
    /// How many bonuses, if exactly so many are asked for.
    pub exact: RwSignal<AmountEntry>,
    pub phone: RwSignal<PhoneEntry>,
    /// The number of a card, if that is typed instead of a phone.
    pub code: RwSignal<Option<String>>,
    pub field: RwSignal<Field>,
    /// When keys were pressed, and whether what is typed next is meant for the field.
    pub typing: StoredValue<Typing>,
    /// The check that was refused and is taken again.
    pub instead_of: StoredValue<Option<Record>>,
}

impl SaleDraft {
    pub fn new() -> Self {
        Self {
            who: RwSignal::new(Who::Nobody),
            amount: RwSignal::new(AmountEntry::default()),
            redeem: RwSignal::new(Redeem::None),
            exact: RwSignal::new(AmountEntry::default()),
            phone: RwSignal::new(PhoneEntry::default()),
            code: RwSignal::new(None),
            field: RwSignal::new(Field::Amount),
            typing: StoredValue::new(Typing::default()),
            instead_of: StoredValue::new(None),
        }
    }

    /// Empties it for the next client.
    pub fn clear(&self) {
        self.who.set(Who::Nobody);
        self.amount.set(AmountEntry::default());
        self.choose_no_bonuses();
        self.phone.set(PhoneEntry::default());
        self.code.set(None);
        self.instead_of.set_value(None);
        self.field.set(Field::Amount);
        self.typing.update_value(|typing| typing.turned(None));
    }

    /// Nothing is typed and nobody named.
    pub fn is_empty(&self) -> bool {
        self.amount.with(AmountEntry::is_empty)
            && self.who.with(|who| *who == Who::Nobody)
            && self.phone.with(|phone| phone.digits().is_empty())
            && self
                .code
                .with(|code| code.as_deref().unwrap_or_default().is_empty())
    }

    /// Takes the bonuses out of the check, until they are chosen again.
    pub fn choose_no_bonuses(&self) {
        self.redeem.set(Redeem::None);
        self.exact.set(AmountEntry::default());
    }

    /// Lets the keypad write the field that the cashier has chosen.
    pub fn choose(&self, field: Field) {
        self.typing.update_value(Typing::chosen);
        self.field.set(field);
    }

    /// Lets the keypad write the sum though the cashier has not chosen it: the field that was written is gone.
    pub fn turn_to_sum(&self) {
        if self.field.get_untracked() != Field::Amount || page::is_in_field() {
            self.typing.update_value(|typing| typing.turned(None));
        }
        self.field.set(Field::Amount);
    }

    /// What the check comes to with so many bonuses, as far as the till can say.
    pub fn quote(&self, session: RwSignal<SessionData>, redeem: Redeem) -> Quote {
        let gross = self.amount.with(AmountEntry::money);
        self.who.with(|who| {
            session.with(|session| match who {
                Who::Known(client) => quote(&session.loyalty, Some(client), gross, redeem),
                Who::Unverified(_) => quote_unverified(&session.loyalty, gross),
                _ => quote(&session.loyalty, None, gross, redeem),
            })
        })
    }

    /// Somebody has been named, and the till does not know yet who it is.
    pub fn is_client_sought(&self) -> bool {
        self.who
            .with(|who| matches!(who, Who::Finding(_) | Who::Unknown(_)))
    }

    /// Exactly so many bonuses are asked for, and the number is still to be typed.
    pub fn asks_how_many(&self) -> bool {
        self.redeem.get() == Redeem::Exact(Money::ZERO)
    }

    /// What the cashier has to do first if somebody was being named and is not: such a check must not pass for one without
    /// a client.
    pub fn unfinished(&self, texts: &SaleTexts) -> Option<&'static str> {
        match self.who.get() {
            Who::Nobody => {}
            Who::Unknown(_) => return Some(texts.register_or_clear),
            _ => return None,
        }
        let (is_begun, is_whole) = self
            .phone
            .with(|phone| (!phone.digits().is_empty(), phone.e164().is_some()));
        let code = self
            .code
            .with(|code| code.as_ref().map(|code| !code.is_empty()));
        match code {
            Some(true) => Some(texts.finish_card),
            None if is_whole => Some(texts.find_phone_first),
            None if is_begun => Some(texts.finish_phone),
            _ => None,
        }
    }
}

/// Whether such a check may be taken. One that is too small for the programme is taken as a check without a client.
pub fn may_take(quote: &Quote) -> bool {
    matches!(quote.problem, None | Some(Problem::BelowMinimum(_)))
}
