//! The statements that list documents.

mod single;

pub(super) use single::{
    AllocationRow, LineRow, LotRow, ReturnRow, given, lines, receipt, returns_of, sale,
    single_return, taken,
};

use domain::{Money, Timestamp};

use super::filter::{Filter, Place};
use crate::Error;
use crate::db::Db;

/// The documents that pass a filter. A redemption has no value of its own, and a sale that has
/// taken an earlier redemption as its own took no bonuses itself: so every sum counts once. The
/// rows are the newest first, at most `$16` of each table. Each table is read in the order of an
/// index, and no further than needed: so the conditions on the till and on the client are in the
/// text, because a condition that a parameter switches off uses no index.
macro_rules! documents {
    ($till:literal, $client:literal) => {
        concat!(
            r"
        SELECT *
        FROM (
            SELECT
                CAST(0 AS BIGINT) AS source,
                kind,
                id,
                happened_at,
                CAST(NULL AS BIGINT) AS sale_id,
                client_id,
                cashier_node_id,
                COALESCE(receipt_number, external_sale_id) AS number,
                cashier_id,
                CASE WHEN kind = 'sale' THEN total_dirams ELSE 0 END AS total_dirams,
                accrued_dirams,
                CASE WHEN redemption_id IS NULL THEN redeemed_dirams ELSE 0 END AS redeemed_dirams,
                CAST(0 AS BIGINT) AS is_void
            FROM sales
            WHERE tenant_id = $1
                AND happened_at <= $2
                AND (happened_at, 0, id) < ($2, $3, $4)
                AND happened_at >= $5
                AND happened_at < $6
                AND $7 NOT IN ('return', 'receipt')
                AND $7 IN ('', kind, CASE WHEN kind = 'sale' THEN 'purchase' ELSE kind END)
                AND ($8 = 0 OR cashier_node_id IN (
                    SELECT id FROM cashier_nodes WHERE tenant_id = $1 AND branch_id = $8
                ))
                AND ($9 = 0 OR cashier_node_id = $9)
                AND ($10 = 0 OR client_id = $10)
                AND ($11 = '' OR cashier_id = $11)
                AND CASE WHEN kind = 'sale' THEN total_dirams ELSE 0 END BETWEEN $12 AND $13
                AND ($14 = '' OR external_sale_id = $14 OR receipt_number = $14)
                AND ($15 <> 'given' OR accrued_dirams > 0)
                AND ($15 <> 'taken' OR redeemed_dirams > 0 AND redemption_id IS NULL)",
            $till,
            $client,
            r"
            ORDER BY happened_at DESC, id DESC
            LIMIT $16
        ) AS found_sales
        UNION ALL
        SELECT *
        FROM (
            SELECT
                CAST(1 AS BIGINT) AS source,
                'return' AS kind,
                id,
                happened_at,
                sale_id,
                client_id,
                cashier_node_id,
                external_return_id AS number,
                CAST(NULL AS TEXT) AS cashier_id,
                return_dirams AS total_dirams,
                -revoked_dirams AS accrued_dirams,
                -restored_dirams AS redeemed_dirams,
                CAST(0 AS BIGINT) AS is_void
            FROM returns
            WHERE tenant_id = $1
                AND happened_at <= $2
                AND (happened_at, 1, id) < ($2, $3, $4)
                AND happened_at >= $5
                AND happened_at < $6
                AND $7 IN ('', 'return')
                AND ($8 = 0 OR cashier_node_id IN (
                    SELECT id FROM cashier_nodes WHERE tenant_id = $1 AND branch_id = $8
                ))
                AND ($9 = 0 OR cashier_node_id = $9)
                AND ($10 = 0 OR client_id = $10)
                AND $11 = ''
                AND return_dirams BETWEEN $12 AND $13
                AND ($14 = '' OR external_return_id = $14)
                AND $15 = ''",
            $till,
            $client,
            r"
            ORDER BY happened_at DESC, id DESC
            LIMIT $16
        ) AS found_returns
        UNION ALL
        SELECT *
        FROM (
            SELECT
                CAST(2 AS BIGINT) AS source,
                'receipt' AS kind,
                id,
                happened_at,
                CAST(NULL AS BIGINT) AS sale_id,
                CAST(NULL AS BIGINT) AS client_id,
                cashier_node_id,
                external_receipt_id AS number,
                CAST(NULL AS TEXT) AS cashier_id,
                total_dirams,
                CAST(0 AS BIGINT) AS accrued_dirams,
                CAST(0 AS BIGINT) AS redeemed_dirams,
                CAST(CASE WHEN voided_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS is_void
            FROM receipts
            WHERE tenant_id = $1
                AND happened_at <= $2
                AND (happened_at, 2, id) < ($2, $3, $4)
                AND happened_at >= $5
                AND happened_at < $6
                AND $7 IN ('', 'receipt', 'purchase')
                AND ($8 = 0 OR cashier_node_id IN (
                    SELECT id FROM cashier_nodes WHERE tenant_id = $1 AND branch_id = $8
                ))
                AND ($9 = 0 OR cashier_node_id = $9)
                AND $10 = 0
                AND $11 = ''
                AND total_dirams BETWEEN $12 AND $13
                AND ($14 = '' OR external_receipt_id = $14)
                AND $15 = ''",
            $till,
            r"
            ORDER BY happened_at DESC, id DESC
            LIMIT $16
        ) AS found_receipts"
        )
    };
}

/// The list with the names of tills, branches and clients.
macro_rules! list {
    ($till:literal, $client:literal) => {
        concat!(
            r"
    SELECT
        source,
        kind,
        documents.id,
        happened_at,
        sale_id,
        client_id,
        full_name,
        phone,
        cashier_node_id,
        cashier_nodes.name AS till,
        branches.name AS branch,
        number,
        cashier_id,
        total_dirams,
        accrued_dirams,
        redeemed_dirams,
        CASE
            WHEN kind <> 'sale' OR total_dirams = 0 THEN is_void
            ELSE (
                SELECT CAST(CASE WHEN SUM(counted_dirams) >= total_dirams THEN 1 ELSE 0 END AS BIGINT)
                FROM returns
                WHERE returns.tenant_id = $1
                    AND returns.sale_id = documents.id
            )
        END AS is_void
    FROM (",
            documents!($till, $client),
            r"
        ORDER BY happened_at DESC, source DESC, id DESC
        LIMIT $16
    ) AS documents
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    LEFT JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = client_id
    ORDER BY happened_at DESC, source DESC, documents.id DESC
"
        )
    };
}

/// The sums of the same documents.
macro_rules! totals {
    ($till:literal, $client:literal) => {
        concat!(
            r"
    SELECT
        COUNT(*) AS documents,
        CAST(COALESCE(SUM(CASE
            WHEN kind IN ('sale', 'receipt') AND is_void = 0 THEN 1 ELSE 0
        END), 0) AS BIGINT) AS purchases,
        CAST(COALESCE(SUM(CASE
            WHEN kind IN ('sale', 'receipt') AND is_void = 0 THEN total_dirams ELSE 0
        END), 0) AS BIGINT) AS sold,
        CAST(COALESCE(SUM(CASE WHEN kind = 'return' THEN 1 ELSE 0 END), 0) AS BIGINT) AS returns,
        CAST(COALESCE(SUM(CASE
            WHEN kind = 'return' THEN total_dirams ELSE 0
        END), 0) AS BIGINT) AS returned,
        CAST(COALESCE(SUM(CASE
            WHEN kind <> 'return' THEN accrued_dirams ELSE 0
        END), 0) AS BIGINT) AS accrued,
        CAST(COALESCE(SUM(CASE
            WHEN kind <> 'return' THEN redeemed_dirams ELSE 0
        END), 0) AS BIGINT) AS redeemed
    FROM (",
            documents!($till, $client),
            r"
    ) AS documents
"
        )
    };
}

const LIST: &str = list!("", "");
const LIST_OF_TILL: &str = list!(" AND cashier_node_id = $9", "");
const LIST_OF_CLIENT: &str = list!("", " AND client_id = $10");

const TOTALS: &str = totals!("", "");
const TOTALS_OF_TILL: &str = totals!(" AND cashier_node_id = $9", "");
const TOTALS_OF_CLIENT: &str = totals!("", " AND client_id = $10");

/// Returns the text among three that reads the fewest rows.
const fn for_filter(filter: &Filter<'_>, texts: [&'static str; 3]) -> &'static str {
    let [any, of_till, of_client] = texts;
    match (filter.client_id, filter.till_id) {
        (Some(_), _) => of_client,
        (None, Some(_)) => of_till,
        (None, None) => any,
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct DocumentRow {
    pub(super) source: i64,
    pub(super) kind: String,
    pub(super) id: i64,
    pub(super) happened_at: i64,
    pub(super) sale_id: Option<i64>,
    pub(super) client_id: Option<i64>,
    pub(super) full_name: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) cashier_node_id: i64,
    pub(super) till: String,
    pub(super) branch: String,
    pub(super) number: Option<String>,
    pub(super) cashier_id: Option<String>,
    pub(super) total_dirams: i64,
    pub(super) accrued_dirams: i64,
    pub(super) redeemed_dirams: i64,
    pub(super) is_void: Option<i64>,
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
    )
}

/// Returns the documents that pass the filter, the newest first, at most `limit`.
pub(super) async fn list(
    db: &Db,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: usize,
) -> Result<Vec<DocumentRow>, Error> {
    let statement = for_filter(filter, [LIST, LIST_OF_TILL, LIST_OF_CLIENT]);
    let params = params(tenant_id, filter, limit);
    db.reads().fetch_all(statement, params).await
}

#[derive(sqlx::FromRow)]
pub(super) struct TotalsRow {
    pub(super) documents: i64,
    pub(super) purchases: i64,
    pub(super) sold: i64,
    pub(super) returns: i64,
    pub(super) returned: i64,
    pub(super) accrued: i64,
    pub(super) redeemed: i64,
}

/// Returns the sums of the documents that pass the filter, of at most `limit` of each table.
pub(super) async fn totals(
    db: &Db,
    tenant_id: i64,
    filter: &Filter<'_>,
    limit: usize,
) -> Result<TotalsRow, Error> {
    let statement = for_filter(filter, [TOTALS, TOTALS_OF_TILL, TOTALS_OF_CLIENT]);
    let params = params(tenant_id, filter, limit);
    db.reads().fetch_one(statement, params).await
}
