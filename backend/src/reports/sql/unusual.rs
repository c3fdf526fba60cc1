//! The statements of what is unusual.
//!
//! They look at each client of the store once and find the client's sales by an index. Grouping all
//! sales of the span would sort them.

use domain::{Timestamp, UnusualLimits};

use super::Scope;
use crate::Error;
use crate::db::Db;

type Span = (Timestamp, Timestamp);

/// The purchases of a span, of one branch if `$4` is not 0.
macro_rules! purchases {
    ($happened_at:literal) => {
        concat!(
            "
            tenant_id = $1
                AND ",
            $happened_at,
            " >= $2
                AND ",
            $happened_at,
            " < $3
                AND kind = 'sale'
                AND voided_by IS NULL
                AND ($4 = 0 OR cashier_node_id IN (
                    SELECT id
                    FROM cashier_nodes
                    WHERE tenant_id = $1
                        AND branch_id = $4
                ))"
        )
    };
}

/// The purchases of a client in the span. The index of a client's sales is in the order in which
/// they were recorded, at most 72 hours after they happened. The plus keeps SQLite from reading the
/// sales of all clients by their moment.
macro_rules! purchases_of {
    ($client:literal) => {
        concat!(
            "
            client_id = ",
            $client,
            "
                AND created_at >= $2
                AND created_at < $3 + 259200000000
                AND",
            purchases!("+happened_at")
        )
    };
}

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

const BUSY: &str = concat!(
    "
    WITH often AS MATERIALIZED (
        SELECT id AS buyer_id
        FROM clients
        WHERE tenant_id = $1
            AND $5 < (
                SELECT MAX(checks)
                FROM (
                    SELECT COUNT(*) AS checks
                    FROM sales
                    WHERE",
    purchases_of!("clients.id"),
    "
                    GROUP BY cashier_node_id, (happened_at - $2) / 86400000000
                ) AS days
            )
    )
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
        FROM often
        CROSS JOIN sales
        WHERE",
    purchases_of!("buyer_id"),
    "
        GROUP BY 1, 2, 3
        HAVING COUNT(*) > $5
        ORDER BY 4 DESC, 3 DESC, 1, 2
        LIMIT $6
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
"
);

/// Returns the clients who bought more than `checks` times in a day at one till; the day is counted
/// from the beginning of the span.
pub(in crate::reports) async fn busy(
    db: &Db,
    scope: Scope,
    span: Span,
    checks: i64,
    most: i64,
) -> Result<Vec<BusyRow>, Error> {
    let (tenant_id, from, until, branch) = params(scope, span);
    let params = (tenant_id, from, until, branch, checks, most);
    db.reads().fetch_all(BUSY, params).await
}

const fn params(scope: Scope, (from, until): Span) -> (i64, i64, i64, i64) {
    let branch = match scope.branch_id {
        Some(id) => id,
        None => 0,
    };
    (scope.tenant_id, from.micros(), until.micros(), branch)
}

/// A client many of whose purchases are recorded by one cashier, or at one till.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct GiverRow {
    pub(in crate::reports) client_id: i64,
    pub(in crate::reports) client: Option<String>,
    pub(in crate::reports) phone: String,
    /// The cashier's id, if the till sends it.
    pub(in crate::reports) cashier: Option<String>,
    /// The till, if it does not.
    pub(in crate::reports) till_id: Option<i64>,
    pub(in crate::reports) checks: i64,
    pub(in crate::reports) of_client: i64,
}

/// Who recorded a sale: the cashier if the till sends one, else the till.
macro_rules! giver {
    () => {
        "NULLIF(cashier_id, ''), CASE WHEN NULLIF(cashier_id, '') IS NULL THEN cashier_node_id END"
    };
}

const GIVERS: &str = concat!(
    "
    WITH regular AS MATERIALIZED (
        SELECT
            buyer_id,
            of_client
        FROM (
            SELECT
                id AS buyer_id,
                (
                    SELECT COUNT(*)
                    FROM sales
                    WHERE",
    purchases_of!("clients.id"),
    "
                ) AS of_client,
                (
                    SELECT MAX(checks)
                    FROM (
                        SELECT COUNT(*) AS checks
                        FROM sales
                        WHERE",
    purchases_of!("clients.id"),
    "
                        GROUP BY ",
    giver!(),
    "
                    ) AS givers
                ) AS largest
            FROM clients
            WHERE tenant_id = $1
        ) AS counted
        WHERE of_client >= $5
            AND largest * 10000 > of_client * $6
    )
    SELECT
        client_id,
        full_name AS client,
        phone,
        cashier,
        till_id,
        checks,
        of_client
    FROM (
        SELECT
            client_id,
            NULLIF(cashier_id, '') AS cashier,
            CASE WHEN NULLIF(cashier_id, '') IS NULL THEN cashier_node_id END AS till_id,
            of_client,
            COUNT(*) AS checks
        FROM regular
        CROSS JOIN sales
        WHERE",
    purchases_of!("buyer_id"),
    "
        GROUP BY 1, 2, 3, 4
    ) AS shares
    JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = client_id
    WHERE checks * 10000 > of_client * $6
    ORDER BY checks DESC, client_id, cashier, till_id
"
);

/// Returns the clients with at least the least number of purchases of whom one giver recorded more
/// than the share, and these givers.
pub(in crate::reports) async fn givers(
    db: &Db,
    scope: Scope,
    span: Span,
    limits: &UnusualLimits,
) -> Result<Vec<GiverRow>, Error> {
    let (tenant_id, from, until, branch) = params(scope, span);
    let (least, share) = (limits.min_purchases, limits.giver_share.get());
    let params = (tenant_id, from, until, branch, least, share);
    db.reads().fetch_all(GIVERS, params).await
}

/// What one cashier has recorded at one till.
#[derive(sqlx::FromRow)]
pub(in crate::reports) struct WorkRow {
    pub(in crate::reports) till_id: i64,
    /// The cashier's id, if the till sends it.
    pub(in crate::reports) cashier: Option<String>,
    pub(in crate::reports) checks: i64,
    /// Those with a total that is not zero.
    pub(in crate::reports) with_total: i64,
    /// Those of them with a round total.
    pub(in crate::reports) round: i64,
}

const WORK: &str = concat!(
    "
    SELECT
        cashier_node_id AS till_id,
        NULLIF(cashier_id, '') AS cashier,
        COUNT(*) AS checks,
        CAST(SUM(CASE WHEN total_dirams > 0 THEN 1 ELSE 0 END) AS BIGINT) AS with_total,
        CAST(SUM(CASE
            WHEN total_dirams > 0 AND total_dirams % $5 = 0 THEN 1 ELSE 0
        END) AS BIGINT) AS round
    FROM sales
    WHERE",
    purchases!("happened_at"),
    "
    GROUP BY 1, 2
"
);

/// Returns what each cashier has recorded at each till, and how many totals are multiples of the
/// step.
pub(in crate::reports) async fn work(
    db: &Db,
    scope: Scope,
    span: Span,
    limits: &UnusualLimits,
) -> Result<Vec<WorkRow>, Error> {
    let (tenant_id, from, until, branch) = params(scope, span);
    let params = (tenant_id, from, until, branch, limits.round_step.dirams());
    db.reads().fetch_all(WORK, params).await
}
