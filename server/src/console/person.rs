//! Somebody who has signed in to a console.

use app::Language;
use app::console::Console;
use app::console::sessions::Sessions;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use backend::accounts::{Account, NewSession, Realm};

use super::answer::{Failed, see_other};
use super::pairs::Pairs;
use super::{language, next};
use crate::app_state::App;

/// Somebody who has signed in to a console. Anybody else is sent to its sign-in form.
pub(crate) trait Person:
    FromRequestParts<App, Rejection = Response> + Send + Sync + 'static
{
    /// The console.
    const CONSOLE: Console;

    /// Finds the person who sends a request; `None` without a session that lives.
    ///
    /// # Errors
    /// The answer if the database fails.
    fn find(
        parts: &Parts,
        app: &App,
    ) -> impl Future<Output = Result<Option<Self>, Response>> + Send;

    /// Returns the account.
    fn account(&self) -> &Account;

    /// Returns the network address of the request.
    fn address(&self) -> &str;

    /// Renders the page of the person's sessions.
    fn sessions_html(&self, headers: &HeaderMap, sessions: &Sessions) -> String;

    /// Returns whether the person may send a form to the URL of this request.
    fn may_send(&self, _parts: &Parts) -> bool {
        true
    }

    /// Returns whether the request is for a form that is shown again as it was typed.
    fn is_shown_again(_parts: &Parts) -> bool {
        false
    }

    /// Asks a person whose session has ended to sign in, instead of doing what a form asks for.
    fn ask_to_sign_in(_app: &App, parts: &Parts, _pairs: &Pairs) -> Response {
        to_sign_in(Self::CONSOLE, parts)
    }

    /// Returns the page that gives a kept form back to its person; `None` for anybody else.
    fn bring_back(
        _app: &App,
        _headers: &HeaderMap,
        _kept: &str,
        _session: &NewSession,
        _address: &str,
    ) -> impl Future<Output = Result<Option<Response>, Failed>> + Send {
        async { Ok(None) }
    }
}

/// Returns the accounts that sign in to a console.
pub(crate) const fn realm(console: Console) -> Realm {
    match console {
        Console::Panel => Realm::Stores,
        Console::Admin => Realm::Platform,
    }
}

/// Returns the answer to somebody who has not signed in.
pub(crate) fn to_sign_in(console: Console, parts: &Parts) -> Response {
    let next = next::after(console, parts);
    see_other(next::sign_in(console, next.as_deref()))
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
