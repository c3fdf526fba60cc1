//! Sign-in and sign-out.

use app::console::AccountUrl;
use app::console::sign_in::{SignIn, SignInField, html};
use app::forms::{FormState, Problem};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use backend::accounts::{self, SignInError};

use super::answer::{Failed, page, see_other};
use super::entry::enter;
use super::form::Sent;
use super::person::{Person, realm, user_agent};
use super::{cookie, language, minutes, next};
use crate::app_state::App;

/// Shows the sign-in form.
pub(crate) async fn show_sign_in<P: Person>(headers: HeaderMap, request: Request) -> Response {
    let page_language = language::of_request(&headers, request.uri());
    let form = SignIn {
        console: P::CONSOLE,
        language: page_language,
        form: FormState::new(),
        notice: None,
        next: next::of_query(P::CONSOLE, request.uri()),
    };
    let answer = page(StatusCode::OK, html(&form));
    language::keep(answer, request.uri())
}

/// Signs a person in, or asks a person with a second step for the code.
pub(crate) async fn sign_in<P: Person>(
    State(app): State<App>,
    headers: HeaderMap,
    Sent { pairs, address }: Sent,
) -> Result<Response, Failed> {
    let mut form: FormState<SignInField> = pairs.form();
    let next = next::of_form(P::CONSOLE, &pairs);
    let tried = accounts::SignIn {
        realm: realm(P::CONSOLE),
        login: form.value(SignInField::Login),
        password: form.value(SignInField::Password),
        address: &address,
        user_agent: &user_agent(&headers),
    };
    let (status, problem) = match accounts::sign_in(&app.backend, tried).await {
        Ok(entry) => return Ok(enter(&headers, P::CONSOLE, &entry, next.as_deref())),
        Err(SignInError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::SignIn),
        Err(SignInError::TooMany { wait_seconds }) => {
            let problem = Problem::TooManyTries(minutes(wait_seconds));
            (StatusCode::TOO_MANY_REQUESTS, problem)
        }
        Err(SignInError::Backend(error)) => return Err(error.into()),
    };
    form.refused(problem);
    let form = SignIn {
        console: P::CONSOLE,
        language: language::of_headers(&headers),
        form,
        notice: None,
        next,
    };
    Ok(page(status, html(&form)))
}

/// Ends the session.
pub(crate) async fn sign_out<P: Person>(
    State(app): State<App>,
    headers: HeaderMap,
    person: P,
) -> Result<Response, Failed> {
    accounts::end(&app.backend, person.account()).await?;
    let mut answer = see_other(P::CONSOLE.url(AccountUrl::SignIn));
    if let Some(cookie) = cookie::session(P::CONSOLE).delete(&headers) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}
