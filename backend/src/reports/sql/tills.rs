//! The statements that list branches and tills.

use domain::Timestamp;

use crate::Error;
use crate::db::Db;

const BRANCHES: &str = r"
    SELECT
        id,
        name,
        address
    FROM branches
    WHERE tenant_id = $1
    ORDER BY id
";

pub(in crate::reports) async fn branches(
    db: &Db,
    tenant_id: i64,
) -> Result<Vec<(i64, String, String)>, Error> {
    db.reads().fetch_all(BRANCHES, (tenant_id,)).await
}

#[derive(sqlx::FromRow)]
pub(in crate::reports) struct TillListRow {
    pub(in crate::reports) id: i64,
    pub(in crate::reports) name: String,
    pub(in crate::reports) branch_id: i64,
    pub(in crate::reports) disabled_at: Option<i64>,
    pub(in crate::reports) device_id: Option<String>,
    pub(in crate::reports) device_mismatch_count: i64,
    pub(in crate::reports) seen_at: Option<i64>,
    pub(in crate::reports) program: Option<String>,
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

pub(in crate::reports) async fn tills(db: &Db, tenant_id: i64) -> Result<Vec<TillListRow>, Error> {
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
            AND voided_by IS NULL
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
pub(in crate::reports) async fn sold_by_tills(
    db: &Db,
    tenant_id: i64,
    from: Timestamp,
) -> Result<Vec<(i64, i64, i64)>, Error> {
    let params = (tenant_id, from.micros());
    db.reads().fetch_all(SOLD_BY_TILLS, params).await
}

// Of the days before, the hour that ends now. Each till and day is one look into an index; a join
// with the sales would let an engine begin with all of them.
const HABITS: &str = r"
    WITH RECURSIVE ends (ended_at) AS (
        SELECT CAST($2 AS BIGINT)
        UNION ALL
        SELECT ended_at - 86400000000
        FROM ends
        WHERE ended_at > $3
    )
    SELECT
        id,
        COUNT(*)
    FROM cashier_nodes
    CROSS JOIN ends
    WHERE tenant_id = $1
        AND (
            EXISTS (
                SELECT 1
                FROM sales
                WHERE sales.tenant_id = $1
                    AND sales.cashier_node_id = cashier_nodes.id
                    AND voided_by IS NULL
                    AND happened_at > ended_at - 3600000000
                    AND happened_at <= ended_at
            )
            OR EXISTS (
                SELECT 1
                FROM receipts
                WHERE receipts.tenant_id = $1
                    AND receipts.cashier_node_id = cashier_nodes.id
                    AND happened_at > ended_at - 3600000000
                    AND happened_at <= ended_at
            )
        )
    GROUP BY id
";

/// Returns for each till on how many of the `days` days before it sold in the hour that ends now.
pub(in crate::reports) async fn habits(
    db: &Db,
    tenant_id: i64,
    now: Timestamp,
    days: i64,
) -> Result<Vec<(i64, i64)>, Error> {
    let (newest, oldest) = (now.plus_days(-1), now.plus_days(-days));
    let params = (tenant_id, newest.micros(), oldest.micros());
    db.reads().fetch_all(HABITS, params).await
}
