//! An admin who acts on the platform.

use app::admin::platform_notices::PlatformDone;
use app::console::Console;
use axum::http::HeaderMap;
use axum::response::Response;
use backend::accounts::Principal;

use super::session::Admin;
use crate::console::answer::{self, Failed};
use crate::console::person::Person as _;

impl Admin {
    /// Returns the admin's number.
    ///
    /// # Errors
    /// [`Failed::Forbidden`] if it is a person of a store, which no session of this console has.
    pub(super) fn id(&self) -> Result<i64, Failed> {
        match self.account().principal {
            Principal::Admin { admin_id } => Ok(admin_id),
            Principal::Person { .. } => Err(Failed::Forbidden),
        }
    }
}

/// Leads to a page, which says once what was done.
pub(super) fn done(
    headers: &HeaderMap,
    url: impl std::fmt::Display,
    done: PlatformDone,
) -> Response {
    answer::done(headers, Console::Admin, url, done.code())
}
