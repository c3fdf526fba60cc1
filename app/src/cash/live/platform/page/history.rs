//! The way back: a screen of the app is an entry in the browser's history, so that the phone's own
//! "back" leaves it.

use web_sys::History;

use crate::cash::live::platform::{Listener, window};

/// Enters the screen that is the `depth`th over the page. The address stays as it is. Without a tap right before, the
/// phone's "back" may pass it by.
pub fn push_screen(depth: u32) {
    if let Some(history) = history() {
        let _ = history.push_state(&depth.to_string().into(), "");
    }
}

/// Calls back when the user has gone back or forward.
pub fn on_back(callback: impl Fn() + 'static) -> Listener {
    Listener::new(&window(), "popstate", move |_| callback())
}

/// How many screens have been entered and not left.
pub fn screens() -> u32 {
    let state = history().and_then(|history| history.state().ok());
    let depth = state.and_then(|state| state.as_string());
    depth
        .and_then(|depth| depth.parse().ok())
        .unwrap_or_default()
}

/// Leaves screens as the phone's own "back" does: [`on_back`] hears of it.
pub fn leave_screens(count: u32) {
    if let (Some(history), Ok(count)) = (history(), i32::try_from(count)) {
        let _ = history.go_with_delta(-count);
    }
}

fn history() -> Option<History> {
    window().history().ok()
}
