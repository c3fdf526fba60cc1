//! The person who sends a request.

use app::Language;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, Session};
use backend::audit::Actor;
use domain::Role;

use super::answer::{Failed, see_other};
use super::{cookie, language, next};
use crate::app_state::App;

/// A person who has signed in. Anybody else is sent to the sign-in form.
pub(super) struct SignedIn {
    pub(super) session: Session,
    pub(super) address: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let person = Self::find(parts, app).await?;
        person.ok_or_else(|| see_other(next::sign_in(next::after(parts).as_deref())))
    }
}

impl SignedIn {
    /// Finds the person; `None` without a session that lives.
    ///
    /// # Errors
    /// The answer if the database fails.
    pub(super) async fn find(parts: &Parts, app: &App) -> Result<Option<Self>, Response> {
        let address = app.throttle.address_of(parts);
        let session = match cookie::SESSION.read(&parts.headers) {
            Some(cookie) => accounts::session(&app.backend, cookie, &address)
                .await
                .map_err(|error| Failed::from(error).into_response())?,
            None => None,
        };
        if let Some(session) = &session {
            tracing::Span::current().record("tenant_id", session.tenant_id);
        }
        Ok(session.map(|session| Self { session, address }))
    }

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
}

/// Returns the name of the browser, at most 200 characters.
pub(super) fn user_agent(headers: &HeaderMap) -> String {
    let text = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    text.unwrap_or_default().chars().take(200).collect()
}
