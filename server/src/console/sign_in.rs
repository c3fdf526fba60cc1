//! Sign-in and sign-out.

use app::console::AccountUrl;
use app::console::sign_in::{SignIn, SignInField, ended, html};
use app::forms::{FormState, Problem};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use backend::accounts::{self, SignInError};

use super::answer::{Failed, page, see_other};
use super::entry::enter;
use super::form::Sent;
use super::onward::Onward;
use super::person::{Person, realm, user_agent};
use super::{cookie, language, minutes, next};
use crate::app_state::App;

/// Shows the sign-in form.
pub(crate) async fn show_sign_in<P: Person>(
    State(app): State<App>,
    parts: Parts,
) -> Result<Response, Response> {
    let (headers, uri) = (&parts.headers, &parts.uri);
    let language = language::of_request(headers, uri);
    // Who leaves by themselves has no cookie any more.
    let has_left = cookie::session(P::CONSOLE).read(headers).is_some();
    let has_ended = has_left && P::find(&parts, &app).await?.is_none();
    let form = SignIn {
        console: P::CONSOLE,
        language,
        form: FormState::new(),
        notice: has_ended.then(|| ended(language, false)),
        next: next::of_query(P::CONSOLE, uri),
        kept: None,
    };
    let answer = page(StatusCode::OK, html(&form));
    Ok(language::keep(answer, uri))
}

/// Signs a person in, or asks a person with a second step for the code.
pub(crate) async fn sign_in<P: Person>(
    State(app): State<App>,
    headers: HeaderMap,
    Sent { pairs, address }: Sent,
) -> Result<Response, Failed> {
    let onward = Onward::of_form(P::CONSOLE, &pairs);
    let mut form: FormState<SignInField> = pairs.form();
    let tried = accounts::SignIn {
        realm: realm(P::CONSOLE),
        login: form.value(SignInField::Login),
        password: form.value(SignInField::Password),
        address: &address,
        user_agent: &user_agent(&headers),
    };
    let (status, problem) = match accounts::sign_in(&app.backend, tried).await {
        Ok(entry) => return enter::<P>(&app, &headers, &entry, onward, &address).await,
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
        next: onward.next.map(str::to_owned),
        kept: onward.kept.map(str::to_owned),
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
