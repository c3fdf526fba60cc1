//! The values that the browser stores for this till between visits: its tokens and its settings.

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

use super::dynamic::{call, property, unheeded};
use super::window;

const LANGUAGE_COOKIE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// Creates a random UUID (version 4) in its usual notation.
pub fn new_uuid() -> String {
    Uuid::new_v4().to_string()
}

/// Returns the value under `key`; `None` if there is no value, it is not a `T`, or the browser
/// stores nothing.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    allowed().then(|| LocalStorage::get(key).ok()).flatten()
}

/// Stores a value under `key` as JSON. Returns `false` if the browser stores nothing or has no
/// space.
pub fn set<T: Serialize>(key: &str, value: &T) -> bool {
    allowed() && LocalStorage::set(key, value).is_ok()
}

/// Removes the value under `key`.
pub fn remove(key: &str) {
    if allowed() {
        LocalStorage::delete(key);
    }
}

/// Stores a value for the next page that is loaded in this tab.
pub fn hand_over<T: Serialize>(key: &str, value: &T) {
    if allowed() {
        // If there is no space, the next page starts empty.
        let _ = SessionStorage::set(key, value);
    }
}

/// Returns and removes the value that the previous page has handed over.
pub fn take_over<T: DeserializeOwned>(key: &str) -> Option<T> {
    if !allowed() {
        return None;
    }
    let value = SessionStorage::get(key).ok();
    SessionStorage::delete(key);
    value
}

/// Checks whether there is any storage: browsers allow or deny it as a whole, and `gloo-storage`
/// assumes that it exists.
fn allowed() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// Asks the browser not to delete the stored data when the device runs out of space.
pub fn ask_to_persist() {
    if let Some(manager) = property(&window().navigator(), "storage") {
        unheeded(call(&manager, "persist", []));
    }
}

/// Sets the cookie that holds the language in which the server writes the page: `ru`, `tg` or `en`.
pub fn set_language_cookie(tag: &str) {
    let document = window().document().map(JsCast::unchecked_into);
    if let Some::<HtmlDocument>(document) = document {
        let cookie = format!(
            "bonex_language={tag}; Path=/; Max-Age={LANGUAGE_COOKIE_SECONDS}; SameSite=Lax"
        );
        // A browser that refuses cookies gets the page in the language of its settings.
        let _ = document.set_cookie(&cookie);
    }
}
