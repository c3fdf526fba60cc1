//! The statements of the outbox.

use domain::Timestamp;

use crate::Error;
use crate::db::Tx;

const INSERT: &str = r"
    INSERT INTO outbox (
        tenant_id,
        subject,
        client_id,
        payload,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (tenant_id, subject) DO NOTHING
";

/// Writes a notification. Returns `false` if the store has one with this subject.
pub(super) async fn insert(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    subject: &str,
    payload: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, subject, client_id, payload, now.micros());
    tx.execute(INSERT, params).await?.one_or_none()
}

const MARK_ALL_SENT: &str = r"
    UPDATE outbox
    SET sent_at = created_at
    WHERE tenant_id = $1
";

/// Marks all notifications of a store as sent.
pub(crate) async fn mark_all_sent(tx: &mut Tx, tenant_id: i64) -> Result<(), Error> {
    tx.execute(MARK_ALL_SENT, (tenant_id,)).await?.any();
    Ok(())
}
