//! Forms as browsers send them.

use app::console::sign_in::BROUGHT_BACK;
use app::forms::{Field, FormState, Problem};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::accounts::MIN_PASSWORD;
use domain::is_guessed_first;

use super::answer::Failed;
use super::pairs::Pairs;
use super::person::Person;
use crate::app_state::App;

/// The most characters of a name, a login or an address.
pub(crate) const MAX_NAME: usize = 100;

/// Returns the status of the page with this form: 422 if the form is refused.
pub(crate) fn status_of<F: Field>(form: &FormState<F>) -> StatusCode {
    if form.is_wrong() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

/// Checks a new password of the person with this login, and its repetition.
pub(crate) fn check_new_password<F: Field>(
    form: &mut FormState<F>,
    password: F,
    repeat: F,
    login: &str,
) {
    if form.value(password).chars().count() < MIN_PASSWORD {
        form.wrong(password, Problem::TooShort(MIN_PASSWORD));
    } else if is_guessed_first(form.value(password), login) {
        form.wrong(password, Problem::CommonPassword);
    } else if form.value(password) != form.value(repeat) {
        form.wrong(repeat, Problem::Mismatch);
    }
}

/// A form from a visitor who has not signed in.
pub(crate) struct Sent {
    pub(crate) pairs: Pairs,
    /// The network address of the request.
    pub(crate) address: String,
}

impl FromRequest<App> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let address = app.throttle.address_of(&request);
        let pairs = Pairs::read(request, app).await?;
        Ok(Self { pairs, address })
    }
}

/// A form from a person who has signed in.
pub(crate) struct SentBy<P> {
    pub(crate) person: P,
    pub(crate) pairs: Pairs,
}

impl<P: Person> FromRequest<App> for SentBy<P> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let person = P::find(&parts, app).await?;
        let before = parts.clone();
        let pairs = Pairs::read(Request::from_parts(parts, body), app).await?;
        match person {
            Some(person) if !person.may_send(&before) => Err(Failed::Suspended.into_response()),
            Some(person) if pairs.value(BROUGHT_BACK).is_none() || P::is_shown_again(&before) => {
                Ok(Self { person, pairs })
            }
            Some(_) => Err(Failed::Unreadable.into_response()),
            None => Err(P::ask_to_sign_in(app, &before, &pairs)),
        }
    }
}
