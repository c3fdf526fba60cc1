//! The statements of a receipt.

use domain::{DocumentDate, Money, Timestamp};

use super::{ReceiptRecord, RecordReceipt};
use crate::Error;
use crate::db::Tx;
use crate::external_id::ExternalKey;
use crate::tills::AuthenticatedTill;

const INSERT: &str = r"
    INSERT INTO receipts (
        tenant_id,
        cashier_node_id,
        external_key,
        external_receipt_id,
        total_dirams,
        receipt_date,
        happened_at,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (tenant_id, external_key) DO NOTHING
    RETURNING id
";

/// Records the receipt. Returns `None` if the store has its external key already.
pub(super) async fn insert(
    tx: &mut Tx,
    receipt: &RecordReceipt<'_>,
    receipt_date: Timestamp,
    key: Option<&ExternalKey>,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let params = (
        receipt.till.tenant_id,
        receipt.till.id,
        key.map(ExternalKey::as_str),
        &receipt.external_receipt_id,
        receipt.total_amount.dirams(),
        receipt_date.micros(),
        DocumentDate::happened_at(receipt.receipt_date, now).micros(),
        now.micros(),
    );
    let inserted = tx.fetch_optional(INSERT, params).await?;
    Ok(inserted.map(|(id,)| id))
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

/// The columns of [`ReceiptRow`].
macro_rules! receipt_columns {
    () => {
        r"
        id,
        total_dirams,
        receipt_date,
        created_at,
        voided_at"
    };
}

const BY_KEY: &str = concat!(
    "
    SELECT",
    receipt_columns!(),
    "
    FROM receipts
    WHERE tenant_id = $1
        AND external_key = $2
"
);

/// Reads the receipt with this key.
pub(super) async fn by_key(
    tx: &mut Tx,
    tenant_id: i64,
    key: &ExternalKey,
) -> Result<Option<Stored>, Error> {
    let row: Option<ReceiptRow> = tx.fetch_optional(BY_KEY, (tenant_id, key.as_str())).await?;
    Ok(row.map(Stored::from))
}

const OWN_BY_KEY: &str = concat!(
    "
    SELECT",
    receipt_columns!(),
    "
    FROM receipts
    WHERE tenant_id = $1
        AND external_key = $2
        AND cashier_node_id = $3
"
);

/// Reads the receipt with this key if this till has recorded it.
pub(super) async fn own_by_key(
    tx: &mut Tx,
    till: &AuthenticatedTill,
    key: &ExternalKey,
) -> Result<Option<Stored>, Error> {
    let params = (till.tenant_id, key.as_str(), till.id);
    let row: Option<ReceiptRow> = tx.fetch_optional(OWN_BY_KEY, params).await?;
    Ok(row.map(Stored::from))
}

const VOID: &str = r"
    UPDATE receipts
    SET voided_at = $3,
        voided_by = $4
    WHERE tenant_id = $1
        AND id = $2
        AND voided_at IS NULL
";

/// Takes a receipt out of the sums. Returns `false` if that was done before.
pub(super) async fn mark_voided(
    tx: &mut Tx,
    till: &AuthenticatedTill,
    receipt_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (till.tenant_id, receipt_id, now.micros(), till.id);
    tx.execute(VOID, params).await?.one_or_none()
}
