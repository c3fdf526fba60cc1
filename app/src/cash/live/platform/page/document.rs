//! The document: what the server has written into its head, and the questions only a browser can ask.

use js_sys::Date;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::cash::live::platform::window;

/// The content of `<meta name=…>`.
pub fn meta(name: &str) -> Option<String> {
    let selector = ["meta[name='", name, "']"].concat();
    let meta = window().document()?.query_selector(&selector).ok()??;
    meta.get_attribute("content")
}

/// Notes that a cashier sees the till and can press it: `bonex:ready` among the browser's performance marks,
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

/// What tells the service worker that the server's page is wanted, not the one it keeps: of a reload not every
/// browser tells.
const ANEW: &str = "?anew";

/// Loads the page anew, as the server writes it now.
pub fn load_anew() {
    let _ = window().location().replace(ANEW);
}

/// Takes the word of [`load_anew`] out of the address, so that the next opening needs no server.
pub fn tidy_address() {
    let location = window().location();
    let (Ok(search), Ok(path)) = (location.search(), location.pathname()) else {
        return;
    };
    if let (ANEW, Ok(history)) = (&*search, window().history()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}

/// The button that has the focus. A field is none: who focuses it begins to type there.
pub fn focused_button() -> Option<HtmlElement> {
    let element = window().document()?.active_element()?;
    let is_button = element.matches("button").unwrap_or_default();
    is_button.then(|| element.unchecked_into())
}

/// Gives an element the focus, where it still stands on the page.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Gives an element the focus, where what had it has gone.
pub fn focus_if_lost(element: &HtmlElement) {
    let focused = window().document().and_then(|page| page.active_element());
    if focused.is_none_or(|focused| focused.matches("body").unwrap_or_default()) {
        let _ = element.focus();
    }
}

/// Whether every element with a `data-figure` shows it. A browser that translates puts texts of its own in the place of
/// ours, and what we write then is seen by nobody. Only digits count: it may part them in another way.
pub fn are_figures_shown() -> bool {
    let figures = window()
        .document()
        .and_then(|page| page.query_selector_all("[data-figure]").ok());
    let Some(figures) = figures else {
        return true;
    };
    (0..figures.length())
        .filter_map(|place| figures.get(place)?.dyn_into::<HtmlElement>().ok())
        .all(|element| {
            let meant = element.get_attribute("data-figure").unwrap_or_default();
            digits(&meant) == digits(&element.text_content().unwrap_or_default())
        })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Asks the cashier; false where they say no, or the browser asks nothing.
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or_default()
}

/// When the day of a moment began by the device's calendar, both in milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "whole milliseconds, far below 2⁵³"
)]
pub fn start_of_day_ms(now_ms: i64) -> i64 {
    let now = Date::new(&JsValue::from_f64(now_ms as f64));
    now.set_hours(0);
    now.set_minutes(0);
    now.set_seconds(0);
    now.set_milliseconds(0) as i64
}
