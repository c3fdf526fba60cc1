//! The admin who sends a request.

use app::Language;
use app::admin::chrome::Chrome;
use app::admin::sessions;
use app::admin::urls::Url;
use app::console::Console;
use app::console::sessions::Sessions;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use backend::accounts::{self, Account, Principal};
use backend::audit::PlatformActor;

use super::notice::notice;
use crate::app_state::App;
use crate::console::answer::Failed;
use crate::console::pairs::Pairs;
use crate::console::person::{Person, language_of, to_sign_in};
use crate::console::{cookie, password};

/// An admin who has signed in. Anybody else is sent to the sign-in form.
pub(super) struct Admin {
    account: Account,
    address: String,
}

impl FromRequestParts<App> for Admin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let admin = Self::find(parts, app).await?;
        admin.ok_or_else(|| to_sign_in(Console::Admin, parts))
    }
}

impl Person for Admin {
    const CONSOLE: Console = Console::Admin;

    async fn find(parts: &Parts, app: &App) -> Result<Option<Self>, Response> {
        let address = app.throttle.address_of(parts);
        let account = match cookie::session(Console::Admin).read(&parts.headers) {
            Some(cookie) => accounts::admin_session(&app.backend, cookie, &address)
                .await
                .map_err(|error| Failed::from(error).into_response())?,
            None => None,
        };
        Ok(account.map(|account| Self { account, address }))
    }

    fn account(&self) -> &Account {
        &self.account
    }

    fn address(&self) -> &str {
        &self.address
    }

    fn sessions_html(&self, headers: &HeaderMap, sessions: &Sessions) -> String {
        sessions::html(&self.chrome(headers), sessions)
    }
}

impl Admin {
    /// Makes the frame of a page for this admin.
    pub(super) fn chrome(&self, headers: &HeaderMap) -> Chrome {
        let language = self.language(headers);
        Chrome {
            person: self.account.name.clone(),
            language,
            notices: notice(headers, language).into_iter().collect(),
        }
    }

    /// Returns the language that the admin has chosen, or else that of the browser.
    pub(super) fn language(&self, headers: &HeaderMap) -> Language {
        language_of(&self.account, headers)
    }

    /// Returns the admin as the journals name them.
    pub(super) fn actor(&self) -> PlatformActor {
        PlatformActor {
            admin_id: match self.account.principal {
                Principal::Admin { admin_id } => Some(admin_id),
                Principal::Person { .. } => None,
            },
            name: self.account.name.clone(),
            address: self.address.clone(),
        }
    }

    /// Returns whether the password was entered too long ago for an act of power.
    pub(super) fn must_confirm(&self, app: &App) -> bool {
        !self.account.is_confirmed(app.backend.clock.now())
    }

    /// Asks for the password before an act of power, as [`password::again`] does.
    pub(super) async fn password_again(
        &self,
        app: &App,
        headers: &HeaderMap,
        pairs: &Pairs,
        back: &Url,
    ) -> Result<Option<Response>, Failed> {
        password::again(app, headers, self, pairs, back.into()).await
    }
}
