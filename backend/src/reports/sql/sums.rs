//! The statements that sum up documents.

use domain::Timestamp;

use crate::Error;
use crate::db::Db;

/// The sums of the documents with one key.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct SumsRow {
    pub(in crate::reports) key: i64,
    pub(in crate::reports) sales: i64,
    pub(in crate::reports) sold_to_clients: i64,
    pub(in crate::reports) accrued: i64,
    pub(in crate::reports) redeemed: i64,
    pub(in crate::reports) receipts: i64,
    pub(in crate::reports) sold_to_others: i64,
    pub(in crate::reports) returns: i64,
    pub(in crate::reports) returned: i64,
}

/// Makes a statement that sums up all documents by a key of the document, and those by a key of
/// the till, if there is a join. Each kind is grouped before the union, which reads no row twice.
/// A sale that has taken an earlier redemption as its own does not count the bonuses again.
macro_rules! sums {
    ($key:literal, $outer:literal, $join:literal) => {
        concat!(
            "
    SELECT
        ",
            $outer,
            " AS key,
        CAST(SUM(sales) AS BIGINT) AS sales,
        CAST(SUM(sold_to_clients) AS BIGINT) AS sold_to_clients,
        CAST(SUM(accrued) AS BIGINT) AS accrued,
        CAST(SUM(redeemed) AS BIGINT) AS redeemed,
        CAST(SUM(receipts) AS BIGINT) AS receipts,
        CAST(SUM(sold_to_others) AS BIGINT) AS sold_to_others,
        CAST(SUM(returns) AS BIGINT) AS returns,
        CAST(SUM(returned) AS BIGINT) AS returned
    FROM (
        SELECT
            ",
            $key,
            " AS key,
            SUM(CASE WHEN kind = 'sale' THEN 1 ELSE 0 END) AS sales,
            SUM(CASE WHEN kind = 'sale' THEN total_dirams ELSE 0 END) AS sold_to_clients,
            SUM(accrued_dirams) AS accrued,
            SUM(CASE WHEN redemption_id IS NULL THEN redeemed_dirams ELSE 0 END) AS redeemed,
            0 AS receipts,
            0 AS sold_to_others,
            0 AS returns,
            0 AS returned
        FROM sales
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
        GROUP BY 1
        UNION ALL
        SELECT
            ",
            $key,
            ",
            0,
            0,
            0,
            0,
            COUNT(*),
            SUM(total_dirams),
            0,
            0
        FROM receipts
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
            AND voided_at IS NULL
        GROUP BY 1
        UNION ALL
        SELECT
            ",
            $key,
            ",
            0,
            0,
            0,
            0,
            0,
            0,
            COUNT(*),
            SUM(return_dirams)
        FROM returns
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
        GROUP BY 1
    ) AS documents",
            $join,
            "
    GROUP BY 1
    ORDER BY 1
"
        )
    };
}

const IN_ALL: &str = sums!("tenant_id", "key", "");

/// Returns the sums of all documents of a span; `None` if there are none.
pub(in crate::reports) async fn in_all(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Option<SumsRow>, Error> {
    let params = (tenant_id, from.micros(), until.micros());
    db.reads().fetch_optional(IN_ALL, params).await
}

const BY_BRANCH: &str = sums!(
    "cashier_node_id",
    "branch_id",
    "
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = key"
);

/// Returns the sums of each branch that has documents in a span.
pub(in crate::reports) async fn by_branch(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<SumsRow>, Error> {
    let params = (tenant_id, from.micros(), until.micros());
    db.reads().fetch_all(BY_BRANCH, params).await
}

const BY_SLOT: &str = sums!("(happened_at - $2) / $4", "key", "");

/// Returns the sums of each slot of `micros` since the beginning of a span that has documents.
pub(in crate::reports) async fn by_slot(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
    micros: i64,
) -> Result<Vec<SumsRow>, Error> {
    let params = (tenant_id, from.micros(), until.micros(), micros);
    db.reads().fetch_all(BY_SLOT, params).await
}

// An hour's documents are counted in the index. Grouping would sort all documents of the span.
const CHECKS_BY_HOUR: &str = r"
    WITH RECURSIVE hours (began_at) AS (
        SELECT CAST($2 AS BIGINT)
        UNION ALL
        SELECT began_at + 3600000000
        FROM hours
        WHERE began_at + 3600000000 < $3
    )
    SELECT
        began_at,
        (
            SELECT COUNT(*)
            FROM sales
            WHERE tenant_id = $1
                AND happened_at >= began_at
                AND happened_at < began_at + 3600000000
                AND kind = 'sale'
        ) + (
            SELECT COUNT(*)
            FROM receipts
            WHERE tenant_id = $1
                AND happened_at >= began_at
                AND happened_at < began_at + 3600000000
                AND voided_at IS NULL
        )
    FROM hours
";

/// Returns the beginning of each hour of a span, and its sales and receipts.
pub(in crate::reports) async fn checks_by_hour(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(i64, i64)>, Error> {
    let params = (tenant_id, from.micros(), until.micros());
    db.reads().fetch_all(CHECKS_BY_HOUR, params).await
}
