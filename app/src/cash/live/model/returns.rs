//! The return in progress.

use domain::Money;
use leptos::prelude::*;
use till::amount::AmountEntry;

/// The draft of a return.
pub struct ReturnDraft {
    /// The total of the returned goods.
    pub amount: RwSignal<AmountEntry>,
    /// The external ids of returns, each with the cash that the cashier was shown to pay out; kept
    /// for the life of the page.
    pub agreed: StoredValue<Vec<(String, Money)>>,
}

impl ReturnDraft {
    pub fn new() -> Self {
        Self {
            amount: RwSignal::new(AmountEntry::default()),
            agreed: StoredValue::new(Vec::new()),
        }
    }
}
