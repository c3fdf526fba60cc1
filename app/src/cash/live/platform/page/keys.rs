//! Keys, wherever on the page the focus is: our keypad and a keyboard-wedge scanner need no field.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::cash::live::platform::{Listener, window};

/// What is written in.
const FIELDS: &str = "input, textarea, select, [contenteditable]";
/// What Enter presses.
const PRESSED: &str = "button, a, summary";

/// What a key is meant for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The user is typing in a field.
    Field,
    /// Enter presses it.
    Button,
    /// Nothing that a key writes in or presses.
    Page,
}

/// A key that went down.
pub struct KeyEvent {
    /// What it means, as `KeyboardEvent.key` has it: `7`, `Enter`, `Backspace`.
    pub key: String,
    /// What has the focus.
    pub target: Target,
    /// Whether Ctrl, Alt or Meta is held: a command to the browser.
    pub is_command: bool,
    /// Whether it is being held down.
    pub is_repeat: bool,
    /// When it went down, in milliseconds since the page was opened: a busy page handles keys later than that.
    pub at_ms: i64,
    event: KeyboardEvent,
}

impl KeyEvent {
    /// The page shall not act on this key: no letter in a field, no press of the focused button.
    pub fn prevent(&self) {
        self.event.prevent_default();
    }
}

/// Calls back at every key that goes down, before the element with the focus hears of it.
pub fn on_keydown(callback: impl Fn(KeyEvent) + 'static) -> Listener {
    Listener::new(&window(), "keydown", move |event| {
        // Browsers that fill in a form by themselves send events without a key.
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

/// Leaves the field that is being written in, if any: what follows is typed on our keypad.
pub fn leave_field() {
    let focused = window().document().and_then(|page| page.active_element());
    if let Some(field) = focused.filter(|element| is(element, FIELDS)) {
        let _ = field.unchecked_into::<HtmlElement>().blur();
    }
}

/// Whether a field has the focus.
pub fn is_in_field() -> bool {
    let focused = window().document().and_then(|page| page.active_element());
    focused.is_some_and(|element| is(&element, FIELDS))
}

/// When an event happened, in milliseconds since the page was opened.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds, far below 2⁵³"
)]
pub fn happened_at_ms(event: &Event) -> i64 {
    event.time_stamp() as i64
}

/// Whether an event is of something within an element of these.
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
