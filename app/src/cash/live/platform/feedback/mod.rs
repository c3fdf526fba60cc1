//! What the cashier hears and feels, without looking at the screen.

mod sound;
mod wake_lock;

use super::dynamic::{call, property};
use super::window;

pub use sound::{beep_error, beep_ok, sound_after_tap};
pub use wake_lock::WakeLock;

/// Shakes the device for so many milliseconds, if it can. A page that nobody has touched yet may not, and the browser
/// would complain: the client of a check that a reload has brought back is found without a touch.
pub fn vibrate(milliseconds: u32) {
    let navigator = window().navigator();
    let is_touched = property(&navigator, "userActivation")
        .and_then(|activation| property(&activation, "hasBeenActive")?.as_bool());
    if is_touched != Some(false) {
        let _ = call(&navigator, "vibrate", [milliseconds.into()]);
    }
}
