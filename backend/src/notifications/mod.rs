//! The outbox: a notification is written by the transaction it tells of and sent after it, so that it exists
//! if and only if that transaction was committed (invariant 10).

use domain::Timestamp;
use serde::Serialize;

use crate::Error;
use crate::db::{Tx, on_engine};

/// What a client is told. The text is made when it is sent, in the client's language.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Notification {
    /// A check was recorded.
    Sale {
        sale_id: i64,
        total_dirams: i64,
        accrued_dirams: i64,
        redeemed_dirams: i64,
        balance_dirams: i64,
    },
    /// Goods came back.
    Return {
        return_id: i64,
        return_dirams: i64,
        revoked_dirams: i64,
        restored_dirams: i64,
        balance_dirams: i64,
    },
    /// The client joined the store's programme.
    Welcome { bonus_dirams: i64 },
    /// A friend's first purchase earned a bonus.
    Referral { sale_id: i64, bonus_dirams: i64 },
    /// Bonuses will end on a day.
    Expiring { dirams: i64, expires_at: i64 },
}

/// Writes a notification about `subject`, unless one about it was written before. One statement.
pub(crate) async fn enqueue(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    subject: &str,
    notification: &Notification,
    now: Timestamp,
) -> Result<bool, Error> {
    const ENQUEUE: &str = "INSERT INTO outbox (tenant_id, subject, client_id, payload, created_at) \
                           VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, subject) DO NOTHING";
    let payload = serde_json::to_string(notification)
        .map_err(|error| Error::corrupt("outbox.payload", error))?;
    let written = on_engine!(tx.conn(), conn => {
        sqlx::query(ENQUEUE)
            .bind(tenant_id)
            .bind(subject)
            .bind(client_id)
            .bind(&payload)
            .bind(now.micros())
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(written == 1)
}
