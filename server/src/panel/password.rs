//! The password of the person who is signed in, asked again before acts of power.

use app::console::Console;
use app::forms::{FormState, Problem};
use app::panel::confirm::PasswordField;
use app::panel::password::{Password, html};
use app::panel::urls::Url;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, SignInError};

use super::answer::{Failed, page, see_other};
use super::form::SentBy;
use super::session::SignedIn;
use crate::app_state::App;
use crate::console::{minutes, next};

/// Shows the form.
pub(super) async fn show_password(
    headers: HeaderMap,
    person: SignedIn,
    request: Request,
) -> Response {
    let next = next::of_query(Console::Panel, request.uri());
    shown(&headers, &person, StatusCode::OK, FormState::new(), next)
}

fn shown(
    headers: &HeaderMap,
    person: &SignedIn,
    status: StatusCode,
    form: FormState<PasswordField>,
    next: Option<String>,
) -> Response {
    let asked = Password {
        language: person.language(headers),
        name: person.session.account.name.clone(),
        form,
        next: next.unwrap_or_else(|| Url::Today.to_string()),
    };
    page(status, html(&asked))
}

/// Lets the person act with power for a while, if the password is right.
pub(super) async fn confirm_password(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    let next = next::of_form(Console::Panel, &pairs);
    let mut form: FormState<PasswordField> = pairs.form();
    let password = form.value(PasswordField::Password).to_owned();
    let confirmed =
        accounts::confirm(&app.backend, &person.session, &password, &person.address).await;
    let Some(status) = refused(&mut form, PasswordField::Password, confirmed)? else {
        return Ok(see_other(next.unwrap_or_else(|| Url::Today.to_string())));
    };
    Ok(shown(&headers, &person, status, form, next))
}

/// Notes in a form why a password was refused. Returns the status of the page with the form, or
/// `None` if the password is right.
pub(super) fn refused<F: app::forms::Field>(
    form: &mut FormState<F>,
    field: F,
    checked: Result<(), SignInError>,
) -> Result<Option<StatusCode>, Failed> {
    match checked {
        Ok(()) => Ok(None),
        Err(SignInError::Wrong) => {
            form.wrong(field, Problem::Password);
            Ok(Some(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(SignInError::TooMany { wait_seconds }) => {
            form.wrong(field, Problem::TooManyTries(minutes(wait_seconds)));
            Ok(Some(StatusCode::TOO_MANY_REQUESTS))
        }
        Err(SignInError::Backend(error)) => Err(error.into()),
    }
}
