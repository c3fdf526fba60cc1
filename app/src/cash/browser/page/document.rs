//! The document: what the server has written into its head, and the questions only a browser can ask.

use js_sys::Date;
use wasm_bindgen::JsCast;

use super::within;
use crate::cash::browser::dynamic::call;
use crate::cash::browser::window;

/// The content of `<meta name=…>`.
pub fn meta(name: &str) -> Option<String> {
    let selector = ["meta[name='", name, "']"].concat();
    let meta = window().document()?.query_selector(&selector).ok()??;
    meta.get_attribute("content")
}

/// Notes that a cashier can press what is on the screen: `bonex:ready` among the browser's performance marks,
/// and `data-ready` at the root.
pub fn mark_ready() {
    if let Some(performance) = window().performance() {
        let _ = performance.mark("bonex:ready");
    }
    let root = window().document().and_then(|page| page.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-ready", "true");
    }
}

/// How long the server may take for a page before the one that is kept must do.
const PAGE_MILLISECONDS: u32 = 3_000;

/// Loads the page anew, as the server writes it now: the service worker keeps what it is asked for here, and not
/// every browser tells it that a page is being reloaded.
pub async fn reload() {
    let path = window().location().pathname().unwrap_or_default();
    let fetched = call(&window(), "fetch", [path.into()]);
    if let Ok(fetched) = fetched {
        let _ = within(PAGE_MILLISECONDS, fetched.unchecked_ref()).await;
    }
    let _ = window().location().reload();
}

/// Asks the cashier; false where they say no, or the browser asks nothing.
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or_default()
}

/// When the device's day began, in milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds, far below 2⁵³"
)]
pub fn start_of_day_ms() -> i64 {
    let now = Date::new_0();
    now.set_hours(0);
    now.set_minutes(0);
    now.set_seconds(0);
    now.set_milliseconds(0) as i64
}
