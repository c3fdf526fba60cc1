//! The statements of registration.

use domain::{CardNumber, Phone, Timestamp};

use crate::Error;
use crate::db::{Tx, on_engine};

/// Takes the store's next card number and locks the store's row.
pub(super) async fn next_card(tx: &mut Tx, tenant_id: i64) -> Result<CardNumber, Error> {
    const NEXT: &str = "UPDATE tenants SET last_card_number = last_card_number + 1 \
                        WHERE id = $1 RETURNING last_card_number";
    let number: i64 = on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(NEXT).bind(tenant_id).fetch_one(conn).await
    })?;
    let exhausted = || Error::corrupt("tenants.last_card_number", number);
    let index = u32::try_from(number).map_err(|_| exhausted())?;
    let series =
        CardNumber::FIRST_SERIES + u16::try_from(index / 10_000_000).map_err(|_| exhausted())?;
    CardNumber::new(series, index % 10_000_000).ok_or_else(exhausted)
}

/// Adds a client; `None` where the phone is known.
pub(super) async fn insert(
    tx: &mut Tx,
    tenant_id: i64,
    phone: &Phone,
    full_name: Option<&str>,
    card: CardNumber,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    const INSERT: &str = "INSERT INTO clients (tenant_id, phone, full_name, card_number, ean13, \
                          created_at) VALUES ($1, $2, $3, $4, $5, $6) \
                          ON CONFLICT (tenant_id, phone) DO NOTHING RETURNING id";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(INSERT)
            .bind(tenant_id)
            .bind(phone.as_str())
            .bind(full_name)
            .bind(card.to_string())
            .bind(card.ean13().as_str())
            .bind(now.micros())
            .fetch_optional(conn)
            .await
    })?)
}

/// Names a client who has no name; tells the name they have then.
pub(super) async fn name(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    full_name: &str,
) -> Result<String, Error> {
    const NAME: &str = "UPDATE clients SET full_name = COALESCE(full_name, $3) \
                        WHERE tenant_id = $1 AND id = $2 RETURNING full_name";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(NAME)
            .bind(tenant_id)
            .bind(client_id)
            .bind(full_name)
            .fetch_one(conn)
            .await
    })?)
}
