//! What the cashier hears and feels, without looking at the screen.

mod sound;
mod wake_lock;

use super::dynamic::call;
use super::window;

pub use sound::{beep_error, beep_ok, sound_after_tap};
pub use wake_lock::WakeLock;

/// Shakes the device for so many milliseconds, where it can.
pub fn vibrate(milliseconds: u32) {
    let _ = call(&window().navigator(), "vibrate", [milliseconds.into()]);
}
