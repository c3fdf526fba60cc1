//! What stands on the page: it is drawn again after a translation, and loaded again for a new version.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{page, worker_update};

/// By then what has changed stands on the page.
const DRAWN_MILLISECONDS: u32 = 60;

/// Watches for as long as the till is open.
pub fn watch(till: Till) {
    // A browser that translates in spite of us puts texts of its own in the place of ours.
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
    // Only between sales.
    Effect::new(move || {
        let screens = &till.screens;
        if screens.update_ready.get() && (screens.is_reloading.get_value() || till.is_blank()) {
            worker_update::apply_update();
        }
    });
}
