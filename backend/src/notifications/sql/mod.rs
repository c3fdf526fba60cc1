//! The statements that write the outbox.

pub(super) mod addressee;
pub(super) mod dispatch;
pub(super) mod list;

use domain::Timestamp;
use domain::messages::Lane;

use crate::Error;
use crate::db::Tx;

/// A message that is about to be stored.
pub(super) struct NewMessage<'a> {
    pub(super) tenant_id: i64,
    pub(super) client_id: i64,
    pub(super) subject: &'a str,
    pub(super) payload: &'a str,
    pub(super) now: Timestamp,
}

const INSERT: &str = r"
    INSERT INTO outbox (
        tenant_id,
        subject,
        client_id,
        payload,
        created_at,
        due_at
    )
    VALUES (
        $1,
        $2,
        $3,
        $4,
        $5,
        (
            SELECT CASE WHEN is_reachable = 1 THEN $5 END
            FROM clients
            WHERE tenant_id = $1
                AND id = $3
        )
    )
    ON CONFLICT (tenant_id, subject) DO NOTHING
";

/// Writes a message that is due at once if its client can be reached. Returns `false` if the store
/// has one with this subject.
pub(super) async fn insert(tx: &mut Tx, new: &NewMessage<'_>) -> Result<bool, Error> {
    let params = (
        new.tenant_id,
        new.subject,
        new.client_id,
        new.payload,
        new.now.micros(),
    );
    tx.execute(INSERT, params).await?.one_or_none()
}

const INSERT_DUE: &str = r"
    INSERT INTO outbox (
        tenant_id,
        subject,
        client_id,
        payload,
        created_at,
        lane,
        due_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (tenant_id, subject) DO NOTHING
";

/// Writes a message that is due at `due_at`. Returns `false` if the store has one with this
/// subject.
pub(super) async fn insert_due(
    tx: &mut Tx,
    new: &NewMessage<'_>,
    lane: Lane,
    due_at: Timestamp,
) -> Result<bool, Error> {
    let params = (
        new.tenant_id,
        new.subject,
        new.client_id,
        new.payload,
        new.now.micros(),
        lane.number(),
        due_at.micros(),
    );
    tx.execute(INSERT_DUE, params).await?.one_or_none()
}

// A message that is being sent, or that one channel has taken, can no longer be taken back.
const TAKE_BACK: &str = r"
    DELETE FROM outbox
    WHERE tenant_id = $1
        AND subject IN ($2, $3, $4)
        AND sent_at IS NULL
        AND unsure = 0
        AND channels IS NULL
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

const END_ALL: &str = r"
    UPDATE outbox
    SET sent_at = created_at,
        due_at = NULL
    WHERE tenant_id = $1
";

/// Marks all notifications of a store as sent.
pub(crate) async fn end_all(tx: &mut Tx, tenant_id: i64) -> Result<(), Error> {
    tx.execute(END_ALL, (tenant_id,)).await?.any();
    Ok(())
}
