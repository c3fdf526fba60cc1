//! The password of somebody who is signed in, asked again before acts of power.

use app::console::password::{Password, PasswordField, Waiting, html};
use app::forms::{FormState, Problem};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts::{self, SignInError};

use super::answer::{Failed, page};
use super::minutes;
use super::pairs::Pairs;
use super::person::{Person, language_of};
use crate::app_state::App;

/// The name of the password in every form that may have it.
pub(crate) const PASSWORD: &str = "password";

/// Where a person goes who is asked for the password and decides not to act.
pub(crate) struct Back {
    url: String,
    /// `true` if the answer to the act is a file, which leaves the page open that asks.
    is_from_file: bool,
}

impl Back {
    /// Before a file is sent.
    pub(crate) const fn from_file(url: String) -> Self {
        Self {
            url,
            is_from_file: true,
        }
    }
}

impl<U: ToString> From<&U> for Back {
    fn from(url: &U) -> Self {
        Self {
            url: url.to_string(),
            is_from_file: false,
        }
    }
}

/// Asks for the password before an act of power, if it was entered too long ago and the form does
/// not have it. The page that asks has the form, and sends it again with the password to where it
/// was sent first: so the act goes on, and nothing that was typed is lost.
pub(crate) async fn again<P: Person>(
    app: &App,
    headers: &HeaderMap,
    person: &P,
    pairs: &Pairs,
    back: Back,
) -> Result<Option<Response>, Failed> {
    let mut form: FormState<PasswordField> = pairs.form();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if person.account().is_confirmed(app.backend.clock.now()) {
        return Ok(None);
    }
    match pairs.value(PASSWORD) {
        None => {}
        Some("") => form.wrong(PasswordField::Password, Problem::Empty),
        Some(password) => match confirm(app, person, &mut form, password).await? {
            None => return Ok(None),
            Some(refused) => status = refused,
        },
    }
    let hidden = pairs.without(PASSWORD);
    let asked = Password {
        console: P::CONSOLE,
        language: language_of(person.account(), headers),
        name: person.account().name.clone(),
        form,
        action: pairs.path.clone(),
        waiting: match (back.is_from_file, hidden.is_empty()) {
            (true, _) => Waiting::File,
            (false, true) => Waiting::Page,
            (false, false) => Waiting::Form,
        },
        hidden,
        back: back.url,
    };
    Ok(Some(page(status, html(&asked))))
}

/// Checks the password, and lets the person act with power for a while. Returns the status of the
/// page with the form, or `None` if the password is right.
pub(crate) async fn confirm<P: Person>(
    app: &App,
    person: &P,
    form: &mut FormState<PasswordField>,
    password: &str,
) -> Result<Option<StatusCode>, Failed> {
    let (account, address) = (person.account(), person.address());
    let checked = accounts::confirm(&app.backend, account, password, address).await;
    refused(form, PasswordField::Password, checked)
}

/// Notes in a form why a password was refused. Returns the status of the page with the form, or
/// `None` if the password is right.
pub(crate) fn refused<F: app::forms::Field>(
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
