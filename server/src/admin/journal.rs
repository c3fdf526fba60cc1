//! «Журнал платформы»: what admins and the operator did.

use app::admin::journal::{AFTER, Journal, JournalEntry, JournalField, OPERATOR, html, sheet};
use app::admin::urls::Url;
use app::forms::{FormState, Problem};
use app::ui::sheet::MAX_ROWS;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::accounts;
use backend::audit::{self, PlatformEntry, PlatformFilter, Whose};
use domain::Timestamp;

use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page};
use crate::console::export::{self, READ_ROWS};
use crate::console::form::status_of;

/// The most days back that a filter may name.
const MAX_DAYS: i64 = 3_650;

/// Shows the entries of a page, the newest first, or sends those of all pages as a file. At most
/// four statements, with that of the session.
pub(super) async fn show_journal(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let (backend, now) = (&app.backend, app.backend.clock.now());
    let after = query.iter().find(|(name, _)| name == AFTER);
    let before = after.and_then(|(_, value)| place(value));
    let pairs = query.iter();
    let mut filter: FormState<JournalField> =
        FormState::read(pairs.map(|(name, value)| (name.as_str(), value.as_str())));
    let until = end_of_day(&mut filter);
    let days: Option<i64> = filter.value(JournalField::Days).parse().ok();
    // The days are counted back from the last day that is asked for.
    let end = until.unwrap_or(now);
    let asked = PlatformFilter {
        before,
        since: days.map(|days| end.plus_days(-days.clamp(0, MAX_DAYS))),
        until,
        whose: whose(filter.value(JournalField::Who)),
        action: Some(filter.value(JournalField::Act)),
    };
    if let Some(format) = export::asked(&query) {
        let language = admin.language(&headers);
        let asked = PlatformFilter {
            before: None,
            ..asked
        };
        let entries = audit::first_on_platform(backend, asked, READ_ROWS).await?;
        let sheet = move || {
            let rows: Vec<JournalEntry> = entries.into_iter().map(row).collect();
            sheet(language, &rows)
        };
        return export::file(&app, "Bonex", format, sheet).await;
    }
    let list = audit::list_on_platform(backend, asked).await?;
    let is_too_long =
        list.next.is_some() && audit::has_more_on_platform_than(backend, asked, MAX_ROWS).await?;
    let known = accounts::known_admins(backend).await?;
    let status = status_of(&filter);
    let journal = Journal {
        now,
        entries: list.entries.into_iter().map(row).collect(),
        filter,
        admins: known
            .into_iter()
            .map(|known| (known.id, known.name, known.is_removed))
            .collect(),
        is_too_long,
        next: list.next.map(|(at, id)| format!("{}.{id}", at.micros())),
        is_continued: before.is_some(),
    };
    let html = html(&admin.chrome(&headers), &journal);
    Ok(page(status, html))
}

/// Reads the place in the list from the query.
fn place(text: &str) -> Option<(Timestamp, i64)> {
    let (micros, id) = text.split_once('.')?;
    Some((
        Timestamp::from_micros(micros.parse().ok()?),
        id.parse().ok()?,
    ))
}

/// Reads the last day of the filter: the moment when it ends.
fn end_of_day(filter: &mut FormState<JournalField>) -> Option<Timestamp> {
    let text = filter.value(JournalField::Until);
    if text.is_empty() {
        return None;
    }
    let Ok(day) = Timestamp::parse_local_day(text) else {
        filter.wrong(JournalField::Until, Problem::NotADay);
        return None;
    };
    Some(day.plus_days(1))
}

fn whose(text: &str) -> Option<Whose> {
    if text == OPERATOR {
        return Some(Whose::Operator);
    }
    text.parse().ok().map(Whose::Admin)
}

fn row(entry: PlatformEntry) -> JournalEntry {
    let name = entry.details.name;
    let url = match entry.subject.split_once(':') {
        Some(("admin", _)) => Some(Url::Admins),
        Some(("store", id)) => id.parse().ok().map(Url::Store),
        _ => None,
    };
    let url = url.map(|url| url.to_string());
    JournalEntry {
        at: entry.at,
        who: entry.who,
        address: entry.admin_id.map(|_| entry.address),
        act: entry.action,
        object: (!name.is_empty()).then_some((name, url)),
        before: entry.details.before,
        after: entry.details.after,
        reason: entry.details.reason,
    }
}
