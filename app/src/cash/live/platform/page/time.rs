//! The device's clock, and timers.

use js_sys::{Array, Date, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::cash::live::platform::window;

/// Returns the current time by the device's clock, in milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds, far below 2⁵³"
)]
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// Returns how long the page has been open, in milliseconds, by a clock that no user can set.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds, far below 2⁵³"
)]
pub fn since_opened_ms() -> i64 {
    window()
        .performance()
        .map_or(0, |performance| performance.now() as i64)
}

/// Returns the device's current offset from UTC in minutes, positive to the east.
#[expect(clippy::cast_possible_truncation, reason = "whole minutes of a day")]
pub fn local_offset_minutes() -> i32 {
    // JavaScript counts to the west.
    -(Date::new_0().get_timezone_offset() as i32)
}

/// Waits for so many milliseconds.
pub async fn sleep(milliseconds: u32) {
    let woken = Promise::new(&mut |resolve, _| {
        let _ = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, delay(milliseconds));
    });
    let _ = JsFuture::from(woken).await;
}

/// Waits until the current content of the page has been painted. A page in the background is
/// painted only when it becomes visible.
pub async fn painted() {
    let frame = Promise::new(&mut |resolve, _| {
        let _ = window().request_animation_frame(&resolve);
    });
    let _ = JsFuture::from(frame).await;
    // The browser paints after these callbacks and before the next task.
    sleep(0).await;
}

/// Waits for a promise for at most so many milliseconds.
///
/// # Errors
/// Returns what the promise was rejected with, or `undefined` if the time is over.
pub(in crate::cash::live::platform) async fn within(
    milliseconds: u32,
    promise: &Promise,
) -> Result<JsValue, JsValue> {
    let over = Promise::new(&mut |_, reject| {
        let _ = window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&reject, delay(milliseconds));
    });
    JsFuture::from(Promise::race(&Array::of2(promise, &over))).await
}

/// A call that is still to come; dropping the timer cancels it.
#[must_use = "dropping the timer cancels the call"]
pub struct Timer {
    handle: Option<i32>,
    _callback: Closure<dyn Fn()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let Some(handle) = self.handle {
            // Timeouts and intervals share one list of numbers in browsers, so this clears both.
            window().clear_timeout_with_handle(handle);
        }
    }
}

/// Calls back periodically, with this interval; less often while the page is in the background.
pub fn every(milliseconds: u32, callback: impl Fn() + 'static) -> Timer {
    let callback = Closure::<dyn Fn()>::new(callback);
    Timer {
        handle: window()
            .set_interval_with_callback_and_timeout_and_arguments_0(
                callback.as_ref().unchecked_ref(),
                delay(milliseconds),
            )
            .ok(),
        _callback: callback,
    }
}

/// Calls back once, after so many milliseconds.
pub fn after(milliseconds: u32, callback: impl Fn() + 'static) -> Timer {
    let callback = Closure::<dyn Fn()>::new(callback);
    Timer {
        handle: window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                callback.as_ref().unchecked_ref(),
                delay(milliseconds),
            )
            .ok(),
        _callback: callback,
    }
}

fn delay(milliseconds: u32) -> i32 {
    i32::try_from(milliseconds).unwrap_or(i32::MAX)
}
