//! The pages of a store's client: sign-in by a code, balance with the QR for the till, history and
//! preferences. They work without a script, inside Telegram and in any browser.

mod account;
mod sign_in;
mod texts;

pub use account::{
    Change, Event, EventKind, Expiring, Home, PreferenceField, history, home, preferences,
};
pub use sign_in::{CodeField, CodePage, PhoneField, Trouble, code, no_store, phone, trouble_words};

use leptos::prelude::*;

use crate::locales::Language;
use crate::page::Alone;

/// The address of the pages.
pub const HOME: &str = "/app";
/// POST sends a code to a phone.
pub const CODE: &str = "/app/code";
/// POST signs in by a code.
pub const SIGN_IN: &str = "/app/sign-in";
/// The history.
pub const HISTORY: &str = "/app/history";
/// The preferences, and POST saves them.
pub const PREFERENCES: &str = "/app/preferences";
/// POST disconnects Telegram.
pub const NOT_ME: &str = "/app/not-me";
/// POST ends the session.
pub const SIGN_OUT: &str = "/app/sign-out";
/// The name in a query or a form of the store.
pub const STORE: &str = "store";
/// The name in a query of the place after which the history continues.
pub const AFTER: &str = "after";

/// Renders a page of the client.
fn page(language: Language, title: &str, is_wrong: bool, body: AnyView) -> String {
    Alone {
        language,
        product: texts::texts(language).product,
        title: title.to_owned(),
        is_wrong,
        body,
    }
    .html()
}
