//! A check without a client, for the store's figures (seed, "Чек без клиента").

use domain::{Money, Timestamp};

use crate::db::{Tx, on_engine};
use crate::session::Caller;
use crate::{Command, Error};

/// A receipt as the till sent it.
#[derive(Clone, Debug)]
pub struct Receipt<'a> {
    /// The till.
    pub caller: &'a Caller,
    /// Its sum.
    pub total_amount: Money,
    /// The till's own id: one effect, however often it is sent.
    pub external_receipt_id: Option<String>,
    /// The till's number as it believes; must be the token's.
    pub cashier_node_id: Option<i64>,
    /// When the till made it; the commit where absent.
    pub receipt_date: Option<Timestamp>,
}

/// A recorded receipt, as the till is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRecord {
    /// The public number.
    pub id: i64,
    /// Its sum.
    pub total_amount: Money,
    /// The till's date, or the commit's.
    pub receipt_date: Timestamp,
}

impl Command for Receipt<'_> {
    type Outcome = ReceiptRecord;

    /// One statement; two where the id is known.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<ReceiptRecord, Error> {
        const INSERT: &str = "INSERT INTO receipts (tenant_id, cashier_node_id, external_receipt_id, \
                              total_dirams, receipt_date, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
                              ON CONFLICT (tenant_id, external_receipt_id) DO NOTHING RETURNING id";
        self.caller.check_node(self.cashier_node_id)?;
        let receipt_date = self.receipt_date.unwrap_or_else(|| now.whole_seconds());
        let id: Option<i64> = on_engine!(tx.conn(), conn => {
            sqlx::query_scalar(INSERT)
                .bind(self.caller.tenant_id)
                .bind(self.caller.node_id)
                .bind(&self.external_receipt_id)
                .bind(self.total_amount.dirams())
                .bind(receipt_date.micros())
                .bind(now.micros())
                .fetch_optional(conn)
                .await
        })?;
        match id {
            Some(id) => Ok(ReceiptRecord {
                id,
                total_amount: self.total_amount,
                receipt_date,
            }),
            None => Err(Error::DuplicateReceipt(Box::new(
                self.recorded_before(tx).await?,
            ))),
        }
    }
}

impl Receipt<'_> {
    async fn recorded_before(&self, tx: &mut Tx) -> Result<ReceiptRecord, Error> {
        const RECEIPT: &str = "SELECT id, total_dirams, receipt_date FROM receipts \
                               WHERE tenant_id = $1 AND external_receipt_id = $2";
        let (id, total, date): (i64, i64, i64) = on_engine!(tx.conn(), conn => {
            sqlx::query_as(RECEIPT)
                .bind(self.caller.tenant_id)
                .bind(&self.external_receipt_id)
                .fetch_one(conn)
                .await
        })?;
        Ok(ReceiptRecord {
            id,
            total_amount: Money::from_dirams(total),
            receipt_date: Timestamp::from_micros(date),
        })
    }
}
