//! The statements of the jobs.

pub(super) mod due;
mod verify;

pub(super) use verify::{
    ClientRow, EntryRow, LotRow, allocations, clients, cross_check, entries, lots,
};

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const DUE: &str = r"
    SELECT
        COUNT(DISTINCT client_id),
        COUNT(*),
        CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT)
    FROM lots
    WHERE tenant_id = $1
        AND expires_at <= $2
        AND remaining_dirams > 0
";

/// Counts everything that a sweep of the store would end: clients, lots, dirams.
pub(super) async fn due(db: &Db, tenant_id: i64, now: Timestamp) -> Result<(i64, i64, i64), Error> {
    db.reads().fetch_one(DUE, (tenant_id, now.micros())).await
}

const HELD: &str = r"
    SELECT CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT)
    FROM lots
    WHERE tenant_id = $1
        AND remaining_dirams > 0
";

/// Returns the bonuses of all clients of a store, expired ones included, in dirams.
pub(super) async fn held(db: &Db, tenant_id: i64) -> Result<i64, Error> {
    let (held,) = db.reads().fetch_one(HELD, (tenant_id,)).await?;
    Ok(held)
}

const DUE_LOTS: &str = r"
    SELECT
        client_id,
        seq
    FROM lots
    WHERE tenant_id = $1
        AND expires_at <= $2
        AND remaining_dirams > 0
    ORDER BY expires_at
    LIMIT $3
";

/// Returns the lots to sweep, at most `most`: client and number of each.
pub(super) async fn due_lots(
    tx: &mut Tx,
    tenant_id: i64,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(i64, i64)>, Error> {
    tx.fetch_all(DUE_LOTS, (tenant_id, now.micros(), most))
        .await
}

const REMINDER_DAYS: &str = r"
    SELECT bonus_expiry_reminder_days
    FROM programmes
    WHERE tenant_id = $1
";

/// Returns how many days ahead the store's clients are reminded; `None` for a store without a
/// programme.
pub(super) async fn reminder_days(db: &Db, tenant_id: i64) -> Result<Option<i64>, Error> {
    let found = db
        .reads()
        .fetch_optional(REMINDER_DAYS, (tenant_id,))
        .await?;
    Ok(found.map(|(days,)| days))
}

const ENDING: &str = r"
    SELECT
        client_id,
        expires_at,
        CAST(SUM(remaining_dirams) AS BIGINT)
    FROM lots
    JOIN clients
        ON clients.tenant_id = lots.tenant_id
        AND clients.id = client_id
    WHERE lots.tenant_id = $1
        AND remaining_dirams > 0
        AND expires_at > $2
        AND expires_at < $3
        AND blocked_at IS NULL
    GROUP BY client_id, expires_at
    ORDER BY client_id, expires_at
";

/// Returns the bonuses that end after `now` and before `end`: client, moment in microseconds,
/// dirams.
pub(super) async fn ending(
    db: &Db,
    tenant_id: i64,
    now: Timestamp,
    end: Timestamp,
) -> Result<Vec<(i64, i64, i64)>, Error> {
    let params = (tenant_id, now.micros(), end.micros());
    db.reads().fetch_all(ENDING, params).await
}
