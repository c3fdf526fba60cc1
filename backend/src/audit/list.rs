//! Reads the journal.

use domain::Timestamp;

use super::filter::Filter;
use super::{Details, Entry, Subject, sql};
use crate::{Backend, Error};

/// The entries of one page.
const PAGE: usize = 50;

/// A page of the journal, the newest entry first.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// The place of the next page: the moment and number of the last entry, if there are more.
    pub next: Option<(Timestamp, i64)>,
}

/// Returns the entries of a store, the newest first. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list(backend: &Backend, tenant_id: i64, filter: Filter<'_>) -> Result<Page, Error> {
    let mut entries = first(backend, tenant_id, filter, PAGE + 1).await?;
    let has_more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let next = entries.last().filter(|_| has_more);
    Ok(Page {
        next: next.map(|last| (last.at, last.id)),
        entries,
    })
}

/// Returns the newest entries that pass the filter, at most `limit`. One statement, the one of
/// [`list`].
///
/// # Errors
/// [`Error::Storage`].
pub async fn first(
    backend: &Backend,
    tenant_id: i64,
    filter: Filter<'_>,
    limit: usize,
) -> Result<Vec<Entry>, Error> {
    let rows = sql::list(&backend.db, tenant_id, filter, limit).await?;
    let entry = |row: sql::EntryRow| {
        let subject = Subject::parse(&row.subject);
        let mut details: Details = serde_json::from_str(&row.details).unwrap_or_default();
        // Clients and their phones are named by what is stored now, so that an erasure reaches the
        // journal, which is never changed.
        if let Some(Subject::Client(id)) = subject {
            details.name = row.client.unwrap_or_else(|| format!("№ {id}"));
            details.before = details.before.or(row.old_phone);
            details.after = details.after.or(row.new_phone);
        }
        Entry {
            id: row.id,
            at: Timestamp::from_micros(row.created_at),
            who: row.who,
            role: row.role,
            action: row.action,
            subject,
            details,
        }
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Returns whether more than `number` entries pass the filter. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn has_more_than(
    backend: &Backend,
    tenant_id: i64,
    filter: Filter<'_>,
    number: usize,
) -> Result<bool, Error> {
    sql::has_more_than(&backend.db, tenant_id, filter, number).await
}
