//! The return that is being made.

use domain::Money;
use leptos::prelude::*;
use till::amount::AmountEntry;

/// Goods that come back.
pub struct ReturnDraft {
    /// What comes back.
    pub amount: RwSignal<AmountEntry>,
    /// The external ids of returns, and the money that the cashier was told each gives out; as long as the page lives.
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
