//! The statements of registration.

use domain::{CardNumber, Phone, Timestamp};

use crate::Error;
use crate::db::Tx;
use crate::folded::folded;

const INSERT: &str = r"
    INSERT INTO clients (
        tenant_id,
        phone,
        full_name,
        folded_name,
        card_number,
        ean13,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT DO NOTHING
    RETURNING id
";

/// Adds a client. Returns `None` if the phone is registered already, or the card is another
/// client's.
pub(in crate::clients) async fn insert(
    tx: &mut Tx,
    tenant_id: i64,
    phone: &Phone,
    full_name: Option<&str>,
    card: CardNumber,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let params = (
        tenant_id,
        phone.as_str(),
        full_name,
        full_name.map(folded),
        card.to_string(),
        card.ean13().to_string(),
        now.micros(),
    );
    let inserted = tx.fetch_optional(INSERT, params).await?;
    Ok(inserted.map(|(id,)| id))
}

const NAME: &str = r"
    UPDATE clients
    SET full_name = COALESCE(full_name, $3),
        folded_name = CASE WHEN full_name IS NULL THEN $4 ELSE folded_name END
    WHERE tenant_id = $1
        AND id = $2
    RETURNING full_name
";

/// Stores the name if the client has no name. Returns the name that the client has then.
pub(in crate::clients) async fn name(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    full_name: &str,
) -> Result<String, Error> {
    let (name,) = tx
        .fetch_one(NAME, (tenant_id, client_id, full_name, folded(full_name)))
        .await?;
    Ok(name)
}
