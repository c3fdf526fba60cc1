//! The password of the person who is signed in, asked again before acts of power.

use app::console::Console;
use app::console::password::{Password, PasswordField, Waiting, html};
use app::forms::FormState;
use app::panel::urls::Url;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::answer::{Failed, page, see_other};
use super::form::SentBy;
use super::session::SignedIn;
use crate::app_state::App;
use crate::console::pairs::Pairs;
pub(super) use crate::console::password::{Back, refused};
use crate::console::{next, password};

impl SignedIn {
    /// Asks for the password before an act of power, as [`password::again`] does.
    pub(super) async fn password_again(
        &self,
        app: &App,
        headers: &HeaderMap,
        pairs: &Pairs,
        back: impl Into<Back>,
    ) -> Result<Option<Response>, Failed> {
        password::again(app, headers, self, pairs, back.into()).await
    }

    /// Returns a redirect to the form of the password, and from there to `next`, if the password
    /// was entered too long ago to see that page.
    pub(super) fn password_first(&self, app: &App, next: &Url) -> Option<Response> {
        let is_confirmed = self.session.account.is_confirmed(app.backend.clock.now());
        let password = || Url::Password.with_query(&[("next", &next.to_string())]);
        (!is_confirmed).then(|| see_other(password()))
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
        console: Console::Panel,
        language: person.language(headers),
        name: person.session.account.name.clone(),
        form,
        action: Url::Password.to_string(),
        hidden: vec![("next".to_owned(), next.clone())],
        waiting: Waiting::Page,
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
    let typed = form.value(PasswordField::Password).to_owned();
    let Some(status) = password::confirm(&app, &person, &mut form, &typed).await? else {
        return Ok(see_other(next.unwrap_or_else(|| Url::Today.to_string())));
    };
    Ok(shown(&headers, &person, status, form, next))
}
