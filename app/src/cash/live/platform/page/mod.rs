//! The page itself: its keys, its time, its way back, whether it is seen and has a network.

mod document;
mod history;
mod keys;
mod time;

use web_sys::BeforeUnloadEvent;

use super::{Listener, window};
use wasm_bindgen::JsCast;

pub use document::{
    are_figures_shown, confirm, focus, focus_if_lost, focused_button, load_anew, mark_ready, meta,
    start_of_day_ms, tidy_address,
};
pub use history::{leave_screens, on_back, push_screen, screens};
pub use keys::{KeyEvent, Target, happened_at_ms, is_in_field, is_within, leave_field, on_keydown};
pub use time::{after, every, local_offset_minutes, now_ms, painted, since_opened_ms, sleep};

pub(super) use time::within;

/// Whether the device has any network. It does not mean that the server can be reached.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls back with the new state whenever the device gets or loses its network.
#[must_use = "who drops the guards hears nothing"]
pub fn on_online_change(callback: impl Fn(bool) + Clone + 'static) -> [Listener; 2] {
    let lost = callback.clone();
    [
        Listener::new(&window(), "online", move |_| callback(true)),
        Listener::new(&window(), "offline", move |_| lost(false)),
    ]
}

/// Whether the page is on the screen: not in the background, the phone not locked.
pub fn is_visible() -> bool {
    window().document().is_some_and(|page| !page.hidden())
}

/// Calls back whenever the page comes back on the screen.
pub fn on_visible(callback: impl Fn() + 'static) -> Listener {
    Listener::new(&window(), "visibilitychange", move |_| {
        if is_visible() {
            callback();
        }
    })
}

/// Calls back whenever the page goes off the screen, or away for good: it may not be asked again.
#[must_use = "who drops the guards hears nothing"]
pub fn on_hiding(callback: impl Fn() + Clone + 'static) -> [Listener; 2] {
    let left = callback.clone();
    [
        Listener::new(&window(), "visibilitychange", move |_| {
            if !is_visible() {
                callback();
            }
        }),
        Listener::new(&window(), "pagehide", move |_| left()),
    ]
}

/// Has the browser ask before the page is left, as long as `is_unsent` says so.
pub fn guard_unload(is_unsent: impl Fn() -> bool + 'static) -> Listener {
    Listener::new(&window(), "beforeunload", move |event| {
        if is_unsent() {
            event.prevent_default();
            // What browsers of a few years ago go by. None shows the text.
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("unsent");
            }
        }
    })
}
