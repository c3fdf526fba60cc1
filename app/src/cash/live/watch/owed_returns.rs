//! Returns that were recorded while the cashier did not look: their clients wait for the money.

use leptos::prelude::*;

use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;

/// Shows such a return as soon as the sale screen is free.
pub fn watch(till: Till) {
    Effect::new(move || {
        let owed = till
            .link
            .journal
            .with(|journal| journal.iter().find(|record| record.is_owed()).cloned());
        let is_free = !till.is_busy() && till.screens.shown.with(|screen| *screen == Screen::Sale);
        // A tab out of sight learns from the other one that the return has been seen.
        if let Some(owed) = owed.filter(|_| is_free && page::is_visible()) {
            till.screens.shown.set(Screen::Done(owed));
        }
    });
}
