//! «Журнал»: what people did in the store.

use app::Language;
use app::forms::FormState;
use app::panel::acts::Act;
use app::panel::journal::{AFTER, Journal, JournalEntry, JournalField, WhoseRole, html, sheet};
use app::panel::programme_versions::{self, Version};
use app::panel::urls::Url;
use app::ui::sheet::MAX_ROWS;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::accounts;
use backend::audit::{self, Entry, Filter, Subject};
use domain::{Role, Timestamp};

use super::answer::{Failed, page};
use super::export::{self, READ_ROWS};
use super::programme::versions_of;
use super::session::SignedIn;
use crate::app_state::App;

/// The people of Bonex in the filter.
const BONEX: &str = "Bonex";

/// The most days back that a filter may name.
const MAX_DAYS: i64 = 3_650;

/// Shows the entries of a page, the newest first, or sends those of all pages as a file. At most
/// four statements.
pub(super) async fn show_journal(
    State(app): State<App>,
    headers: HeaderMap,
    person: SignedIn,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let (backend, tenant_id) = (&app.backend, person.session.tenant_id);
    let now = backend.clock.now();
    let after = query.iter().find(|(name, _)| name == AFTER);
    let before = after.and_then(|(_, value)| place(value));
    let pairs = query.iter();
    let filter: FormState<JournalField> =
        FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
    let days: Option<i64> = filter.value(JournalField::Days).parse().ok();
    let asked = Filter {
        before,
        since: days.map(|days| now.plus_days(-days.clamp(0, MAX_DAYS))),
        user_id: filter.value(JournalField::Who).parse().ok(),
        action: Some(filter.value(JournalField::Act)),
    };
    let language = person.language(&headers);
    if let Some(format) = export::asked(&query) {
        let role = person.session.role;
        let asked = Filter {
            before: None,
            ..asked
        };
        let entries = audit::first(backend, tenant_id, asked, READ_ROWS).await?;
        let versions = versions_of(backend, tenant_id, language, &entries).await?;
        let sheet = move || {
            let rows = entries.into_iter().filter_map(|entry| row(entry, role));
            let rows = rows.map(|row| with_changes(language, row, &versions));
            sheet(language, &rows.collect::<Vec<_>>())
        };
        return export::file(&app, &person, format, sheet).await;
    }
    let list = audit::list(backend, tenant_id, asked).await?;
    let is_too_long =
        list.next.is_some() && audit::has_more_than(backend, tenant_id, asked, MAX_ROWS).await?;
    let people = accounts::people(backend, tenant_id).await?;
    let versions = versions_of(backend, tenant_id, language, &list.entries).await?;
    let journal = Journal {
        now,
        entries: list
            .entries
            .into_iter()
            .filter_map(|entry| row(entry, person.session.role))
            .map(|entry| with_changes(language, entry, &versions))
            .collect(),
        filter,
        people: people
            .into_iter()
            .map(|known| (known.id, known.name))
            .chain([(audit::PLATFORM, BONEX.to_owned())])
            .collect(),
        is_too_long,
        next: list.next.map(|(at, id)| format!("{}.{id}", at.micros())),
        is_continued: before.is_some(),
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

/// Adds to the row of a saved programme what was changed.
fn with_changes(language: Language, row: JournalEntry, versions: &[Version]) -> JournalEntry {
    let Some((_, Some(Url::ProgrammeVersion(number)))) = row.object else {
        return row;
    };
    let version = versions.iter().find(|version| version.number == number);
    JournalEntry {
        object: Some((
            programme_versions::name(language, number),
            row.object.and_then(|(_, url)| url),
        )),
        before: None,
        after: version.map(Version::changes_line),
        ..row
    }
}

/// Returns the row of an entry; `None` for an act that this version does not know.
fn row(entry: Entry, reader: Role) -> Option<JournalEntry> {
    let name = entry.details.name;
    let url = match entry.subject {
        Some(Subject::Till(id)) => Some(Url::Till(id)),
        Some(Subject::Programme(number)) => Some(Url::ProgrammeVersion(number)),
        Some(Subject::Client(id)) => Some(Url::Client(id)),
        Some(Subject::Branch(id)) if reader >= Role::Manager => Some(Url::Branch(id)),
        _ => None,
    };
    Some(JournalEntry {
        at: entry.at,
        who: entry.who,
        role: entry
            .role
            .and_then(|role| Role::parse(&role))
            .map_or(WhoseRole::Staff, WhoseRole::Store),
        act: Act::parse(&entry.action)?,
        object: (!name.is_empty() || url.is_some()).then_some((name, url)),
        before: entry.details.before,
        after: entry.details.after,
        reason: entry.details.reason,
    })
}

#[cfg(test)]
mod tests {
    use backend::audit::Action;

    use super::*;

    #[test]
    fn the_panel_has_words_for_every_act() {
        for action in Action::ALL {
            assert!(Act::parse(action.as_str()).is_some(), "{action:?}");
        }
    }
}
