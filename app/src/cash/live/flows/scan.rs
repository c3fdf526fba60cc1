//! A code that was scanned or pasted: it names a client, on the sale screen or in the history.

use leptos::prelude::*;
use till::identify::{read_code, spelled};

use crate::cash::live::flows::clients::find;
use crate::cash::live::flows::store_search::search_store;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::feedback;

/// A code from the camera, a wedge scanner or the clipboard.
pub fn find_code(till: Till, code: &str) {
    if till.is_busy_now() {
        // Nobody is named while a check is on its way.
        feedback::beep_error();
        return;
    }
    let identifier = read_code(code);
    let in_history = till.screens.shown.with_untracked(|screen| {
        // A code of the goods that come back is no reason to leave their return.
        *screen == Screen::History || (screen.depth() > 1 && identifier.is_some())
    });
    if in_history {
        search_history(till, code);
        return;
    }
    let Some(identifier) = identifier else {
        feedback::beep_error();
        let code: String = code.chars().take(40).collect();
        till.tell(format!("{} {code}", till.texts.client.bad_code));
        return;
    };
    till.screens.shown.set(Screen::Sale);
    find(till, identifier);
}

/// Looks for what is scanned in the history, or over it: a client in the whole store.
fn search_history(till: Till, code: &str) {
    let text = if let Some(client) = read_code(code) {
        spelled(&client)
    } else {
        feedback::beep_error();
        code.to_owned()
    };
    till.search.type_text(text);
    if till
        .screens
        .shown
        .with_untracked(|screen| *screen != Screen::History)
    {
        till.screens.shown.set(Screen::History);
    }
    search_store(till);
}
