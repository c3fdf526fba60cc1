//! The search through the history of this till, and of the whole store.

use cashier_api::answers::PastSalesData;
use domain::Identifier;
use leptos::prelude::*;
use till::identify::read_code;

/// How far the search of the whole store has come.
#[derive(Clone)]
pub enum StoreSearch {
    NotBegun,
    Asking(Identifier),
    Found(PastSalesData),
    Failed(String),
}

/// What is looked for.
pub struct HistorySearch {
    pub text: RwSignal<String>,
    pub store: RwSignal<StoreSearch>,
}

impl HistorySearch {
    pub fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            store: RwSignal::new(StoreSearch::NotBegun),
        }
    }

    /// Looks for nothing: all of the history is shown.
    pub fn clear(&self) {
        self.text.set(String::new());
        self.store.set(StoreSearch::NotBegun);
    }

    /// Looks for this text. What was found of another client goes.
    pub fn type_text(&self, text: String) {
        if self.text.with_untracked(|before| read_code(before)) != read_code(&text) {
            self.store.set(StoreSearch::NotBegun);
        }
        self.text.set(text);
    }

    /// Whether the text is a client's whole phone, card or barcode.
    pub fn names_client(&self) -> bool {
        self.text.with(|text| read_code(text).is_some())
    }
}
