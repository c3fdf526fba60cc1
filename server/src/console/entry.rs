//! The answer to a person who has proved to know the password, or the code.

use app::Language;
use app::admin::urls::Url as AdminUrl;
use app::console::sign_in_code::CodeField;
use app::console::urls::with_query;
use app::console::{AccountUrl, Console};
use app::forms::FormState;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use backend::accounts::{Entry, NewSession};

use super::answer::{Failed, see_other};
use super::onward::Onward;
use super::person::Person;
use super::{code_form, cookie};
use crate::app_state::App;

/// Signs the person in and leads onward, or asks for the second step first.
pub(crate) async fn enter<P: Person>(
    app: &App,
    headers: &HeaderMap,
    entry: &Entry,
    onward: Onward<'_>,
    address: &str,
) -> Result<Response, Failed> {
    let console = P::CONSOLE;
    match entry {
        Entry::SignedIn(session) => entered::<P>(app, headers, session, onward, address).await,
        Entry::NeedsCode(value) => {
            let answer = if onward.kept.is_some() {
                let (form, field) = (FormState::new(), CodeField::Code);
                code_form::shown(console, headers, StatusCode::OK, form, field, onward)
            } else {
                let query = [("next", onward.next.unwrap_or_default())];
                see_other(with_query(console.url(AccountUrl::SignInCode), &query))
            };
            Ok(second_step(headers, console, value, answer))
        }
        // Only admins must have a second step.
        Entry::NeedsSecondStep(value) => {
            let answer = see_other(AdminUrl::ConnectApp);
            Ok(second_step(headers, console, value, answer))
        }
    }
}

/// Leads a person who has signed in onward: to the form that waits for them, or to the page.
pub(crate) async fn entered<P: Person>(
    app: &App,
    headers: &HeaderMap,
    session: &NewSession,
    Onward { next, kept }: Onward<'_>,
    address: &str,
) -> Result<Response, Failed> {
    let form = match kept {
        Some(kept) => P::bring_back(app, headers, kept, session, address).await?,
        None => None,
    };
    let answer = form.unwrap_or_else(|| match next {
        Some(next) => see_other(next),
        None => see_other(P::CONSOLE.url(AccountUrl::Home)),
    });
    Ok(signed_in(headers, P::CONSOLE, session, answer))
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
