//! The person who sends a request.

use app::Language;
use app::console::Console;
use app::console::sessions::Sessions;
use app::panel::sessions;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, Account, NewSession, Session};
use backend::audit::Actor;
use domain::Role;

use super::answer::Failed;
use super::kept;
use crate::app_state::App;
use crate::console::cookie;
use crate::console::form::Pairs;
use crate::console::person::{Person, language_of, to_sign_in};

/// A person who has signed in. Anybody else is sent to the sign-in form.
pub(crate) struct SignedIn {
    pub(super) session: Session,
    pub(super) address: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let person = Self::find(parts, app).await?;
        person.ok_or_else(|| to_sign_in(Console::Panel, parts))
    }
}

impl Person for SignedIn {
    const CONSOLE: Console = Console::Panel;

    async fn find(parts: &Parts, app: &App) -> Result<Option<Self>, Response> {
        let address = app.throttle.address_of(parts);
        let session = match cookie::session(Console::Panel).read(&parts.headers) {
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

    fn account(&self) -> &Account {
        &self.session.account
    }

    fn address(&self) -> &str {
        &self.address
    }

    fn sessions_html(&self, headers: &HeaderMap, sessions: &Sessions) -> String {
        sessions::html(&self.chrome(headers), sessions)
    }

    fn is_shown_again(parts: &Parts) -> bool {
        kept::is_shown_again(parts)
    }

    fn ask_to_sign_in(app: &App, parts: &Parts, pairs: &Pairs) -> Response {
        kept::ask_to_sign_in(app, parts, pairs)
    }

    async fn bring_back(
        app: &App,
        headers: &HeaderMap,
        kept: &str,
        session: &NewSession,
        address: &str,
    ) -> Result<Option<Response>, Failed> {
        kept::bring_back(app, headers, kept, session, address).await
    }
}

impl SignedIn {
    /// Returns the person as the journal names them.
    pub(super) fn actor(&self) -> Actor {
        self.session.actor(&self.address)
    }

    /// Returns the language that the person has chosen, or else that of the browser.
    pub(super) fn language(&self, headers: &HeaderMap) -> Language {
        language_of(&self.session.account, headers)
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
