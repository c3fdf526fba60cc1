//! Reads the journal of the platform.

use domain::Timestamp;

use super::filter::PlatformFilter;
use super::{Details, sql};
use crate::{Backend, Error};

/// The entries of one page.
const PAGE: usize = 50;

/// An entry of the platform's journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformEntry {
    /// Its number.
    pub id: i64,
    /// Its moment.
    pub at: Timestamp,
    /// The admin's number; `None` for the operator at the command line.
    pub admin_id: Option<i64>,
    /// The name of the admin at that time.
    pub who: String,
    /// The network address of the request; empty for the command line.
    pub address: String,
    /// The name of the act, as [`super::Action::as_str`] returns it.
    pub action: String,
    /// What it was done to, as it is stored: `admin:12`.
    pub subject: String,
    /// Names and states.
    pub details: Details,
}

/// A page of the journal, the newest entry first.
#[derive(Clone, Debug)]
pub struct PlatformPage {
    /// Its entries.
    pub entries: Vec<PlatformEntry>,
    /// The place of the next page: the moment and number of the last entry, if there are more.
    pub next: Option<(Timestamp, i64)>,
}

/// Returns the entries of a page, the newest first. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list_on_platform(
    backend: &Backend,
    filter: PlatformFilter<'_>,
) -> Result<PlatformPage, Error> {
    let mut entries = first_on_platform(backend, filter, PAGE + 1).await?;
    let has_more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let next = entries.last().filter(|_| has_more);
    Ok(PlatformPage {
        next: next.map(|last| (last.at, last.id)),
        entries,
    })
}

/// Returns the newest entries that pass the filter, at most `limit`. One statement, the one of
/// [`list_on_platform`].
///
/// # Errors
/// [`Error::Storage`].
pub async fn first_on_platform(
    backend: &Backend,
    filter: PlatformFilter<'_>,
    limit: usize,
) -> Result<Vec<PlatformEntry>, Error> {
    let rows = sql::list_on_platform(&backend.db, filter, limit).await?;
    let entry = |row: sql::PlatformRow| PlatformEntry {
        id: row.id,
        at: Timestamp::from_micros(row.created_at),
        admin_id: row.admin_id,
        who: row.who,
        address: row.address,
        action: row.action,
        subject: row.subject,
        // An entry is never hidden because its words cannot be read.
        details: serde_json::from_str(&row.details).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Returns whether more than `number` entries pass the filter. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn has_more_on_platform_than(
    backend: &Backend,
    filter: PlatformFilter<'_>,
    number: usize,
) -> Result<bool, Error> {
    sql::has_more_on_platform_than(&backend.db, filter, number).await
}
