//! The statements that list documents, and sum them up.

use domain::{Money, Timestamp};

use super::ways::{LIST, TOTALS};
use crate::Error;
use crate::db::Db;
use crate::documents::filter::{Filter, Place};
use crate::external_id::ExternalKey;

#[derive(sqlx::FromRow)]
pub(in crate::documents) struct DocumentRow {
    pub(in crate::documents) source: i64,
    pub(in crate::documents) kind: String,
    pub(in crate::documents) id: i64,
    pub(in crate::documents) happened_at: i64,
    pub(in crate::documents) sale_id: Option<i64>,
    pub(in crate::documents) client_id: Option<i64>,
    pub(in crate::documents) full_name: Option<String>,
    pub(in crate::documents) phone: Option<String>,
    pub(in crate::documents) cashier_node_id: i64,
    pub(in crate::documents) till: String,
    pub(in crate::documents) branch: String,
    pub(in crate::documents) number: Option<String>,
    pub(in crate::documents) cashier_id: Option<String>,
    pub(in crate::documents) total_dirams: i64,
    pub(in crate::documents) accrued_dirams: i64,
    pub(in crate::documents) redeemed_dirams: i64,
    pub(in crate::documents) state: Option<i64>,
}

type FilterParams<'a> = (
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    &'a str,
    i64,
    i64,
    i64,
    &'a str,
    i64,
    i64,
    &'a str,
    &'a str,
    i64,
    String,
);

fn params<'a>(tenant_id: i64, filter: &Filter<'a>, limit: usize) -> FilterParams<'a> {
    let after = filter.after.unwrap_or(Place::FIRST);
    (
        tenant_id,
        after.at.micros(),
        after.source,
        after.id,
        filter.from.map_or(0, Timestamp::micros),
        filter.until.map_or(i64::MAX, Timestamp::micros),
        filter.kinds.as_str(),
        filter.branch_id.unwrap_or_default(),
        filter.till_id.unwrap_or_default(),
        filter.client_id.unwrap_or_default(),
        filter.cashier,
        filter.least.map_or(i64::MIN, Money::dirams),
        filter.most.map_or(i64::MAX, Money::dirams),
        filter.number,
        filter.bonuses.as_str(),
        i64::try_from(limit).unwrap_or(i64::MAX),
        ExternalKey::of_uuid(filter.number).unwrap_or_default(),
    )
}

/// Returns the documents that pass the filter, the newest first, at most `limit`.
pub(in crate::documents) async fn list(
    db: &Db,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: usize,
) -> Result<Vec<DocumentRow>, Error> {
    let statement = LIST.of(filter);
    db.reads()
        .fetch_all(statement, params(tenant_id, filter, limit))
        .await
}

#[derive(sqlx::FromRow)]
pub(in crate::documents) struct TotalsRow {
    pub(in crate::documents) documents: i64,
    pub(in crate::documents) purchases: i64,
    pub(in crate::documents) sold: i64,
    pub(in crate::documents) returns: i64,
    pub(in crate::documents) returned: i64,
    pub(in crate::documents) accrued: i64,
    pub(in crate::documents) redeemed: i64,
}

/// Returns the sums of the documents that pass the filter, of at most `limit` of each table.
pub(in crate::documents) async fn totals(
    db: &Db,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: usize,
) -> Result<TotalsRow, Error> {
    let statement = TOTALS.of(filter);
    db.reads()
        .fetch_one(statement, params(tenant_id, filter, limit))
        .await
}

const SEARCHED_UNTIL: &str = r"
    SELECT MAX(happened_at)
    FROM (
        SELECT (
            SELECT happened_at
            FROM sales
            WHERE tenant_id = $1
                AND happened_at >= $2
                AND happened_at < $3
            ORDER BY happened_at DESC
            LIMIT 1
            OFFSET $4
        ) AS happened_at
        UNION ALL
        SELECT (
            SELECT happened_at
            FROM returns
            WHERE tenant_id = $1
                AND happened_at >= $2
                AND happened_at < $3
            ORDER BY happened_at DESC
            LIMIT 1
            OFFSET $4
        )
        UNION ALL
        SELECT (
            SELECT happened_at
            FROM receipts
            WHERE tenant_id = $1
                AND happened_at >= $2
                AND happened_at < $3
            ORDER BY happened_at DESC
            LIMIT 1
            OFFSET $4
        )
    ) AS places
";

/// Returns the moment since which no kind of documents has more than `most` in the days of the
/// filter and after its place; `None` if no kind has more at all.
pub(in crate::documents) async fn searched_until(
    db: &Db,
    tenant_id: i64,
    filter: &Filter<'_>,
    most: i64,
) -> Result<Option<Timestamp>, Error> {
    let until = filter.until.map_or(i64::MAX, Timestamp::micros);
    let after = filter
        .after
        .map_or(i64::MAX, |place| place.at.micros().saturating_add(1));
    let params = (
        tenant_id,
        filter.from.map_or(0, Timestamp::micros),
        until.min(after),
        most,
    );
    let (found,): (Option<i64>,) = db.reads().fetch_one(SEARCHED_UNTIL, params).await?;
    Ok(found.map(Timestamp::from_micros))
}
