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

const TAKE_BACK: &str = r"
    DELETE FROM outbox
    WHERE tenant_id = $1
        AND subject IN ($2, $3, $4)
        AND sent_at IS NULL
    RETURNING subject
";

/// Takes back the messages about a sale, and about the redemption that it has taken as its own,
/// that are not sent yet. Returns whether the client has not been told of the sale. One statement.
pub(crate) async fn take_back_sale(
    tx: &mut Tx,
    tenant_id: i64,
    sale_id: i64,
    redemption_id: Option<i64>,
) -> Result<bool, Error> {
    let sale = format!("sale:{sale_id}");
    let redemption = format!("sale:{}", redemption_id.unwrap_or(sale_id));
    let referral = format!("referral:{sale_id}");
    let params = (tenant_id, sale.as_str(), redemption, referral);
    let taken: Vec<(String,)> = tx.fetch_all(TAKE_BACK, params).await?;
    Ok(taken.iter().any(|(subject,)| *subject == sale))
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
