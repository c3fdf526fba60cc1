//! The sale in progress.

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

/// The field that the keypad writes into.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Amount,
    Phone,
    /// The exact number of bonuses to redeem.
    Redeem,
}

/// The state of the sale screen.
pub struct SaleDraft {
    pub who: RwSignal<Who>,
    pub amount: RwSignal<AmountEntry>,
    pub redeem: RwSignal<Redeem>,
    /// The number of bonuses, if the cashier enters an exact one.
    pub exact: RwSignal<AmountEntry>,
    pub phone: RwSignal<PhoneEntry>,
    /// The number of a card, if it is typed instead of a phone.
    pub code: RwSignal<Option<String>>,
    pub field: RwSignal<Field>,
    /// The times of key presses, which decide whether the next key is for the active field.
    pub typing: StoredValue<Typing>,
    /// The refused sale that this one replaces.
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

    /// Clears the sale for the next client.
    pub fn clear(&self) {
        self.who.set(Who::Nobody);
        self.amount.set(AmountEntry::default());
        self.choose_no_bonuses();
        self.phone.set(PhoneEntry::default());
        self.code.set(None);
        self.instead_of.set_value(None);
        self.field.set(Field::Amount);
        self.typing.update_value(|typing| typing.switched(None));
    }

    /// Returns whether nothing is typed and no client is named.
    pub fn is_empty(&self) -> bool {
        self.amount.with(AmountEntry::is_empty)
            && self.who.with(|who| *who == Who::Nobody)
            && self.phone.with(|phone| phone.digits().is_empty())
            && self
                .code
                .with(|code| code.as_deref().unwrap_or_default().is_empty())
    }

    /// Removes the bonuses from the sale; they have to be chosen again.
    pub fn choose_no_bonuses(&self) {
        self.redeem.set(Redeem::None);
        self.exact.set(AmountEntry::default());
    }

    /// Selects the field that the cashier has chosen for the keypad.
    pub fn choose(&self, field: Field) {
        self.typing.update_value(Typing::chosen);
        self.field.set(field);
    }

    /// Directs the keypad to the sum although the cashier did not choose it, because the previous
    /// field has disappeared.
    pub fn switch_to_sum(&self) {
        if self.field.get_untracked() != Field::Amount || page::is_in_field() {
            self.typing.update_value(|typing| typing.switched(None));
        }
        self.field.set(Field::Amount);
    }

    /// Returns the figures of the sale with these bonuses, computed without the server.
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

    /// Returns whether a client has been named and is still being searched for, or was not found.
    pub fn is_client_sought(&self) -> bool {
        self.who
            .with(|who| matches!(who, Who::Finding(_) | Who::Unknown(_)))
    }

    /// Returns whether the cashier has chosen an exact number of bonuses and has not typed it yet.
    pub fn asks_how_many(&self) -> bool {
        self.redeem.get() == Redeem::Exact(Money::ZERO)
    }

    /// Returns what the cashier has to do first if a client was begun to be named and is not named
    /// yet: such a sale must not become a receipt.
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

/// Returns whether the sale may be taken. One below the programme's minimum is taken as a receipt.
pub fn may_take(quote: &Quote) -> bool {
    matches!(quote.problem, None | Some(Problem::BelowMinimum(_)))
}
