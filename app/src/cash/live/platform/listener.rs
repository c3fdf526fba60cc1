//! An event listener that is removed when its guard is dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// An event listener that works until it is dropped.
#[must_use = "dropping the guard removes the listener"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    callback: Closure<dyn Fn(Event)>,
}

/// Listens in the capture phase: a listener of the window then runs before those of the elements,
/// and can prevent their default action.
const CAPTURE: bool = true;

impl Listener {
    /// Calls `callback` for every `event` of `target`.
    pub(super) fn new(
        target: &EventTarget,
        event: &'static str,
        callback: impl Fn(Event) + 'static,
    ) -> Self {
        let callback = Closure::<dyn Fn(Event)>::new(callback);
        // According to the standard this cannot fail.
        let _ = target.add_event_listener_with_callback_and_bool(
            event,
            callback.as_ref().unchecked_ref(),
            CAPTURE,
        );
        Self {
            target: target.clone(),
            event,
            callback,
        }
    }

    /// Keeps the listener for the life of the page. For listeners that are set once in that life.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.event,
            self.callback.as_ref().unchecked_ref(),
            CAPTURE,
        );
    }
}
