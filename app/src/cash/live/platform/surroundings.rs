//! The kind of browser, which decides how safely data is stored.

use till::surroundings::{Signs, Surroundings, surroundings};
use wasm_bindgen::JsValue;

use super::dynamic::property;
use super::window;

/// Returns the surroundings in which this page was opened.
pub fn of_page() -> Surroundings {
    let navigator = window().navigator();
    let touches = property(&navigator, "maxTouchPoints").and_then(|touches| touches.as_f64());
    surroundings(Signs {
        user_agent: &navigator.user_agent().unwrap_or_default(),
        // Only Apple's browsers have this property, and only for them it matters.
        is_installed: property(&navigator, "standalone") == Some(JsValue::TRUE),
        has_touch: touches.is_some_and(|touches| touches > 1.0),
        is_telegram: property(&window(), "TelegramWebviewProxy").is_some(),
    })
}
