//! The goods as the store's people read them.

use domain::{Quantity, Timestamp};

use super::filter::Filter;
use super::sql;
use crate::{Backend, Error};

/// The goods of one page.
const PAGE: usize = 50;

/// The days in which a till must have sent a line to count as one that sends lines.
const COVERAGE_DAYS: i64 = 30;

/// Its last sales, of which one must have had lines.
const COVERAGE_SALES: i64 = 50;

/// An article of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    /// The shop's article number.
    pub sku: String,
    /// The name.
    pub name: String,
    /// The shop's category.
    pub category: Option<String>,
    /// The quantity in stock.
    pub quantity: Quantity,
    /// The days that the stock lasts, as computed at the last list; `None` if it was not sold.
    pub stock_days: Option<i64>,
    /// The last sale before the last list.
    pub last_sold_at: Option<Timestamp>,
    /// The moment when a list no longer had it.
    pub deactivated_at: Option<Timestamp>,
    /// The moment of the last list that had it.
    pub synced_at: Timestamp,
}

/// A page of goods, by name.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its goods.
    pub goods: Vec<Goods>,
    /// `true` if more follow.
    pub has_more: bool,
}

/// Returns a page of the goods that pass the filter. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list(backend: &Backend, tenant_id: i64, filter: &Filter<'_>) -> Result<Page, Error> {
    let mut goods = first(backend, tenant_id, filter, PAGE + 1).await?;
    let has_more = goods.len() > PAGE;
    goods.truncate(PAGE);
    Ok(Page { goods, has_more })
}

/// Returns the first goods that pass the filter, at most `limit`. One statement, the one of
/// [`list`].
///
/// # Errors
/// [`Error::Storage`].
pub async fn first(
    backend: &Backend,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: usize,
) -> Result<Vec<Goods>, Error> {
    let rows = sql::list(&backend.db, tenant_id, filter, limit).await?;
    let goods = |row: sql::GoodsRow| Goods {
        sku: row.sku,
        name: row.name,
        category: row.category_code,
        quantity: Quantity::from_thousandths(row.quantity_thousandths),
        stock_days: row.stock_days,
        last_sold_at: row.last_sold_at.map(Timestamp::from_micros),
        deactivated_at: row.deactivated_at.map(Timestamp::from_micros),
        synced_at: Timestamp::from_micros(row.synced_at),
    };
    Ok(rows.into_iter().map(goods).collect())
}

/// The numbers of goods by their state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Those that are sold now.
    pub active: i64,
    /// Of these, those that hardly sell.
    pub slow: i64,
    /// Of these, those that are not in stock.
    pub sold_out: i64,
    /// Those that the last lists no longer had.
    pub off: i64,
    /// The moment of the last list.
    pub synced_at: Option<Timestamp>,
}

/// Counts the goods of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn counts(backend: &Backend, tenant_id: i64) -> Result<Counts, Error> {
    let row = sql::counts(&backend.db, tenant_id).await?;
    let (active, slow, sold_out, off, synced_at) = row;
    Ok(Counts {
        active,
        slow,
        sold_out,
        off,
        synced_at: synced_at.map(Timestamp::from_micros),
    })
}

/// The tills that send the lines of their sales: what others sell is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The tills that are switched on.
    pub tills: i64,
    /// Of these, the tills that have sent lines with one of their last fifty sales of thirty days.
    pub with_lines: i64,
}

/// Returns which part of the tills sends lines. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn coverage(backend: &Backend, tenant_id: i64) -> Result<Coverage, Error> {
    let since = backend.clock.now().plus_days(-COVERAGE_DAYS);
    let (tills, with_lines) = sql::coverage(&backend.db, tenant_id, since, COVERAGE_SALES).await?;
    Ok(Coverage { tills, with_lines })
}
