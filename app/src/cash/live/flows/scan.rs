//! Handling of a scanned or pasted code: it names a client, on the sale screen or in the history.

use leptos::prelude::*;
use till::identify::{read_code, spelled};

use crate::cash::live::flows::clients::find;
use crate::cash::live::flows::store_search::search_store;
use crate::cash::live::model::screens::Screen;
use crate::cash::live::model::till::Till;
use crate::cash::live::platform::feedback;

/// Handles a code from the camera, a wedge scanner or the clipboard.
pub fn find_code(till: Till, code: &str) {
    if till.is_busy_now() {
        // The client cannot change while a document is being sent.
        feedback::beep_error();
        return;
    }
    let identifier = read_code(code);
    let in_history = till.screens.shown.with_untracked(|screen| {
        // The barcode of returned goods must not close the sheet of their return.
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

/// Searches the history for the scanned text. The code of a client is searched in the whole store
/// too.
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
