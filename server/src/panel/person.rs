//! A person of a store as the sign-in and the forms know them.

use app::console::Console;
use app::console::sessions::Sessions;
use app::panel::sessions;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use backend::accounts::{self, Account, NewSession};

use super::answer::Failed;
use super::kept;
use super::session::SignedIn;
use super::suspended;
use crate::app_state::App;
use crate::console::cookie;
use crate::console::pairs::Pairs;
use crate::console::person::Person;

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
        let now = app.backend.clock.now();
        Ok(session.map(|session| Self {
            session,
            address,
            now,
        }))
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

    fn may_send(&self, parts: &Parts) -> bool {
        self.session.suspended.is_none() || suspended::is_open(parts)
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
