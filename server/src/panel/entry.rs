//! The answer to a person who has proved to know the password, or the code.

use app::Language;
use app::panel::urls::Url;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use backend::accounts::{Entry, NewSession};

use super::answer::see_other;
use super::cookie;

/// Signs the person in and leads to `next`, or asks for the code first.
pub(super) fn enter(headers: &HeaderMap, entry: &Entry, next: Option<&str>) -> Response {
    match entry {
        Entry::SignedIn(session) => {
            let next = next.map_or_else(|| Url::Today.to_string(), str::to_owned);
            signed_in(headers, session, see_other(next))
        }
        Entry::NeedsCode(value) => {
            let next = next.unwrap_or_default();
            let mut answer = see_other(Url::SignInCode.with_query(&[("next", next)]));
            append(&mut answer, cookie::CODE.set(headers, value));
            answer
        }
    }
}

/// Adds the cookies of a new session, and that of the person's own language, to an answer.
pub(super) fn signed_in(
    headers: &HeaderMap,
    session: &NewSession,
    mut answer: Response,
) -> Response {
    append(&mut answer, cookie::SESSION.set(headers, &session.cookie));
    append(&mut answer, cookie::CODE.delete(headers));
    let language = session.language.as_deref().and_then(Language::from_tag);
    if let Some(language) = language {
        keep_language(&mut answer, language);
    }
    answer
}

/// Keeps a language in the browser, for the pages before the sign-in.
pub(super) fn keep_language(answer: &mut Response, language: Language) {
    let cookie = app::ssr::language_cookie(language);
    append(answer, HeaderValue::try_from(cookie).ok());
}

fn append(answer: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
