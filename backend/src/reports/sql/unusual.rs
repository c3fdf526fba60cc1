//! The statements of what is unusual, and of the limits from which on it is shown.

use domain::{Timestamp, UnusualLimits};

use crate::Error;
use crate::db::{Db, Tx};

/// A client who bought often in a day at one till.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct BusyRow {
    pub(in crate::reports) client_id: i64,
    pub(in crate::reports) client: Option<String>,
    pub(in crate::reports) phone: String,
    pub(in crate::reports) day: i64,
    pub(in crate::reports) till: String,
    pub(in crate::reports) branch: String,
    pub(in crate::reports) checks: i64,
    pub(in crate::reports) sold: i64,
}

const BUSY: &str = r"
    SELECT
        client_id,
        full_name AS client,
        phone,
        day,
        cashier_nodes.name AS till,
        branches.name AS branch,
        checks,
        sold
    FROM (
        SELECT
            client_id,
            cashier_node_id,
            (happened_at - $2) / 86400000000 AS day,
            COUNT(*) AS checks,
            CAST(SUM(total_dirams) AS BIGINT) AS sold
        FROM sales
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
            AND kind = 'sale'
        GROUP BY 1, 2, 3
        HAVING COUNT(*) > $4
        ORDER BY 4 DESC, 3 DESC, 1, 2
        LIMIT $5
    ) AS busy
    JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = client_id
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    ORDER BY checks DESC, day DESC, client_id, cashier_node_id
";

/// Returns the clients who bought more than `checks` times in a day at one till; the day is counted
/// from the beginning of the span.
pub(in crate::reports) async fn busy(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
    checks: i64,
    most: i64,
) -> Result<Vec<BusyRow>, Error> {
    let params = (tenant_id, from.micros(), until.micros(), checks, most);
    db.reads().fetch_all(BUSY, params).await
}

/// A client whose purchases are mostly recorded by one cashier, or at one till.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct GiverRow {
    pub(in crate::reports) client_id: i64,
    pub(in crate::reports) client: Option<String>,
    pub(in crate::reports) phone: String,
    /// The cashier's id, if the till sends it.
    pub(in crate::reports) cashier: Option<String>,
    pub(in crate::reports) till: Option<String>,
    pub(in crate::reports) branch: Option<String>,
    pub(in crate::reports) checks: i64,
    pub(in crate::reports) of_client: i64,
}

// A store where one giver records everything has nothing to compare.
const GIVERS: &str = r"
    WITH pairs AS MATERIALIZED (
        SELECT
            client_id,
            NULLIF(cashier_id, '') AS cashier,
            CASE WHEN NULLIF(cashier_id, '') IS NULL THEN cashier_node_id END AS till_id,
            COUNT(*) AS checks
        FROM sales
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
            AND kind = 'sale'
        GROUP BY 1, 2, 3
    ),
    shares AS (
        SELECT
            client_id,
            cashier,
            till_id,
            checks,
            CAST(SUM(checks) OVER (PARTITION BY client_id) AS BIGINT) AS of_client
        FROM pairs
    )
    SELECT
        client_id,
        full_name AS client,
        phone,
        cashier,
        cashier_nodes.name AS till,
        branches.name AS branch,
        checks,
        of_client
    FROM shares
    JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = client_id
    LEFT JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = till_id
    LEFT JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    WHERE of_client >= $4
        AND checks * 10000 > of_client * $5
        AND (SELECT COUNT(*) FROM (SELECT DISTINCT cashier, till_id FROM pairs) AS known) > 1
    ORDER BY checks DESC, client_id, cashier, till_id
    LIMIT $6
";

/// Returns the clients with at least the least number of purchases of whom one giver recorded more
/// than the share.
pub(in crate::reports) async fn givers(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
    limits: &UnusualLimits,
    most: i64,
) -> Result<Vec<GiverRow>, Error> {
    let (least, share) = (limits.min_purchases, limits.giver_share.get());
    let params = (tenant_id, from.micros(), until.micros(), least, share, most);
    db.reads().fetch_all(GIVERS, params).await
}

/// A till with many round sums.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct RoundRow {
    pub(in crate::reports) till_id: i64,
    pub(in crate::reports) till: String,
    pub(in crate::reports) branch: String,
    pub(in crate::reports) round: i64,
    pub(in crate::reports) checks: i64,
}

const ROUND: &str = r"
    SELECT
        cashier_nodes.id AS till_id,
        cashier_nodes.name AS till,
        branches.name AS branch,
        round,
        checks
    FROM (
        SELECT
            cashier_node_id,
            CAST(SUM(CASE WHEN total_dirams % $4 = 0 THEN 1 ELSE 0 END) AS BIGINT) AS round,
            COUNT(*) AS checks
        FROM sales
        WHERE tenant_id = $1
            AND happened_at >= $2
            AND happened_at < $3
            AND kind = 'sale'
            AND total_dirams > 0
        GROUP BY 1
    ) AS sums
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    WHERE checks >= $5
        AND round * 10000 > checks * $6
    ORDER BY round DESC, till_id
    LIMIT $7
";

/// Returns the tills with at least the least number of sales of which more than the share have a
/// round total.
pub(in crate::reports) async fn round_sums(
    db: &Db,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
    limits: &UnusualLimits,
    most: i64,
) -> Result<Vec<RoundRow>, Error> {
    let params = (
        tenant_id,
        from.micros(),
        until.micros(),
        limits.round_step.dirams(),
        limits.min_purchases,
        limits.round_share.get(),
        most,
    );
    db.reads().fetch_all(ROUND, params).await
}

/// The limits that a store's owner has set.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct LimitsRow {
    pub(in crate::reports) checks_a_day: i64,
    pub(in crate::reports) giver_share_bp: i64,
    pub(in crate::reports) min_purchases: i64,
    pub(in crate::reports) round_step_dirams: i64,
    pub(in crate::reports) round_share_bp: i64,
}

const LIMITS: &str = r"
    SELECT
        checks_a_day,
        giver_share_bp,
        min_purchases,
        round_step_dirams,
        round_share_bp
    FROM unusual_limits
    WHERE tenant_id = $1
";

/// Returns the store's own limits, if it has any.
pub(in crate::reports) async fn limits(
    db: &Db,
    tenant_id: i64,
) -> Result<Option<LimitsRow>, Error> {
    db.reads().fetch_optional(LIMITS, (tenant_id,)).await
}

/// Returns them within a transaction.
pub(in crate::reports) async fn limits_in(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<LimitsRow>, Error> {
    tx.fetch_optional(LIMITS, (tenant_id,)).await
}

const SET_LIMITS: &str = r"
    INSERT INTO unusual_limits (
        tenant_id,
        checks_a_day,
        giver_share_bp,
        min_purchases,
        round_step_dirams,
        round_share_bp
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id) DO UPDATE SET
        checks_a_day = excluded.checks_a_day,
        giver_share_bp = excluded.giver_share_bp,
        min_purchases = excluded.min_purchases,
        round_step_dirams = excluded.round_step_dirams,
        round_share_bp = excluded.round_share_bp
";

/// Sets the store's own limits.
pub(in crate::reports) async fn set_limits(
    tx: &mut Tx,
    tenant_id: i64,
    limits: &UnusualLimits,
) -> Result<(), Error> {
    let params = (
        tenant_id,
        limits.checks_a_day,
        limits.giver_share.get(),
        limits.min_purchases,
        limits.round_step.dirams(),
        limits.round_share.get(),
    );
    tx.execute(SET_LIMITS, params).await?.exactly(1)
}
