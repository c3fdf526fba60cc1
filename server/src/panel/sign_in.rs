//! Sign-in and sign-out.

use app::forms::{FormState, Problem};
use app::panel::sign_in::{SignIn, SignInField, ended, html};
use app::panel::urls::Url;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, SignInError};

use super::answer::{Failed, page, see_other};
use super::entry::{Onward, enter};
use super::form::Sent;
use super::password::minutes;
use super::session::{SignedIn, user_agent};
use super::{cookie, language, next};
use crate::app_state::App;

/// Shows the sign-in form.
pub(super) async fn show_sign_in(
    State(app): State<App>,
    parts: Parts,
) -> Result<Response, Response> {
    let (headers, uri) = (&parts.headers, &parts.uri);
    let language = language::of_request(headers, uri);
    // Who leaves by themselves has no cookie any more.
    let has_left = cookie::SESSION.read(headers).is_some();
    let has_ended = has_left && SignedIn::find(&parts, &app).await?.is_none();
    let form = SignIn {
        language,
        form: FormState::new(),
        notice: has_ended.then(|| ended(language, false)),
        next: next::of_query(uri),
        kept: None,
    };
    let answer = page(StatusCode::OK, html(&form));
    Ok(language::keep(answer, uri))
}

/// Signs a person in, or asks a person with a second step for the code.
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Sent { pairs, address }: Sent,
) -> Result<Response, Failed> {
    let onward = Onward::of_form(&pairs);
    let mut form: FormState<SignInField> = pairs.form();
    let tried = accounts::SignIn {
        login: form.value(SignInField::Login),
        password: form.value(SignInField::Password),
        address: &address,
        user_agent: &user_agent(&headers),
    };
    let (status, problem) = match accounts::sign_in(&app.backend, tried).await {
        Ok(entry) => return enter(&app, &headers, &entry, onward, &address).await,
        Err(SignInError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::SignIn),
        Err(SignInError::TooMany { wait_seconds }) => {
            let problem = Problem::TooManyTries(minutes(wait_seconds));
            (StatusCode::TOO_MANY_REQUESTS, problem)
        }
        Err(SignInError::Backend(error)) => return Err(error.into()),
    };
    form.refused(problem);
    let form = SignIn {
        language: language::of_headers(&headers),
        form,
        notice: None,
        next: onward.next.map(str::to_owned),
        kept: onward.kept.map(str::to_owned),
    };
    Ok(page(status, html(&form)))
}

/// Ends the session.
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
) -> Result<Response, Failed> {
    accounts::end(&app.backend, &person.session).await?;
    let mut answer = see_other(Url::SignIn).into_response();
    if let Some(cookie) = cookie::SESSION.delete(&headers) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}
