//! Sign-in and sign-out.

use app::forms::{FormState, Problem};
use app::panel::sign_in::{SignIn, SignInField, html};
use app::panel::urls::Url;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, SignInError};

use super::answer::{Failed, page, see_other};
use super::entry::enter;
use super::form::Sent;
use super::password::minutes;
use super::session::{SignedIn, user_agent};
use super::{cookie, language, next};
use crate::app_state::App;

/// Shows the sign-in form.
pub(super) async fn show_sign_in(headers: HeaderMap, request: Request) -> Response {
    let page_language = language::of_request(&headers, request.uri());
    let form = SignIn {
        language: page_language,
        form: FormState::new(),
        notice: None,
        next: next::of_query(request.uri()),
    };
    let answer = page(StatusCode::OK, html(&form));
    language::keep(answer, request.uri())
}

/// Signs a person in, or asks a person with a second step for the code.
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Sent { pairs, address }: Sent,
) -> Result<Response, Failed> {
    let mut form: FormState<SignInField> = pairs.form();
    let tried = accounts::SignIn {
        login: form.value(SignInField::Login),
        password: form.value(SignInField::Password),
        address: &address,
        user_agent: &user_agent(&headers),
    };
    let (status, problem) = match accounts::sign_in(&app.backend, tried).await {
        Ok(entry) => return Ok(enter(&headers, &entry, next::of_form(&pairs).as_deref())),
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
        next: next::of_form(&pairs),
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
