//! «Журнал»: what people did in the store.

use app::forms::FormState;
use app::panel::acts::Act;
use app::panel::journal::{AFTER, Journal, JournalEntry, WhoseRole, html};
use app::panel::roles::Role;
use app::panel::urls::Url;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::audit::{self, Entry, Subject};
use domain::Timestamp;

use super::answer::{Failed, page};
use super::session::SignedIn;
use crate::app_state::App;

/// Shows the entries of a page, the newest first. One statement.
pub(super) async fn show_journal(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let after = query.iter().find(|(name, _)| name == AFTER);
    let place = after.and_then(|(_, value)| place(value));
    let list = audit::list(&app.backend, person.session.tenant_id, place).await?;
    let journal = Journal {
        now: app.backend.clock.now(),
        entries: list.entries.into_iter().filter_map(entry).collect(),
        filter: FormState::new(),
        people: Vec::new(),
        next: list.next.map(|(at, id)| format!("{}.{id}", at.micros())),
        is_continued: place.is_some(),
    };
    let html = html(&person.chrome(&headers), &journal);
    Ok(page(StatusCode::OK, html))
}

/// Reads the place in the list from the query.
fn place(text: &str) -> Option<(Timestamp, i64)> {
    let (micros, id) = text.split_once('.')?;
    Some((
        Timestamp::from_micros(micros.parse().ok()?),
        id.parse().ok()?,
    ))
}

/// Returns the row of an entry; `None` for an act that this version does not know.
fn entry(entry: Entry) -> Option<JournalEntry> {
    let name = entry.details.name;
    let url = match entry.subject {
        Some(Subject::Till(id)) => Some(Url::Till(id)),
        Some(Subject::Branch(id)) => Some(Url::Branch(id)),
        Some(Subject::Person(_) | Subject::Store) | None => None,
    };
    Some(JournalEntry {
        at: entry.at,
        who: entry.who,
        role: entry
            .role
            .and_then(|role| Role::parse(&role))
            .map_or(WhoseRole::Staff, WhoseRole::Store),
        act: Act::parse(&entry.action)?,
        object: (!name.is_empty()).then_some((name, url)),
        before: entry.details.before,
        after: entry.details.after,
        reason: None,
    })
}
