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
use crate::console::pairs::Pairs;
use crate::console::{minutes, next};

/// The name of the password in every form that may have it.
pub(super) const PASSWORD: &str = "password";

impl SignedIn {
    /// Asks for the password before an act of power, if it was entered too long ago and the form
    /// does not have it. The page that asks has the form, and sends it again with the password to
    /// where it was sent first: so the act goes on, and nothing that was typed is lost. `back` is
    /// the page for a person who decides not to.
    pub(super) async fn password_again(
        &self,
        app: &App,
        headers: &HeaderMap,
        pairs: &Pairs,
        back: &Url,
    ) -> Result<Option<Response>, Failed> {
        let mut form: FormState<PasswordField> = pairs.form();
        let mut status = StatusCode::UNPROCESSABLE_ENTITY;
        if self.session.account.is_confirmed(app.backend.clock.now()) {
            return Ok(None);
        }
        match pairs.value(PASSWORD) {
            None => {}
            Some("") => form.wrong(PasswordField::Password, Problem::Empty),
            Some(password) => match self.confirm(app, &mut form, password).await? {
                None => return Ok(None),
                Some(refused) => status = refused,
            },
        }
        let asked = Password {
            language: self.language(headers),
            name: self.session.account.name.clone(),
            form,
            action: pairs.path.clone(),
            hidden: pairs.without(PASSWORD),
            back: back.to_string(),
        };
        Ok(Some(page(status, html(&asked))))
    }

    /// Returns a redirect to the form of the password, and from there to `next`, if the password
    /// was entered too long ago to see that page.
    pub(super) fn password_first(&self, app: &App, next: &Url) -> Option<Response> {
        let is_confirmed = self.session.account.is_confirmed(app.backend.clock.now());
        let password = || Url::Password.with_query(&[("next", &next.to_string())]);
        (!is_confirmed).then(|| see_other(password()))
    }

    async fn confirm(
        &self,
        app: &App,
        form: &mut FormState<PasswordField>,
        password: &str,
    ) -> Result<Option<StatusCode>, Failed> {
        let checked = accounts::confirm(&app.backend, &self.session, password, &self.address).await;
        refused(form, PasswordField::Password, checked)
    }
}

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
    let next = next.unwrap_or_else(|| Url::Today.to_string());
    let asked = Password {
        language: person.language(headers),
        name: person.session.account.name.clone(),
        form,
        action: Url::Password.to_string(),
        hidden: vec![("next".to_owned(), next.clone())],
        back: next,
    };
    page(status, html(&asked))
}

/// Lets the person act with power for a while, if the password is right.
pub(super) async fn confirm_password(
    State(app): State<App>,
    headers: HeaderMap,
    SentBy { person, pairs }: SentBy,
) -> Result<Response, Failed> {
    let next = next::of_form(Console::Panel, &pairs).map(str::to_owned);
    let mut form: FormState<PasswordField> = pairs.form();
    let password = form.value(PasswordField::Password).to_owned();
    let Some(status) = person.confirm(&app, &mut form, &password).await? else {
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
