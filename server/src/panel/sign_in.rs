//! Sign-in and sign-out.

use app::forms::{FormState, Problem};
use app::panel::sign_in::{SignIn, SignInField, html};
use app::panel::urls::Url;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, SignInError};

use super::answer::{Failed, page, see_other};
use super::form::Sent;
use super::session::{SignedIn, user_agent};
use super::{cookie, language};
use crate::app_state::App;

/// Shows the sign-in form.
pub(super) async fn show_sign_in(headers: HeaderMap, request: Request) -> Response {
    let page_language = language::of_request(&headers, request.uri());
    let form = SignIn {
        language: page_language,
        form: FormState::new(),
        notice: None,
        next: next(request.uri()),
    };
    let answer = page(StatusCode::OK, html(&form));
    language::keep(answer, request.uri())
}

/// Signs a person in.
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
        Ok(value) => {
            let next = pairs.value("next").filter(|next| is_own(next));
            let mut answer = see_other(next.map_or(Url::Today.to_string(), str::to_owned));
            if let Some(cookie) = cookie::SESSION.set(&headers, &value) {
                answer.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            return Ok(answer);
        }
        Err(SignInError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, Problem::SignIn),
        Err(SignInError::TooMany { wait_seconds }) => {
            let minutes = (wait_seconds + 59) / 60;
            (
                StatusCode::TOO_MANY_REQUESTS,
                Problem::TooManyTries(minutes),
            )
        }
        Err(SignInError::Backend(error)) => return Err(error.into()),
    };
    form.refused(problem);
    let form = SignIn {
        language: language::of_headers(&headers),
        form,
        notice: None,
        next: pairs.value("next").map(str::to_owned),
    };
    Ok(page(status, html(&form)))
}

/// Returns the page to open after the sign-in.
fn next(uri: &Uri) -> Option<String> {
    let Query(query) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    let next = query.into_iter().find(|(name, _)| name == "next");
    next.map(|(_, next)| next).filter(|next| is_own(next))
}

/// Returns whether an address is a page of the panel: another site must not be opened after the
/// sign-in.
fn is_own(next: &str) -> bool {
    next.starts_with("/panel/") && !next.contains([':', '\\'])
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
