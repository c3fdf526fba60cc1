//! The answer to a person who has proved to know the password, or the code.

use app::Language;
use app::forms::FormState;
use app::panel::sign_in::KEPT;
use app::panel::sign_in_code::CodeField;
use app::panel::urls::Url;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use backend::accounts::{Entry, NewSession};

use super::answer::{Failed, see_other};
use super::form::Pairs;
use super::{cookie, kept, next, sign_in_code};
use crate::app_state::App;

/// What follows after the sign-in.
#[derive(Clone, Copy, Default)]
pub(super) struct Onward<'a> {
    /// The page that was asked for.
    pub(super) next: Option<&'a str>,
    /// The sealed form that was being filled in when the session ended.
    pub(super) kept: Option<&'a str>,
}

impl<'a> Onward<'a> {
    /// Reads what the sign-in form carries.
    pub(super) fn of_form(pairs: &'a Pairs) -> Self {
        Self {
            next: next::of_form(pairs),
            kept: pairs.value(KEPT),
        }
    }
}

/// Signs the person in and leads onward, or asks for the code first.
pub(super) async fn enter(
    app: &App,
    headers: &HeaderMap,
    entry: &Entry,
    onward: Onward<'_>,
    address: &str,
) -> Result<Response, Failed> {
    match entry {
        Entry::SignedIn(session) => entered(app, headers, session, onward, address).await,
        Entry::NeedsCode(value) => {
            let mut answer = if onward.kept.is_some() {
                let field = CodeField::Code;
                sign_in_code::shown(headers, StatusCode::OK, FormState::new(), field, onward)
            } else {
                let next = onward.next.unwrap_or_default();
                see_other(Url::SignInCode.with_query(&[("next", next)]))
            };
            append(&mut answer, cookie::CODE.set(headers, value));
            Ok(answer)
        }
    }
}

/// Leads a person who has signed in onward: to the form that waits for them, or to the page.
pub(super) async fn entered(
    app: &App,
    headers: &HeaderMap,
    session: &NewSession,
    Onward { next, kept }: Onward<'_>,
    address: &str,
) -> Result<Response, Failed> {
    let form = match kept {
        Some(kept) => kept::bring_back(app, headers, kept, session, address).await?,
        None => None,
    };
    let answer = form.unwrap_or_else(|| match next {
        Some(next) => see_other(next),
        None => see_other(Url::Today),
    });
    Ok(signed_in(headers, session, answer))
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
