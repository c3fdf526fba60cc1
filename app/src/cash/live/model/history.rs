//! The search in the history of this till and of the whole store.

use cashier_api::answers::PastSalesData;
use domain::Identifier;
use leptos::prelude::*;
use till::identify::read_code;

/// The progress of the search in the whole store.
#[derive(Clone)]
pub enum StoreSearch {
    NotBegun,
    Asking(Identifier),
    Found(PastSalesData),
    Failed(String),
}

/// The searched text, and the result from the store.
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

    /// Clears the search: the whole history is shown.
    pub fn clear(&self) {
        self.text.set(String::new());
        self.store.set(StoreSearch::NotBegun);
    }

    /// Sets the searched text. Drops the result from the store if the text now names another
    /// client.
    pub fn type_text(&self, text: String) {
        if self.text.with_untracked(|before| read_code(before)) != read_code(&text) {
            self.store.set(StoreSearch::NotBegun);
        }
        self.text.set(text);
    }

    /// Returns whether the text is a complete phone, card or barcode of a client.
    pub fn names_client(&self) -> bool {
        self.text.with(|text| read_code(text).is_some())
    }
}
