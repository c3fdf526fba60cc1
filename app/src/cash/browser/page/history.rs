//! The way back: a screen of the app is an entry in the browser's history, so that the phone's own
//! "back" leaves it.

use web_sys::History;

use crate::cash::browser::{Listener, window};

/// Enters a screen under a name. The address stays as it is.
pub fn push_screen(name: &str) {
    if let Some(history) = history() {
        let _ = history.push_state(&name.into(), "");
    }
}

/// Calls back when the user has gone back or forward.
pub fn on_back(callback: impl Fn() + 'static) -> Listener {
    Listener::new(&window(), "popstate", move |_| callback())
}

/// Whether the screen entered last under this name has not been left.
pub fn is_on_screen(name: &str) -> bool {
    let state = history().and_then(|history| history.state().ok());
    state.and_then(|state| state.as_string()).as_deref() == Some(name)
}

/// Leaves a screen as the phone's own "back" does: [`on_back`] hears of it.
pub fn go_back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}

fn history() -> Option<History> {
    window().history().ok()
}
