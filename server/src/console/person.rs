//! Somebody who has signed in to a console.

use app::Language;
use app::console::sessions::Sessions;
use app::console::{AccountUrl, Console};
use axum::extract::FromRequestParts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use backend::accounts::{Account, Realm};

use super::language;
use crate::app_state::App;

/// Somebody who has signed in to a console. Anybody else is sent to its sign-in form.
pub(crate) trait Person:
    FromRequestParts<App, Rejection = Response> + Send + Sync + 'static
{
    /// The console.
    const CONSOLE: Console;

    /// Returns the account.
    fn account(&self) -> &Account;

    /// Returns the network address of the request.
    fn address(&self) -> &str;

    /// Renders the page of the person's sessions.
    fn sessions_html(&self, headers: &HeaderMap, sessions: &Sessions) -> String;
}

/// Returns the accounts that sign in to a console.
pub(crate) const fn realm(console: Console) -> Realm {
    match console {
        Console::Panel => Realm::Stores,
        Console::Admin => Realm::Platform,
    }
}

/// Returns the answer to somebody who has not signed in.
pub(crate) fn to_sign_in(console: Console) -> Response {
    Redirect::to(&console.url(AccountUrl::SignIn)).into_response()
}

/// Returns the language that a person has chosen, or else that of the browser.
pub(crate) fn language_of(account: &Account, headers: &HeaderMap) -> Language {
    let own = account.language.as_deref();
    own.and_then(Language::from_tag)
        .unwrap_or_else(|| language::of_headers(headers))
}

/// Returns the name of the browser, at most 200 characters.
pub(crate) fn user_agent(headers: &HeaderMap) -> String {
    let text = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    text.unwrap_or_default().chars().take(200).collect()
}
