//! Signals that the cashier notices without looking at the screen: sound and vibration.

mod sound;
mod wake_lock;

use super::dynamic::{call, property};
use super::window;

pub use sound::{beep_error, beep_ok, sound_after_tap};
pub use wake_lock::WakeLock;

/// Vibrates for so many milliseconds, if the device can. A page that no user has touched yet may
/// not vibrate, and the browser would log a warning. This happens after a reload: the client of a
/// restored sale is found without a touch.
pub fn vibrate(milliseconds: u32) {
    let navigator = window().navigator();
    let is_touched = property(&navigator, "userActivation")
        .and_then(|activation| property(&activation, "hasBeenActive")?.as_bool());
    if is_touched != Some(false) {
        let _ = call(&navigator, "vibrate", [milliseconds.into()]);
    }
}
