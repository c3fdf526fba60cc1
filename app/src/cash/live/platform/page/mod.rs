//! The page itself: its keys, its clock, its history, its visibility and its network.

mod document;
mod history;
mod keys;
mod time;

use web_sys::BeforeUnloadEvent;

use super::{Listener, window};
use wasm_bindgen::JsCast;

pub use document::{
    are_figures_shown, confirm, focus, focus_if_lost, focused_button, load_from_network,
    mark_ready, meta, restart_on_link, start_of_day_ms, tidy_address,
};
pub use history::{leave_screens, on_back, push_screen, screens};
pub use keys::{KeyEvent, Target, happened_at_ms, is_in_field, is_within, leave_field, on_keydown};
pub use time::{after, every, local_offset_minutes, now_ms, painted, since_opened_ms, sleep};

pub(super) use time::within;

/// Returns whether the device has any network. It does not mean that the server can be reached.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls back with the new state when the device gets or loses its network.
#[must_use = "dropping the guards removes the listeners"]
pub fn on_online_change(callback: impl Fn(bool) + Clone + 'static) -> [Listener; 2] {
    let lost = callback.clone();
    [
        Listener::new(&window(), "online", move |_| callback(true)),
        Listener::new(&window(), "offline", move |_| lost(false)),
    ]
}

/// Returns whether the page is visible: not in the background, and the phone not locked.
pub fn is_visible() -> bool {
    window().document().is_some_and(|page| !page.hidden())
}

/// Calls back each time when the page becomes visible again.
pub fn on_visible(callback: impl Fn() + 'static) -> Listener {
    Listener::new(&window(), "visibilitychange", move |_| {
        if is_visible() {
            callback();
        }
    })
}

/// Calls back when the page is hidden or closed. It is the last chance to store data: a hidden page
/// may be closed without another event.
#[must_use = "dropping the guards removes the listeners"]
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

/// Makes the browser ask for confirmation before the page is left, while `is_unsent` returns
/// `true`.
pub fn guard_unload(is_unsent: impl Fn() -> bool + 'static) -> Listener {
    Listener::new(&window(), "beforeunload", move |event| {
        if is_unsent() {
            event.prevent_default();
            // Browsers of a few years ago require this. No browser shows the text.
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("unsent");
            }
        }
    })
}
