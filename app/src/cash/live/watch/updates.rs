//! Updates of the page: it is rendered again after a translation, and loaded again for a new
//! version.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{page, worker_update};

/// The time after which a change is on the page.
const DRAWN_MILLISECONDS: u32 = 60;

/// Starts the reactions, which last as long as the till is open.
pub fn watch(till: Till) {
    // Some browsers translate the page although it forbids that, and replace our text nodes with
    // their own.
    Effect::new(move || {
        till.quote();
        till.sale.amount.track();
        till.give_back.amount.track();
        till.screens.shown.track();
        till.link.sending.track();
        spawn_local(async move {
            page::sleep(DRAWN_MILLISECONDS).await;
            if !page::are_figures_shown() {
                let _ = till.screens.redraws.try_update(|redraws| *redraws += 1);
            }
        });
    });
    // Load a new version only between sales.
    Effect::new(move || {
        let screens = &till.screens;
        if screens.update_ready.get() && (screens.is_reloading.get_value() || till.is_blank()) {
            worker_update::apply_update();
        }
    });
}
