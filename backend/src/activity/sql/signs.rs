//! The statements of the signs that tokens are shared.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};
use crate::till_number::TillNumber;

const UNJUDGED: &str = r"
    SELECT
        cashier_nodes.tenant_id,
        cashier_nodes.id
    FROM cashier_nodes
    LEFT JOIN till_signs
        ON till_signs.tenant_id = cashier_nodes.tenant_id
        AND till_signs.cashier_node_id = cashier_nodes.id
    WHERE seen_at >= $1
        AND COALESCE(judged_at, 0) < $2
    ORDER BY COALESCE(judged_at, 0), cashier_nodes.tenant_id, cashier_nodes.id
    LIMIT $3
";

/// Returns tills of any store that were on the line since `seen` and not judged since `judged`,
/// those that have waited longest first.
pub(in crate::activity) async fn unjudged(
    db: &Db,
    (seen, judged): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<(i64, i64)>, Error> {
    let params = (seen.micros(), judged.micros(), limit);
    db.reads().fetch_all(UNJUDGED, params).await
}

const WRITE: &str = r"
    INSERT INTO till_signs (
        tenant_id,
        cashier_node_id,
        points,
        level,
        reasons,
        judged_at
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id, cashier_node_id) DO UPDATE
    SET points = excluded.points,
        level = excluded.level,
        reasons = excluded.reasons,
        judged_at = excluded.judged_at
";

/// Writes what a till was judged.
pub(in crate::activity) async fn write(
    db: &Db,
    till: TillNumber,
    (points, level, reasons): (i64, &str, &str),
    now: Timestamp,
) -> Result<(), Error> {
    let TillNumber { tenant_id, till_id } = till;
    let params = (tenant_id, till_id, points, level, reasons, now.micros());
    db.writes().execute(WRITE, params).await?.exactly(1)
}

#[derive(sqlx::FromRow)]
pub(in crate::activity) struct SignRow {
    pub(in crate::activity) tenant_id: i64,
    pub(in crate::activity) cashier_node_id: i64,
    pub(in crate::activity) store: String,
    pub(in crate::activity) branch: String,
    pub(in crate::activity) till: String,
    pub(in crate::activity) points: i64,
    pub(in crate::activity) level: String,
    pub(in crate::activity) reasons: String,
    pub(in crate::activity) judged_at: i64,
}

const TO_LOOK_AT: &str = r"
    SELECT
        till_signs.tenant_id,
        till_signs.cashier_node_id,
        tenants.name AS store,
        branches.name AS branch,
        cashier_nodes.name AS till,
        points,
        level,
        reasons,
        judged_at
    FROM till_signs
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = till_signs.tenant_id
        AND cashier_nodes.id = till_signs.cashier_node_id
    JOIN branches
        ON branches.tenant_id = cashier_nodes.tenant_id
        AND branches.id = cashier_nodes.branch_id
    JOIN tenants
        ON tenants.id = till_signs.tenant_id
    WHERE level <> 'nothing'
        AND points <= $1
        AND (points < $1 OR (till_signs.tenant_id, till_signs.cashier_node_id) > ($2, $3))
    ORDER BY points DESC, till_signs.tenant_id, till_signs.cashier_node_id
    LIMIT $4
";

/// Returns the tills of all stores that are worth a look, the worst first, behind the one with
/// these points and this number.
pub(in crate::activity) async fn to_look_at(
    db: &Db,
    (points, after): (i64, TillNumber),
    limit: i64,
) -> Result<Vec<SignRow>, Error> {
    let params = (points, after.tenant_id, after.till_id, limit);
    db.reads().fetch_all(TO_LOOK_AT, params).await
}

const OF_STORE: &str = r"
    SELECT
        cashier_node_id,
        points,
        level,
        reasons
    FROM till_signs
    WHERE tenant_id = $1
        AND level <> 'nothing'
";

/// Returns the signs of a store's tills.
pub(in crate::activity) async fn of_store(
    db: &Db,
    tenant_id: i64,
) -> Result<Vec<(i64, i64, String, String)>, Error> {
    db.reads().fetch_all(OF_STORE, (tenant_id,)).await
}

const SILENCE: &str = r"
    INSERT INTO till_silences (
        tenant_id,
        cashier_node_id,
        reason,
        until_at,
        note,
        who
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id, cashier_node_id, reason) DO UPDATE
    SET until_at = excluded.until_at,
        note = excluded.note,
        who = excluded.who
";

/// Silences a reason of a till.
pub(in crate::activity) async fn silence(
    tx: &mut Tx,
    till: TillNumber,
    (reason, until): (&str, Timestamp),
    (note, who): (&str, &str),
) -> Result<(), Error> {
    let TillNumber { tenant_id, till_id } = till;
    let params = (tenant_id, till_id, reason, until.micros(), note, who);
    tx.execute(SILENCE, params).await?.exactly(1)
}
