//! Forms as browsers send them.

use app::forms::{Field, FormState, Problem};
use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::accounts::MIN_PASSWORD;
use domain::is_guessed_first;

use super::answer::Failed;
use super::session::SignedIn;
use crate::app_state::App;

/// The most characters of a name, a login or an address.
pub(super) const MAX_NAME: usize = 100;

/// Returns the status of the page with this form: 422 if the form is refused.
pub(super) fn status_of<F: Field>(form: &FormState<F>) -> StatusCode {
    if form.is_wrong() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

/// Checks a new password of the person with this login, and its repetition.
pub(super) fn check_new_password<F: Field>(
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
pub(super) struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Returns the first value with this name.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Reads the fields of a form.
    pub(super) fn form<F: Field>(&self) -> FormState<F> {
        let pairs = self.0.iter();
        FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

/// A form from a visitor who has not signed in.
pub(super) struct Sent {
    pub(super) pairs: Pairs,
    /// The network address of the request.
    pub(super) address: String,
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
pub(super) struct SentBy {
    pub(super) person: SignedIn,
    pub(super) pairs: Pairs,
}

impl FromRequest<App> for SentBy {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let person = SignedIn::from_request_parts(&mut parts, app).await?;
        let pairs = pairs(Request::from_parts(parts, body), app).await?;
        Ok(Self { person, pairs })
    }
}

async fn pairs(request: Request, app: &App) -> Result<Pairs, Response> {
    let form = Form::<Vec<(String, String)>>::from_request(request, app).await;
    let Form(pairs) = form.map_err(|_| Failed::Unreadable.into_response())?;
    Ok(Pairs(pairs))
}
