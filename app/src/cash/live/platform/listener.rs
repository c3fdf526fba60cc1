//! An event listener that goes with its guard.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Listens until it is dropped.
#[must_use = "who drops the guard hears nothing"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    heard: Closure<dyn Fn(Event)>,
}

/// A page hears of an event before its elements do, and can still prevent what they would do.
const CAPTURE: bool = true;

impl Listener {
    /// Calls `heard` at every `event` of `target`.
    pub(super) fn new(
        target: &EventTarget,
        event: &'static str,
        heard: impl Fn(Event) + 'static,
    ) -> Self {
        let heard = Closure::<dyn Fn(Event)>::new(heard);
        // The standard knows no failure here.
        let _ = target.add_event_listener_with_callback_and_bool(
            event,
            heard.as_ref().unchecked_ref(),
            CAPTURE,
        );
        Self {
            target: target.clone(),
            event,
            heard,
        }
    }

    /// Listens for as long as the page lives. For what is done once in that life.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.event,
            self.heard.as_ref().unchecked_ref(),
            CAPTURE,
        );
    }
}
