//! The reports. Each page reads its tables at once, and a file is one of these tables.

mod limits;
mod overview;
mod result;
mod tiers;
mod unusual;

pub(super) use limits::{set_limits, show_limits};
pub(super) use overview::show_overview;
pub(super) use result::show_result;
pub(super) use tiers::show_tiers;
pub(super) use unusual::show_unusual;

use app::Language;
use app::forms::FormState;
use app::panel::reports::parts::TABLE;
use app::panel::reports::period::Choice;
use app::ui::sheet::Sheet;
use axum::http::HeaderMap;
use axum::response::Response;
use backend::reports::{self, Scope};

use super::answer::{Failed, page};
use super::export;
use super::form::status_of;
use super::session::SignedIn;
use crate::app_state::App;
use crate::console::language;

/// The query of a report, and the person who asks.
struct Asked<'a> {
    app: &'a App,
    person: &'a SignedIn,
    headers: &'a HeaderMap,
    query: &'a [(String, String)],
}

impl Asked<'_> {
    fn language(&self) -> Language {
        language::of_headers(self.headers)
    }

    /// Reads the period and the branch. One statement.
    async fn choice(&self) -> Result<Choice, Failed> {
        let pairs = self.query.iter();
        let pairs = pairs.map(|(name, value)| (name.as_str(), value.as_str()));
        let backend = &self.app.backend;
        let branches = reports::branch_names(backend, self.person.session.tenant_id).await?;
        let (form, now) = (FormState::read(pairs), backend.clock.now());
        Ok(Choice::read(self.language(), form, branches, now))
    }

    /// Returns what a report with this choice is about.
    fn scope(&self, choice: &Choice) -> Scope {
        Scope {
            tenant_id: self.person.session.tenant_id,
            branch_id: choice.branch_id(),
        }
    }

    /// Answers with the page, with 422 if its period is refused, or with one of its tables as a
    /// file.
    async fn answer<T>(
        &self,
        choice: &Choice,
        parse: fn(&str) -> Option<T>,
        sheet: impl FnOnce(T) -> Sheet,
        html: impl FnOnce() -> String,
    ) -> Result<Response, Failed> {
        let Some(format) = export::asked(self.query) else {
            return Ok(page(status_of(&choice.form), html()));
        };
        if choice.form.is_wrong() {
            return Err(Failed::Unreadable);
        }
        let table = self.query.iter().find(|(name, _)| name == TABLE);
        let table = table.and_then(|(_, code)| parse(code));
        let sheet = sheet(table.ok_or(Failed::NotFound)?);
        export::file(self.app, self.person, format, move || sheet).await
    }
}
