//! The statements of a receipt.

use domain::{DocumentDate, Money, Timestamp};

use super::{Receipt, ReceiptRecord};
use crate::Error;
use crate::db::{Tx, on_engine};
use crate::external_id::ExternalKey;
use crate::session::Caller;

/// Records the receipt; `None` if the store has its external key already.
pub(super) async fn insert(
    tx: &mut Tx,
    receipt: &Receipt<'_>,
    receipt_date: Timestamp,
    key: Option<&ExternalKey>,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    const INSERT: &str = "INSERT INTO receipts (tenant_id, cashier_node_id, external_key, external_receipt_id, \
                          total_dirams, receipt_date, happened_at, created_at) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
                          ON CONFLICT (tenant_id, external_key) DO NOTHING RETURNING id";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(INSERT)
            .bind(receipt.caller.tenant_id)
            .bind(receipt.caller.node_id)
            .bind(key.map(ExternalKey::as_str))
            .bind(&receipt.external_receipt_id)
            .bind(receipt.total_amount.dirams())
            .bind(receipt_date.micros())
            .bind(DocumentDate::happened_at(receipt.receipt_date, now).micros())
            .bind(now.micros())
            .fetch_optional(conn)
            .await
    })?)
}

#[derive(sqlx::FromRow)]
struct ReceiptRow {
    id: i64,
    total_dirams: i64,
    receipt_date: i64,
    created_at: i64,
    voided_at: Option<i64>,
}

/// A receipt as stored.
pub(super) struct Stored {
    pub(super) record: ReceiptRecord,
    pub(super) recorded_at: Timestamp,
    pub(super) is_voided: bool,
}

impl From<ReceiptRow> for Stored {
    fn from(row: ReceiptRow) -> Self {
        Self {
            record: ReceiptRecord {
                id: row.id,
                total_amount: Money::from_dirams(row.total_dirams),
                receipt_date: Timestamp::from_micros(row.receipt_date),
            },
            recorded_at: Timestamp::from_micros(row.created_at),
            is_voided: row.voided_at.is_some(),
        }
    }
}

macro_rules! receipt_by_key {
    ($more:literal) => {
        concat!(
            "SELECT id, total_dirams, receipt_date, created_at, voided_at FROM receipts ",
            "WHERE tenant_id = $1 AND external_key = $2",
            $more
        )
    };
}

/// The receipt of this key.
pub(super) async fn by_key(
    tx: &mut Tx,
    tenant_id: i64,
    key: &ExternalKey,
) -> Result<Option<Stored>, Error> {
    const RECEIPT: &str = receipt_by_key!("");
    let row: Option<ReceiptRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(RECEIPT).bind(tenant_id).bind(key.as_str()).fetch_optional(conn).await
    })?;
    Ok(row.map(Stored::from))
}

/// As [`by_key`], if this till has recorded it.
pub(super) async fn own_by_key(
    tx: &mut Tx,
    caller: &Caller,
    key: &ExternalKey,
) -> Result<Option<Stored>, Error> {
    const RECEIPT: &str = receipt_by_key!(" AND cashier_node_id = $3");
    let row: Option<ReceiptRow> = on_engine!(tx.conn(), conn => {
        sqlx::query_as(RECEIPT)
            .bind(caller.tenant_id)
            .bind(key.as_str())
            .bind(caller.node_id)
            .fetch_optional(conn)
            .await
    })?;
    Ok(row.map(Stored::from))
}

/// Takes a receipt out of the sums; false if that was done before.
pub(super) async fn mark_voided(
    tx: &mut Tx,
    caller: &Caller,
    receipt_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    const VOID: &str = "UPDATE receipts SET voided_at = $3, voided_by = $4 \
                        WHERE tenant_id = $1 AND id = $2 AND voided_at IS NULL";
    let voided = on_engine!(tx.conn(), conn => {
        sqlx::query(VOID)
            .bind(caller.tenant_id)
            .bind(receipt_id)
            .bind(now.micros())
            .bind(caller.node_id)
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(voided == 1)
}
