//! The statements of the messages as a store's people see them.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

#[derive(sqlx::FromRow)]
pub(in crate::notifications) struct Row {
    pub(in crate::notifications) subject: String,
    pub(in crate::notifications) created_at: i64,
    pub(in crate::notifications) client_id: i64,
    pub(in crate::notifications) full_name: Option<String>,
    pub(in crate::notifications) phone: String,
    pub(in crate::notifications) erased_at: Option<i64>,
    pub(in crate::notifications) due_at: Option<i64>,
    pub(in crate::notifications) outcome: Option<String>,
    pub(in crate::notifications) channels: Option<String>,
    pub(in crate::notifications) last_error: Option<String>,
    pub(in crate::notifications) sms_parts: i64,
}

const LIST: &str = r"
    SELECT
        subject,
        outbox.created_at,
        client_id,
        full_name,
        phone,
        erased_at,
        due_at,
        outcome,
        channels,
        last_error,
        sms_parts
    FROM outbox
    JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = client_id
    WHERE outbox.tenant_id = $1
        AND attempts > 0
        AND (outbox.created_at, subject) < ($2, $3)
        AND ($4 = '' OR COALESCE(outcome, 'waiting') = $4)
    ORDER BY outbox.created_at DESC, subject DESC
    LIMIT $5
";

/// Returns the messages that were tried before a place, the newest first. An empty `outcome` is
/// any.
pub(in crate::notifications) async fn list(
    db: &Db,
    tenant_id: i64,
    (at, subject): (Timestamp, &str),
    outcome: &str,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    let params = (tenant_id, at.micros(), subject, outcome, limit);
    db.reads().fetch_all(LIST, params).await
}

const COUNTS: &str = r"
    SELECT
        COALESCE(outcome, 'waiting'),
        COALESCE(channels, ''),
        COUNT(*),
        CAST(COALESCE(SUM(sms_parts), 0) AS BIGINT)
    FROM outbox
    WHERE tenant_id = $1
        AND attempts > 0
        AND created_at >= $2
    GROUP BY
        COALESCE(outcome, 'waiting'),
        COALESCE(channels, '')
";

/// Counts the messages since a moment: outcome, channels, number, parts of SMS.
pub(in crate::notifications) async fn counts(
    db: &Db,
    tenant_id: i64,
    since: Timestamp,
) -> Result<Vec<(String, String, i64, i64)>, Error> {
    let params = (tenant_id, since.micros());
    db.reads().fetch_all(COUNTS, params).await
}

const CHANNELS_OF: &str = r"
    SELECT channels
    FROM outbox
    WHERE tenant_id = $1
        AND subject = $2
";

/// Returns the channels of a message that are done.
pub(in crate::notifications) async fn channels_of(
    tx: &mut Tx,
    tenant_id: i64,
    subject: &str,
) -> Result<Option<String>, Error> {
    let params = (tenant_id, subject);
    let found: Option<(Option<String>,)> = tx.fetch_optional(CHANNELS_OF, params).await?;
    Ok(found.and_then(|(channels,)| channels))
}

const ASK_AGAIN: &str = r"
    UPDATE outbox
    SET due_at = $3,
        asked_at = $3,
        outcome = NULL,
        failures = 0,
        last_error = NULL,
        channels = $4
    WHERE tenant_id = $1
        AND subject = $2
        AND outcome IN ('failed', 'expired', 'unknown')
    RETURNING client_id
";

/// Makes a message due again; `channels` are those that need not send it. Returns its client;
/// `None` if it may not be sent again.
pub(in crate::notifications) async fn ask_again(
    tx: &mut Tx,
    tenant_id: i64,
    subject: &str,
    now: Timestamp,
    channels: Option<String>,
) -> Result<Option<i64>, Error> {
    let params = (tenant_id, subject, now.micros(), channels);
    let asked = tx.fetch_optional(ASK_AGAIN, params).await?;
    Ok(asked.map(|(client_id,)| client_id))
}
