//! Shows what a file would change.

use domain::expiry::expiry;
use domain::imports::{Fault, Line};
use domain::{Money, Timestamp};

use super::plan::plan;
use super::reading::{Numbered, Reading, Table};
use super::{Columns, FileFault, Import, Totals, sql};
use crate::{Backend, Error, programme};

/// The number of lines that are shown as they were read.
const SAMPLE: usize = 5;

/// An uploaded file that waits, with its content.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The file.
    pub import: Import,
    /// How it is read.
    pub reading: Reading,
    /// Its content, or the reason why it cannot be read in this way.
    pub table: Result<Table, FileFault>,
}

/// Finds an uploaded file, without its content. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn import(backend: &Backend, tenant_id: i64, id: i64) -> Result<Option<Import>, Error> {
    let row = sql::import(&backend.db, tenant_id, id).await?;
    Ok(row.map(Import::from))
}

/// Finds an uploaded file that waits, and reads it. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn open(backend: &Backend, tenant_id: i64, id: i64) -> Result<Option<Opened>, Error> {
    let Some((row, content, reading)) = sql::waiting(&backend.db, tenant_id, id).await? else {
        return Ok(None);
    };
    let reading: Reading =
        serde_json::from_str(&reading).map_err(|error| Error::corrupt("imports.reading", error))?;
    let import = Import::from(row);
    // A large file takes a moment of computing, for which other requests must not wait.
    let read = tokio::task::spawn_blocking(move || Table::read(&content, &reading)).await;
    let table = read.map_err(|error| Error::corrupt("imports.content", error))?;
    Ok(Some(Opened {
        import,
        reading,
        table,
    }))
}

/// Finds the columns of a file that waits by its headings, if it is read as `reading` says. One
/// statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn found_columns(
    backend: &Backend,
    tenant_id: i64,
    id: i64,
    reading: &Reading,
) -> Result<Columns, Error> {
    let waiting = sql::waiting(&backend.db, tenant_id, id).await?;
    let Some((_, content, _)) = waiting else {
        return Ok(Columns::default());
    };
    let table = Table::read(&content, reading);
    Ok(table.map_or_else(
        |_| Columns::default(),
        |table| Columns::of_headings(&table.headings),
    ))
}

/// What a file would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The sums.
    pub totals: Totals,
    /// The lines that are left aside, in their order.
    pub faults: Vec<Numbered<Fault>>,
    /// The first lines that were read.
    pub sample: Vec<Line>,
    /// The moment when the opening bonuses would expire if they were given now.
    pub expires_at: Option<Timestamp>,
}

/// Compares the lines of a file with the store. Three statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn preview(backend: &Backend, tenant_id: i64, table: &Table) -> Result<Preview, Error> {
    let mut tx = backend.db.begin_read().await?;
    let (known, taken) = sql::store_state(&mut tx, tenant_id, table, false).await?;
    let programme = programme::of_store_in(&mut tx, tenant_id).await?;
    let plan = plan(table, &known, &taken)?;
    let sample = table.lines.iter();
    let sample = sample.filter_map(|line| line.line.as_ref().ok());
    Ok(Preview {
        totals: plan.totals,
        sample: sample.take(SAMPLE).cloned().collect(),
        faults: plan.faults,
        expires_at: expiry(&programme.terms(Money::ZERO), backend.clock.now()),
    })
}
