//! Key presses anywhere on the page: our keypad and a keyboard-wedge scanner need no focused field.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::cash::live::platform::{Listener, window};

/// The selector of elements that a user types in.
const FIELDS: &str = "input, textarea, select, [contenteditable]";
/// The selector of elements that Enter presses.
const PRESSED: &str = "button, a, summary";

/// The kind of element that receives a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A field that the user is typing in.
    Field,
    /// An element that Enter presses.
    Button,
    /// An element that a key neither types in nor presses.
    Page,
}

/// A key press.
pub struct KeyEvent {
    /// The meaning of the key, as in `KeyboardEvent.key`: `7`, `Enter`, `Backspace`.
    pub key: String,
    /// The kind of element that has the focus.
    pub target: Target,
    /// `true` if Ctrl, Alt or Meta is held: the key is a command to the browser.
    pub is_command: bool,
    /// `true` if the event repeats because the key is held down.
    pub is_repeat: bool,
    /// The moment of the key press, in milliseconds since the page was opened. A busy page handles
    /// keys later than that.
    pub at_ms: i64,
    event: KeyboardEvent,
}

impl KeyEvent {
    /// Prevents the default action of this key: no letter in a field, no press of the focused
    /// button.
    pub fn prevent(&self) {
        self.event.prevent_default();
    }
}

/// Calls back at every key press, before the focused element receives it.
pub fn on_keydown(callback: impl Fn(KeyEvent) + 'static) -> Listener {
    Listener::new(&window(), "keydown", move |event| {
        // Browsers that fill in a form automatically send events without a key.
        if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
            callback(KeyEvent {
                key: event.key(),
                target: if targets(&event, FIELDS) {
                    Target::Field
                } else if targets(&event, PRESSED) {
                    Target::Button
                } else {
                    Target::Page
                },
                is_command: event.ctrl_key() || event.alt_key() || event.meta_key(),
                is_repeat: event.repeat(),
                at_ms: happened_at_ms(&event),
                event,
            });
        }
    })
}

/// Removes the focus from the field that is being typed in, if any, because our keypad takes over.
pub fn leave_field() {
    let focused = window().document().and_then(|page| page.active_element());
    if let Some(field) = focused.filter(|element| is(element, FIELDS)) {
        let _ = field.unchecked_into::<HtmlElement>().blur();
    }
}

/// Returns whether a field has the focus.
pub fn is_in_field() -> bool {
    let focused = window().document().and_then(|page| page.active_element());
    focused.is_some_and(|element| is(&element, FIELDS))
}

/// Returns the moment of an event, in milliseconds since the page was opened.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds, far below 2⁵³"
)]
pub fn happened_at_ms(event: &Event) -> i64 {
    event.time_stamp() as i64
}

/// Checks whether the target of an event is inside an element that matches the selector.
pub fn is_within(event: &Event, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(selector).ok().flatten().is_some())
}

fn targets(event: &Event, selector: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| is(&element, selector))
}

fn is(element: &Element, selector: &str) -> bool {
    element.matches(selector).unwrap_or_default()
}
