//! The person who sends a request.

use app::Language;
use app::console::Console;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use backend::accounts::Session;
use backend::audit::Actor;
use domain::{Role, Timestamp};

use super::answer::Failed;
use crate::app_state::App;
use crate::console::person::{Person as _, language_of, to_sign_in};

/// A person who has signed in. Anybody else is sent to the sign-in form.
pub(crate) struct SignedIn {
    pub(super) session: Session,
    pub(super) address: String,
    /// The moment of the request.
    pub(super) now: Timestamp,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let person = Self::find(parts, app).await?;
        person.ok_or_else(|| to_sign_in(Console::Panel, parts))
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
