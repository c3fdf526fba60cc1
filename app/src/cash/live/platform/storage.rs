//! What the browser keeps for this till between visits: its tokens, its settings.

use gloo_storage::{LocalStorage, SessionStorage, Storage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

use super::dynamic::{call, property, unheeded};
use super::window;

const LANGUAGE_COOKIE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// A new random UUID (version 4), in its usual spelling.
pub fn new_uuid() -> String {
    Uuid::new_v4().to_string()
}

/// What is kept under `key`. None where there is none, or it is not a `T`, or nothing is kept.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    allowed().then(|| LocalStorage::get(key).ok()).flatten()
}

/// Keeps a value under `key`, in JSON; false where the browser keeps nothing or has no room.
pub fn set<T: Serialize>(key: &str, value: &T) -> bool {
    allowed() && LocalStorage::set(key, value).is_ok()
}

/// Forgets what is kept under `key`.
pub fn remove(key: &str) {
    if allowed() {
        LocalStorage::delete(key);
    }
}

/// Keeps a value for the page that is loaded in this tab next.
pub fn hand_over<T: Serialize>(key: &str, value: &T) {
    if allowed() {
        // Without room for it the next page begins empty.
        let _ = SessionStorage::set(key, value);
    }
}

/// Takes what the page before has handed over.
pub fn take_over<T: DeserializeOwned>(key: &str) -> Option<T> {
    if !allowed() {
        return None;
    }
    let value = SessionStorage::get(key).ok();
    SessionStorage::delete(key);
    value
}

/// Whether there is any storage at all, which browsers allow or refuse as a whole: `gloo-storage` takes that for granted.
fn allowed() -> bool {
    matches!(window().local_storage(), Ok(Some(_)))
}

/// Asks the browser not to throw away what is kept here when it runs short of room.
pub fn ask_to_persist() {
    if let Some(manager) = property(&window().navigator(), "storage") {
        unheeded(call(&manager, "persist", []));
    }
}

/// Tells the server which language to write the page in from now on: `ru`, `tg` or `en`.
pub fn set_language_cookie(tag: &str) {
    let document = window().document().map(JsCast::unchecked_into);
    if let Some::<HtmlDocument>(document) = document {
        let cookie = format!(
            "bonex_language={tag}; Path=/; Max-Age={LANGUAGE_COOKIE_SECONDS}; SameSite=Lax"
        );
        // A browser that refuses cookies goes on in the language of its settings.
        let _ = document.set_cookie(&cookie);
    }
}
