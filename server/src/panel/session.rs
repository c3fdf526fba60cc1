//! The person who sends a request.

use app::Language;
use app::console::Console;
use app::console::sessions::Sessions;
use app::panel::sessions;
use app::panel::urls::Url;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, Account, Session};
use backend::audit::Actor;
use domain::Role;

use super::answer::{Failed, see_other};
use crate::app_state::App;
use crate::console::cookie;
use crate::console::person::{Person, language_of, to_sign_in};

/// A person who has signed in. Anybody else is sent to the sign-in form.
pub(super) struct SignedIn {
    pub(super) session: Session,
    pub(super) address: String,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let address = app.throttle.address_of(parts);
        let session = match cookie::session(Console::Panel).read(&parts.headers) {
            Some(cookie) => accounts::session(&app.backend, cookie, &address)
                .await
                .map_err(|error| Failed::from(error).into_response())?,
            None => None,
        };
        let Some(session) = session else {
            return Err(to_sign_in(Console::Panel));
        };
        tracing::Span::current().record("tenant_id", session.tenant_id);
        Ok(Self { session, address })
    }
}

impl Person for SignedIn {
    const CONSOLE: Console = Console::Panel;

    fn account(&self) -> &Account {
        &self.session.account
    }

    fn address(&self) -> &str {
        &self.address
    }

    fn sessions_html(&self, headers: &HeaderMap, sessions: &Sessions) -> String {
        sessions::html(&self.chrome(headers), sessions)
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

    /// Returns a redirect to the form of the password, and from there to `next`, if the password
    /// was entered too long ago for an act of power.
    pub(super) fn password_again(&self, app: &App, next: &Url) -> Option<Response> {
        let is_confirmed = self.session.account.is_confirmed(app.backend.clock.now());
        let password = || Url::Password.with_query(&[("next", &next.to_string())]);
        (!is_confirmed).then(|| see_other(password()))
    }
}
