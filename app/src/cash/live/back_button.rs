//! The back button: the phone's own "back" closes the screen over the sale, and the focus returns
//! to the button that opened it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::{Listener, page};

/// Keeps as many entries in the browser's history as there are screens, until the listener is
/// dropped.
pub fn lead_back(till: Till) -> Listener {
    let opener = StoredValue::new_local(None);
    // The number of entries after the steps back that this code, not the phone's "back", has
    // started; browsers take them later.
    let leaving_to = StoredValue::new(None::<u32>);
    Effect::new(move |before: Option<u32>| {
        let depth = till.screens.shown.with(Screen::depth);
        match before {
            Some(0) if depth > 0 => opener.set_value(page::focused_button()),
            Some(1..) if depth == 0 => {
                if let Some(opener) = opener.try_update_value(Option::take).flatten() {
                    // The button is still inert at this moment.
                    spawn_local(async move {
                        page::sleep(0).await;
                        page::focus(&opener);
                    });
                }
            }
            _ => {}
        }
        enter(depth);
        // One entry that an earlier page has left is used for the next screen.
        let kept = depth.max(u32::from(before.is_none()));
        let entered = leaving_to.get_value().unwrap_or_else(page::screens);
        if entered > kept {
            leaving_to.set_value(Some(kept));
            page::leave_screens(entered - kept);
        }
        depth
    });
    page::on_back(move || {
        let depth = till.screens.shown.with_untracked(Screen::depth);
        if leaving_to.get_value().is_some() {
            leaving_to.set_value(None);
            // The next screen may have been opened before the last one's entry was left.
            enter(depth);
        } else if page::screens() < depth {
            till.leave_screen();
            if till.is_busy_now() {
                // The screen stays, so its entry is needed again.
                enter(depth);
            }
        }
    })
}

fn enter(depth: u32) {
    for screen in page::screens()..depth {
        page::push_screen(screen + 1);
    }
}
