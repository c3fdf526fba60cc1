//! Forms as browsers send them.

use app::console::sign_in::BROUGHT_BACK;
use app::forms::{Field, FormState, Problem};
use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::accounts::MIN_PASSWORD;
use domain::is_guessed_first;

use super::answer::Failed;
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

/// The pairs of a form, in the order in which they were sent, and the path to which they were.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    pub(crate) path: String,
    pairs: Vec<(String, String)>,
}

impl Pairs {
    /// Returns the first value with this name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Reads the fields of a form. A form that is brought back after a new sign-in has a problem,
    /// so it is shown and does nothing.
    pub(crate) fn form<F: Field>(&self) -> FormState<F> {
        let pairs = self.pairs.iter();
        let mut form = FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
        if self.value(BROUGHT_BACK).is_some() {
            form.refused(Problem::SessionEnded);
        }
        form
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Returns the pairs without the one with this name.
    pub(crate) fn without(&self, name: &str) -> Vec<(String, String)> {
        let others = self.pairs.iter().filter(|(known, _)| known != name);
        others.cloned().collect()
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

impl<P: Person> FromRequest<App> for SentBy<P> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let person = P::find(&parts, app).await?;
        let before = parts.clone();
        let pairs = pairs(Request::from_parts(parts, body), app).await?;
        match person {
            Some(person) if pairs.value(BROUGHT_BACK).is_none() || P::is_shown_again(&before) => {
                Ok(Self { person, pairs })
            }
            Some(_) => Err(Failed::Unreadable.into_response()),
            None => Err(P::ask_to_sign_in(app, &before, &pairs)),
        }
    }
}

async fn pairs(request: Request, app: &App) -> Result<Pairs, Response> {
    let path = request.uri().path().to_owned();
    let form = Form::<Vec<(String, String)>>::from_request(request, app).await;
    let Form(pairs) = form.map_err(|_| Failed::Unreadable.into_response())?;
    Ok(Pairs { path, pairs })
}
