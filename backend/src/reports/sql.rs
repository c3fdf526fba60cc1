//! The statements of reports.

use domain::Timestamp;

use crate::Error;
use crate::db::Db;

#[derive(sqlx::FromRow)]
pub(super) struct BranchRow {
    pub(super) branch_id: i64,
    pub(super) sales: i64,
    pub(super) receipts: i64,
    pub(super) sold: i64,
    pub(super) accrued: i64,
    pub(super) redeemed: i64,
}

// A sale that has taken an earlier redemption as its own does not count the bonuses again.
const BY_BRANCH: &str = r"
    SELECT
        branch_id,
        CAST(SUM(sales) AS BIGINT) AS sales,
        CAST(SUM(receipts) AS BIGINT) AS receipts,
        CAST(SUM(sold) AS BIGINT) AS sold,
        CAST(SUM(accrued) AS BIGINT) AS accrued,
        CAST(SUM(redeemed) AS BIGINT) AS redeemed
    FROM (
        SELECT
            cashier_node_id,
            CASE WHEN kind = 'sale' THEN 1 ELSE 0 END AS sales,
            0 AS receipts,
            CASE WHEN kind = 'sale' THEN total_dirams ELSE 0 END AS sold,
            accrued_dirams AS accrued,
            CASE WHEN redemption_id IS NULL THEN redeemed_dirams ELSE 0 END AS redeemed
        FROM sales
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
        UNION ALL
        SELECT
            cashier_node_id,
            0,
            1,
            total_dirams,
            0,
            0
        FROM receipts
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
            AND voided_at IS NULL
    ) AS documents
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    GROUP BY branch_id
";

/// Returns the sums of each branch that has sold something.
pub(super) async fn by_branch(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<BranchRow>, Error> {
    let params = (tenant_id, from.micros(), until.micros());
    db.reads().fetch_all(BY_BRANCH, params).await
}

const RETURNED: &str = r"
    SELECT
        COUNT(*),
        CAST(COALESCE(SUM(return_dirams), 0) AS BIGINT)
    FROM returns
    WHERE tenant_id = $1
        AND happened_at >= $2
        AND happened_at < $3
";

/// Returns the number of returns and the value of their goods.
pub(super) async fn returned(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<(i64, i64), Error> {
    let params = (tenant_id, from.micros(), until.micros());
    db.reads().fetch_one(RETURNED, params).await
}

const BY_HOUR: &str = r"
    SELECT
        hour,
        CAST(SUM(total_dirams) AS BIGINT)
    FROM (
        SELECT
            (happened_at - $2) / 3600000000 AS hour,
            total_dirams
        FROM sales
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
            AND kind = 'sale'
        UNION ALL
        SELECT
            (happened_at - $2) / 3600000000,
            total_dirams
        FROM receipts
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
            AND voided_at IS NULL
    ) AS documents
    GROUP BY hour
";

/// Returns the totals of each hour since the beginning of the span.
pub(super) async fn by_hour(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(i64, i64)>, Error> {
    let params = (tenant_id, from.micros(), until.micros());
    db.reads().fetch_all(BY_HOUR, params).await
}

const BRANCHES: &str = r"
    SELECT
        id,
        name,
        address
    FROM branches
    WHERE tenant_id = $1
    ORDER BY id
";

pub(super) async fn branches(db: &Db, tenant_id: i64) -> Result<Vec<(i64, String, String)>, Error> {
    db.reads().fetch_all(BRANCHES, (tenant_id,)).await
}

#[derive(sqlx::FromRow)]
pub(super) struct TillListRow {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) branch_id: i64,
    pub(super) disabled_at: Option<i64>,
    pub(super) device_id: Option<String>,
    pub(super) device_mismatch_count: i64,
    pub(super) seen_at: Option<i64>,
    pub(super) program: Option<String>,
}

const TILLS: &str = r"
    SELECT
        id,
        name,
        branch_id,
        disabled_at,
        device_id,
        device_mismatch_count,
        seen_at,
        program
    FROM cashier_nodes
    WHERE tenant_id = $1
    ORDER BY id
";

pub(super) async fn tills(db: &Db, tenant_id: i64) -> Result<Vec<TillListRow>, Error> {
    db.reads().fetch_all(TILLS, (tenant_id,)).await
}

const SOLD_BY_TILLS: &str = r"
    SELECT
        cashier_node_id,
        CAST(SUM(purchases) AS BIGINT),
        CAST(SUM(dirams) AS BIGINT)
    FROM (
        SELECT
            cashier_node_id,
            COUNT(*) AS purchases,
            SUM(total_dirams) AS dirams
        FROM sales
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND kind = 'sale'
        GROUP BY cashier_node_id
        UNION ALL
        SELECT
            cashier_node_id,
            COUNT(*),
            SUM(total_dirams)
        FROM receipts
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND voided_at IS NULL
        GROUP BY cashier_node_id
    ) AS sold
    GROUP BY cashier_node_id
";

/// Returns the purchases of each till since a moment, and their totals.
pub(super) async fn sold_by_tills(
    db: &Db,
    tenant_id: i64,
    from: Timestamp,
) -> Result<Vec<(i64, i64, i64)>, Error> {
    let params = (tenant_id, from.micros());
    db.reads().fetch_all(SOLD_BY_TILLS, params).await
}
