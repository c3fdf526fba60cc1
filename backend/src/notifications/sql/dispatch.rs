//! The statements of messages on their way.

use domain::Timestamp;
use domain::messages::Lane;

use crate::Error;
use crate::db::{Db, Tx};

// The smallest store first, then the next one: as many looks into the index as there are stores
// with messages.
const DUE_STORES: &str = r"
    WITH RECURSIVE waiting (tenant_id) AS (
        SELECT MIN(tenant_id)
        FROM outbox
        WHERE due_at IS NOT NULL
        UNION ALL
        SELECT (
            SELECT MIN(outbox.tenant_id)
            FROM outbox
            WHERE outbox.due_at IS NOT NULL
                AND outbox.tenant_id > waiting.tenant_id
        )
        FROM waiting
        WHERE waiting.tenant_id IS NOT NULL
    )
    SELECT tenant_id
    FROM waiting
    WHERE tenant_id IS NOT NULL
        AND EXISTS (
            SELECT 1
            FROM outbox
            WHERE outbox.tenant_id = waiting.tenant_id
                AND outbox.lane = $1
                AND outbox.due_at <= $2
        )
";

/// Returns the stores with messages of a lane that are due at `now`.
pub(in crate::notifications) async fn due_stores(
    db: &Db,
    lane: Lane,
    now: Timestamp,
) -> Result<Vec<i64>, Error> {
    let params = (lane.number(), now.micros());
    let rows: Vec<(i64,)> = db.reads().fetch_all(DUE_STORES, params).await?;
    Ok(rows.into_iter().map(|(tenant_id,)| tenant_id).collect())
}

#[derive(sqlx::FromRow)]
pub(in crate::notifications) struct Row {
    pub(in crate::notifications) subject: String,
    pub(in crate::notifications) client_id: i64,
    pub(in crate::notifications) payload: String,
    pub(in crate::notifications) created_at: i64,
    pub(in crate::notifications) asked_at: Option<i64>,
    pub(in crate::notifications) attempts: i64,
    pub(in crate::notifications) failures: i64,
    pub(in crate::notifications) unsure: i64,
    pub(in crate::notifications) channels: Option<String>,
}

// A client's messages go out in order, so one that is due waits for an earlier one that is not
// done. `due_at` is looked at again outside: on PostgreSQL another server may have claimed the row
// while this one waited for its lock.
const CLAIM: &str = r"
    UPDATE outbox
    SET due_at = $4,
        attempts = attempts + 1,
        unsure = unsure + 1
    WHERE tenant_id = $1
        AND subject IN (
            SELECT subject
            FROM outbox AS next
            WHERE next.tenant_id = $1
                AND next.lane = $2
                AND next.due_at <= $3
                AND NOT EXISTS (
                    SELECT 1
                    FROM outbox AS earlier
                    WHERE earlier.tenant_id = $1
                        AND earlier.client_id = next.client_id
                        AND earlier.lane = $2
                        AND earlier.due_at IS NOT NULL
                        AND earlier.created_at < next.created_at
                )
            ORDER BY next.due_at
            LIMIT $5
        )
        AND due_at <= $3
    RETURNING
        subject,
        client_id,
        payload,
        created_at,
        asked_at,
        attempts,
        failures,
        unsure,
        channels
";

/// Claims messages of a store that are due at `now`, at most `limit`, until `until`.
pub(in crate::notifications) async fn claim(
    db: &Db,
    tenant_id: i64,
    lane: Lane,
    now: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    let params = (
        tenant_id,
        lane.number(),
        now.micros(),
        until.micros(),
        limit,
    );
    db.writes().fetch_all(CLAIM, params).await
}

const FINISH: &str = r"
    UPDATE outbox
    SET due_at = $4,
        failures = failures + $5,
        unsure = unsure - $6,
        outcome = $7,
        channels = $8,
        reference = COALESCE($9, reference),
        sms_parts = sms_parts + $10,
        last_error = $11,
        sent_at = $12
    WHERE tenant_id = $1
        AND subject = $2
        AND attempts = $3
        AND due_at IS NOT NULL
";

/// What became of a claim.
pub(in crate::notifications) struct ResultRow<'a> {
    pub(in crate::notifications) tenant_id: i64,
    pub(in crate::notifications) subject: &'a str,
    pub(in crate::notifications) attempts: i64,
    pub(in crate::notifications) due_at: Option<i64>,
    /// 1 for a failure.
    pub(in crate::notifications) failures: i64,
    /// 1 if the attempt was certainly accepted or certainly not.
    pub(in crate::notifications) sure: i64,
    pub(in crate::notifications) outcome: Option<&'static str>,
    pub(in crate::notifications) channels: Option<String>,
    pub(in crate::notifications) reference: Option<String>,
    pub(in crate::notifications) sms_parts: i64,
    pub(in crate::notifications) last_error: Option<&'static str>,
    pub(in crate::notifications) sent_at: Option<i64>,
}

/// Writes what became of a claim. Returns `false` if the claim no longer holds.
pub(in crate::notifications) async fn finish(
    tx: &mut Tx,
    row: ResultRow<'_>,
) -> Result<bool, Error> {
    let params = (
        row.tenant_id,
        row.subject,
        row.attempts,
        row.due_at,
        row.failures,
        row.sure,
        row.outcome,
        row.channels,
        row.reference,
        row.sms_parts,
        row.last_error,
        row.sent_at,
    );
    tx.execute(FINISH, params).await?.one_or_none()
}

const UNREADABLE: &str = r"
    UPDATE outbox
    SET due_at = NULL,
        outcome = 'failed',
        last_error = 'unreadable'
    WHERE tenant_id = $1
        AND subject = $2
        AND attempts = $3
";

/// Ends a message that this version cannot read, so that it does not hold up the others.
pub(in crate::notifications) async fn end_unreadable(
    db: &Db,
    tenant_id: i64,
    row: &Row,
) -> Result<(), Error> {
    let params = (tenant_id, row.subject.as_str(), row.attempts);
    db.writes().execute(UNREADABLE, params).await?.any();
    Ok(())
}
