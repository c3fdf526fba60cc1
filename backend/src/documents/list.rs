//! Lists documents.

use domain::{Money, Timestamp};

use super::filter::{Filter, Place};
use super::{Document, Kind, sql};
use crate::{Backend, Error};

/// The documents of one page.
const PAGE: usize = 50;

/// A page of the list, the newest document first.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its documents.
    pub documents: Vec<Document>,
    /// The place after which the next page begins, if there are more.
    pub next: Option<Place>,
}

/// Returns a page of the documents that pass the filter. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn list(backend: &Backend, tenant_id: i64, filter: &Filter<'_>) -> Result<Page, Error> {
    let mut rows = sql::list(&backend.db, tenant_id, filter, PAGE + 1).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let place = |row: &sql::DocumentRow| Place {
        at: Timestamp::from_micros(row.happened_at),
        source: row.source,
        id: row.id,
    };
    Ok(Page {
        next: rows.last().filter(|_| has_more).map(place),
        documents: documents(rows)?,
    })
}

/// Returns the newest documents that pass the filter, at most `limit`. One statement, the one of
/// [`list`].
///
/// # Errors
/// [`Error::Storage`].
pub async fn first(
    backend: &Backend,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: usize,
) -> Result<Vec<Document>, Error> {
    documents(sql::list(&backend.db, tenant_id, filter, limit).await?)
}

fn documents(rows: Vec<sql::DocumentRow>) -> Result<Vec<Document>, Error> {
    let document = |row: sql::DocumentRow| {
        let kind = match row.kind.as_str() {
            "sale" => Kind::Sale,
            "redemption" => Kind::Redemption,
            "return" => Kind::Return,
            "receipt" => Kind::Receipt,
            other => return Err(Error::corrupt("kind", other)),
        };
        let (id, phone) = (row.client_id, row.phone.unwrap_or_default());
        Ok(Document {
            kind,
            id: row.id,
            at: Timestamp::from_micros(row.happened_at),
            number: row.number,
            returned_sale: row.sale_id,
            till_id: row.cashier_node_id,
            till: row.till,
            branch: row.branch,
            cashier: row.cashier_id,
            client: id.map(|id| (id, row.full_name, phone)),
            total: Money::from_dirams(row.total_dirams),
            accrued: Money::from_dirams(row.accrued_dirams),
            redeemed: Money::from_dirams(row.redeemed_dirams),
            is_void: row.is_void == Some(1),
        })
    };
    rows.into_iter().map(document).collect()
}

/// The sums of the documents that pass a filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The documents of all kinds.
    pub documents: i64,
    /// The purchases with and without a client, except cancelled ones.
    pub purchases: i64,
    /// The value of these.
    pub sold: Money,
    /// The returns.
    pub returns: i64,
    /// The value of the goods that came back.
    pub returned: Money,
    /// The cashback that sales gave.
    pub accrued: Money,
    /// The bonuses that paid.
    pub redeemed: Money,
}

/// Sums up the documents that pass the filter, on all pages; `None` if there are more than `most`,
/// because such sums take too long. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn totals(
    backend: &Backend,
    tenant_id: i64,
    filter: &Filter<'_>,
    most: usize,
) -> Result<Option<Totals>, Error> {
    let all = Filter {
        after: None,
        ..*filter
    };
    let row = sql::totals(&backend.db, tenant_id, &all, most + 1).await?;
    let is_complete = usize::try_from(row.documents).is_ok_and(|documents| documents <= most);
    Ok(is_complete.then_some(Totals {
        documents: row.documents,
        purchases: row.purchases,
        sold: Money::from_dirams(row.sold),
        returns: row.returns,
        returned: Money::from_dirams(row.returned),
        accrued: Money::from_dirams(row.accrued),
        redeemed: Money::from_dirams(row.redeemed),
    }))
}
