//! The answer to a person who has proved to know the password, or the code.

use app::Language;
use app::admin::urls::Url as AdminUrl;
use app::console::urls::with_query;
use app::console::{AccountUrl, Console};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use backend::accounts::{Entry, NewSession};

use super::answer::see_other;
use super::cookie;

/// Signs the person in and leads to `next`, or asks for the second step first.
pub(crate) fn enter(
    headers: &HeaderMap,
    console: Console,
    entry: &Entry,
    next: Option<&str>,
) -> Response {
    match entry {
        Entry::SignedIn(session) => {
            let next = next.map_or_else(|| console.url(AccountUrl::Home), str::to_owned);
            signed_in(headers, console, session, see_other(next))
        }
        Entry::NeedsCode(value) => {
            let query = [("next", next.unwrap_or_default())];
            let url = with_query(console.url(AccountUrl::SignInCode), &query);
            second_step(headers, console, value, see_other(url))
        }
        // Only admins must have a second step.
        Entry::NeedsSecondStep(value) => {
            second_step(headers, console, value, see_other(AdminUrl::ConnectApp))
        }
    }
}

fn second_step(
    headers: &HeaderMap,
    console: Console,
    value: &str,
    mut answer: Response,
) -> Response {
    append(&mut answer, cookie::code(console).set(headers, value));
    answer
}

/// Adds the cookies of a new session, and that of the person's own language, to an answer.
pub(crate) fn signed_in(
    headers: &HeaderMap,
    console: Console,
    session: &NewSession,
    mut answer: Response,
) -> Response {
    let cookie = cookie::session(console).set(headers, &session.cookie);
    append(&mut answer, cookie);
    append(&mut answer, cookie::code(console).delete(headers));
    let language = session.language.as_deref().and_then(Language::from_tag);
    if let Some(language) = language {
        keep_language(&mut answer, language);
    }
    answer
}

/// Keeps a language in the browser, for the pages before the sign-in.
pub(crate) fn keep_language(answer: &mut Response, language: Language) {
    let cookie = app::ssr::language_cookie(language);
    append(answer, HeaderValue::try_from(cookie).ok());
}

fn append(answer: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
