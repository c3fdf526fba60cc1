//! The person who sends a request.

use app::Language;
use app::panel::urls::Url;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use backend::accounts::{self, Session};
use backend::audit::Actor;
use domain::Role;

use super::answer::{Failed, see_other};
use super::{cookie, language};
use crate::app_state::App;

/// A person who has signed in. Anybody else is sent to the sign-in form.
pub(super) struct SignedIn {
    pub(super) session: Session,
    pub(super) address: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let address = app.throttle.address_of(parts);
        let session = match cookie::SESSION.read(&parts.headers) {
            Some(cookie) => accounts::session(&app.backend, cookie, &address)
                .await
                .map_err(|error| Failed::from(error).into_response())?,
            None => None,
        };
        let Some(session) = session else {
            return Err(Redirect::to(&Url::SignIn.to_string()).into_response());
        };
        tracing::Span::current().record("tenant_id", session.tenant_id);
        Ok(Self { session, address })
    }
}

impl SignedIn {
    /// Returns the person as the journal names them.
    pub(super) fn actor(&self) -> Actor {
        self.session.actor(&self.address)
    }

    /// Returns the language that the person has chosen, or else that of the browser.
    pub(super) fn language(&self, headers: &HeaderMap) -> Language {
        let own = self.session.language.as_deref();
        own.and_then(Language::from_tag)
            .unwrap_or_else(|| language::of_headers(headers))
    }

    /// Refuses a person with fewer rights.
    ///
    /// # Errors
    /// [`Failed::Forbidden`].
    pub(super) fn needs(&self, role: Role) -> Result<(), Failed> {
        if self.session.role >= role {
            Ok(())
        } else {
            Err(Failed::Forbidden)
        }
    }

    /// Returns a redirect to the form of the password, and from there to `next`, if the password
    /// was entered too long ago for an act of power.
    pub(super) fn password_again(&self, app: &App, next: &Url) -> Option<Response> {
        let is_confirmed = self.session.is_confirmed(app.backend.clock.now());
        let password = || Url::Password.with_query(&[("next", &next.to_string())]);
        (!is_confirmed).then(|| see_other(password()))
    }
}

/// Returns the name of the browser, at most 200 characters.
pub(super) fn user_agent(headers: &HeaderMap) -> String {
    let text = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    text.unwrap_or_default().chars().take(200).collect()
}
