//! The stores of the platform, as its admins see them.

use domain::Timestamp;

use super::sql;
use crate::{Backend, Error};

/// The stores of one page.
const PAGE: usize = 100;

/// A store in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreOverview {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The moment when it was suspended; `None` if it works.
    pub suspended_at: Option<Timestamp>,
    /// Its tills that are switched on.
    pub active_tills: i64,
    /// All its tills.
    pub tills: i64,
    /// The last sale to a client or receipt without one.
    pub last_sale_at: Option<Timestamp>,
}

/// A page of stores, in the order in which they were opened.
#[derive(Clone, Debug)]
pub struct StorePage {
    /// The stores.
    pub stores: Vec<StoreOverview>,
    /// The number of the last store, if there are more.
    pub next: Option<i64>,
}

/// Lists the stores whose number is above `after`. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list(backend: &Backend, after: i64) -> Result<StorePage, Error> {
    let rows = sql::overview(&backend.db, after, PAGE + 1).await?;
    let has_more = rows.len() > PAGE;
    let store = |row: sql::OverviewRow| StoreOverview {
        id: row.id,
        name: row.name,
        suspended_at: row.suspended_at.map(Timestamp::from_micros),
        active_tills: row.active_tills,
        tills: row.tills,
        last_sale_at: row
            .last_sale_at
            .max(row.last_receipt_at)
            .map(Timestamp::from_micros),
    };
    let stores: Vec<_> = rows.into_iter().take(PAGE).map(store).collect();
    let next = stores.last().filter(|_| has_more).map(|store| store.id);
    Ok(StorePage { stores, next })
}

/// Counts the stores. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn count(backend: &Backend) -> Result<i64, Error> {
    sql::count(&backend.db).await
}
