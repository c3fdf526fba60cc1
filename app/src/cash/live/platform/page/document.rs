//! The document: the metadata that the server writes into its head, and questions that only a
//! browser can answer.

use js_sys::Date;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::cash::live::platform::{Listener, window};

/// Returns the content of `<meta name=…>`.
pub fn meta(name: &str) -> Option<String> {
    let selector = ["meta[name='", name, "']"].concat();
    let meta = window().document()?.query_selector(&selector).ok()??;
    meta.get_attribute("content")
}

/// Marks that the cashier sees the till and can use it: `bonex:ready` among the browser's
/// performance marks, and `data-ready` on the root element.
pub fn mark_ready() {
    if let Some(performance) = window().performance() {
        let _ = performance.mark("bonex:ready");
    }
    let root = window().document().and_then(|page| page.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-ready", "true");
    }
}

/// The query that asks the service worker for the server's page instead of the stored one. It is
/// needed because not every browser marks the request of a reload. It keeps this name because
/// installed service workers and stored pages know it.
const FROM_NETWORK: &str = "?anew";

/// Loads the page again, in the server's current version.
pub fn load_from_network() {
    let _ = window().location().replace(FROM_NETWORK);
}

/// Removes from the address the query of [`load_from_network`], so that the next opening needs no
/// server, and the fragment, which may be a secret. Returns the fragment.
pub fn tidy_address() -> Option<String> {
    let location = window().location();
    let (search, path) = (location.search().ok()?, location.pathname().ok()?);
    let fragment = location.hash().ok()?;
    if search == FROM_NETWORK || !fragment.is_empty() {
        let history = window().history().ok()?;
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    Some(fragment)
}

/// Starts the page again when a link changes nothing but its fragment, as in an installed app that
/// is open.
pub fn restart_on_link() -> Listener {
    Listener::new(&window(), "hashchange", |_| {
        let _ = window().location().reload();
    })
}

/// Returns the button that has the focus. Fields are left out: focusing a field again would start
/// typing there.
pub fn focused_button() -> Option<HtmlElement> {
    let element = window().document()?.active_element()?;
    let is_button = element.matches("button").unwrap_or_default();
    is_button.then(|| element.unchecked_into())
}

/// Focuses an element, if it is still on the page.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// Focuses an element, if the element that had the focus has gone.
pub fn focus_if_lost(element: &HtmlElement) {
    let focused = window().document().and_then(|page| page.active_element());
    if focused.is_none_or(|focused| focused.matches("body").unwrap_or_default()) {
        let _ = element.focus();
    }
}

/// Checks whether every element with a `data-figure` shows it. A browser that translates the page
/// replaces our text nodes, and what we write into the old ones is not visible. Only digits are
/// compared: a translation may group them in another way.
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

/// Asks the cashier to confirm. Returns `false` if they decline, or if the browser shows no dialog.
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or_default()
}

/// Returns when the day of a moment began by the device's calendar; both moments are in
/// milliseconds since 1970.
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
