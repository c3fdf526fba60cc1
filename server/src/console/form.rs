//! Forms as browsers send them.

use app::forms::{Field, FormState, Problem};
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::accounts::MIN_PASSWORD;
use domain::is_guessed_first;

use super::answer::Failed;
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

/// The pairs of a form, in the order in which they were sent.
#[derive(Debug, Default)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Returns the first value with this name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Reads the fields of a form.
    pub(crate) fn form<F: Field>(&self) -> FormState<F> {
        let pairs = self.0.iter();
        FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())))
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
        let pairs = pairs(request, app).await?;
        Ok(Self { pairs, address })
    }
}

/// A form from a person who has signed in.
pub(crate) struct SentBy<P> {
    pub(crate) person: P,
    pub(crate) pairs: Pairs,
}

impl<P: FromRequestParts<App, Rejection = Response> + Send> FromRequest<App> for SentBy<P> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let person = P::from_request_parts(&mut parts, app).await?;
        let pairs = pairs(Request::from_parts(parts, body), app).await?;
        Ok(Self { person, pairs })
    }
}

async fn pairs(request: Request, app: &App) -> Result<Pairs, Response> {
    let form = Form::<Vec<(String, String)>>::from_request(request, app).await;
    let Form(pairs) = form.map_err(|_| Failed::Unreadable.into_response())?;
    Ok(Pairs(pairs))
}
