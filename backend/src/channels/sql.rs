//! The statements of channels.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    pub(super) kind: String,
    pub(super) shown: String,
    pub(super) settings_sealed: String,
    pub(super) paused_at: Option<i64>,
    pub(super) paused_for: Option<String>,
    pub(super) paused_until: Option<i64>,
    pub(super) changed_at: i64,
}

const CHANNELS: &str = r"
    SELECT
        kind,
        shown,
        settings_sealed,
        paused_at,
        paused_for,
        paused_until,
        changed_at
    FROM channels
    WHERE tenant_id = $1
    ORDER BY kind
";

pub(super) async fn channels(db: &Db, tenant_id: i64) -> Result<Vec<Row>, Error> {
    db.reads().fetch_all(CHANNELS, (tenant_id,)).await
}

const PUT: &str = r"
    INSERT INTO channels (
        tenant_id,
        kind,
        shown,
        settings_sealed,
        changed_at
    )
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (tenant_id, kind) DO UPDATE SET
        shown = excluded.shown,
        settings_sealed = excluded.settings_sealed,
        failures = 0,
        paused_at = NULL,
        paused_for = NULL,
        paused_until = NULL,
        changed_at = excluded.changed_at
";

pub(super) async fn put(
    tx: &mut Tx,
    tenant_id: i64,
    kind: &str,
    shown: &str,
    sealed: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, kind, shown, sealed, now.micros());
    tx.execute(PUT, params).await?.exactly(1)
}

const REMOVE: &str = r"
    DELETE FROM channels
    WHERE tenant_id = $1
        AND kind = $2
    RETURNING shown
";

/// Removes a channel. Returns what people could read of it.
pub(super) async fn remove(
    tx: &mut Tx,
    tenant_id: i64,
    kind: &str,
) -> Result<Option<String>, Error> {
    let removed = tx.fetch_optional(REMOVE, (tenant_id, kind)).await?;
    Ok(removed.map(|(shown,)| shown))
}

const RESET_FAILURES: &str = r"
    UPDATE channels
    SET failures = 0,
        paused_at = NULL,
        paused_for = NULL,
        paused_until = NULL
    WHERE tenant_id = $1
        AND kind = $2
        AND failures > 0
";

pub(super) async fn reset_failures(db: &Db, tenant_id: i64, kind: &str) -> Result<(), Error> {
    let changed = db.writes().execute(RESET_FAILURES, (tenant_id, kind));
    changed.await?.any();
    Ok(())
}

const COUNT_FAILURE: &str = r"
    UPDATE channels
    SET failures = failures + 1,
        paused_at = CASE WHEN failures + 1 >= $4 THEN $5 ELSE paused_at END,
        paused_for = CASE WHEN failures + 1 >= $4 THEN $3 ELSE paused_for END,
        paused_until = CASE WHEN failures + 1 >= $4 THEN $6 ELSE paused_until END
    WHERE tenant_id = $1
        AND kind = $2
        AND (paused_at IS NULL OR paused_until IS NOT NULL)
";

pub(super) async fn count_failure(
    db: &Db,
    tenant_id: i64,
    kind: &str,
    fault: &str,
    most: i64,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, kind, fault, most, now.micros(), until.micros());
    db.writes().execute(COUNT_FAILURE, params).await?.any();
    Ok(())
}

const PAUSE: &str = r"
    UPDATE channels
    SET failures = failures + 1,
        paused_at = $4,
        paused_for = $3,
        paused_until = $5
    WHERE tenant_id = $1
        AND kind = $2
        AND (paused_at IS NULL OR paused_until IS NOT NULL)
";

pub(super) async fn pause(
    db: &Db,
    tenant_id: i64,
    kind: &str,
    fault: &str,
    now: Timestamp,
    until: Option<Timestamp>,
) -> Result<(), Error> {
    let until = until.map(Timestamp::micros);
    let params = (tenant_id, kind, fault, now.micros(), until);
    db.writes().execute(PAUSE, params).await?.any();
    Ok(())
}

#[derive(sqlx::FromRow)]
pub(super) struct SettingsRow {
    pub(super) receipts: String,
    pub(super) sms_reminders: i64,
    pub(super) sms_a_client: i64,
    pub(super) sms_a_month: i64,
    pub(super) sms_part_dirams: i64,
}

const SETTINGS: &str = r"
    SELECT
        receipts,
        sms_reminders,
        sms_a_client,
        sms_a_month,
        sms_part_dirams
    FROM message_settings
    WHERE tenant_id = $1
";

pub(super) async fn settings(db: &Db, tenant_id: i64) -> Result<Option<SettingsRow>, Error> {
    db.reads().fetch_optional(SETTINGS, (tenant_id,)).await
}

const PUT_SETTINGS: &str = r"
    INSERT INTO message_settings (
        tenant_id,
        receipts,
        sms_reminders,
        sms_a_client,
        sms_a_month,
        sms_part_dirams
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (tenant_id) DO UPDATE SET
        receipts = excluded.receipts,
        sms_reminders = excluded.sms_reminders,
        sms_a_client = excluded.sms_a_client,
        sms_a_month = excluded.sms_a_month,
        sms_part_dirams = excluded.sms_part_dirams
";

pub(super) async fn put_settings(
    tx: &mut Tx,
    tenant_id: i64,
    row: &SettingsRow,
) -> Result<(), Error> {
    let params = (
        tenant_id,
        row.receipts.as_str(),
        row.sms_reminders,
        row.sms_a_client,
        row.sms_a_month,
        row.sms_part_dirams,
    );
    tx.execute(PUT_SETTINGS, params).await?.exactly(1)
}
