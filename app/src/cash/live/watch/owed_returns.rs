//! Returns that were recorded while the cashier did not wait for them: their clients still have to
//! get the money.

use leptos::prelude::*;

use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::page;

/// Shows such a return when the sale screen is free.
pub fn watch(till: Till) {
    Effect::new(move || {
        let owed = till
            .link
            .journal
            .with(|journal| journal.iter().find(|record| record.is_owed()).cloned());
        let is_free = !till.is_busy() && till.screens.shown.with(|screen| *screen == Screen::Sale);
        // A tab in the background does not show it; it learns from the visible tab that the return
        // has been seen.
        if let Some(owed) = owed.filter(|_| is_free && page::is_visible()) {
            till.screens.shown.set(Screen::Done(owed));
        }
    });
}
