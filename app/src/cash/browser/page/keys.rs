//! Keys, wherever on the page the focus is: our keypad and a keyboard-wedge scanner need no field.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::cash::browser::{Listener, window};

/// A key that went down.
pub struct KeyEvent {
    /// What it means, as `KeyboardEvent.key` has it: `7`, `Enter`, `Backspace`.
    pub key: String,
    /// Whether the user is typing in a field, which this key is then meant for.
    pub target_is_input: bool,
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
                target_is_input: targets_input(&event),
                is_command: event.ctrl_key() || event.alt_key() || event.meta_key(),
                is_repeat: event.repeat(),
                at_ms: pressed_at_ms(&event),
                event,
            });
        }
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds, far below 2⁵³"
)]
fn pressed_at_ms(event: &KeyboardEvent) -> i64 {
    event.time_stamp() as i64
}

fn targets_input(event: &KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| {
            element
                .matches("input, textarea, select, [contenteditable]")
                .unwrap_or_default()
        })
}
