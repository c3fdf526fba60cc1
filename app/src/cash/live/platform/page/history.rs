//! The browser's history: each screen over the sale is an entry in it, so that the phone's own
//! "back" closes the screen.

use web_sys::History;

use crate::cash::live::platform::{Listener, window};

/// Adds the history entry of the screen at this depth over the page. The address does not change.
/// Unless a tap came right before, the phone's "back" may skip the entry.
pub fn push_screen(depth: u32) {
    if let Some(history) = history() {
        let _ = history.push_state(&depth.to_string().into(), "");
    }
}

/// Calls back when the user has gone back or forward.
pub fn on_back(callback: impl Fn() + 'static) -> Listener {
    Listener::new(&window(), "popstate", move |_| callback())
}

/// Returns how many screens have an entry that was not left yet.
pub fn screens() -> u32 {
    let state = history().and_then(|history| history.state().ok());
    let depth = state.and_then(|state| state.as_string());
    depth
        .and_then(|depth| depth.parse().ok())
        .unwrap_or_default()
}

/// Leaves screens as the phone's own "back" does; the callback of [`on_back`] is called.
pub fn leave_screens(count: u32) {
    if let (Some(history), Ok(count)) = (history(), i32::try_from(count)) {
        let _ = history.go_with_delta(-count);
    }
}

fn history() -> Option<History> {
    window().history().ok()
}
