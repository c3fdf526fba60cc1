//! Receipts, i.e. purchases without a client, which are recorded for the store's figures (seed,
//! "Чек без клиента").

mod sql;

use domain::receipts::check_voidable;
use domain::{DocumentDate, Money, Refusal, Timestamp};

use crate::db::Tx;
use crate::external_id::{self, Documents, ExternalKey};
use crate::tills::AuthenticatedTill;
use crate::{Command, Error, Recorded};

/// A receipt as the till sent it.
#[derive(Clone, Debug)]
pub struct RecordReceipt<'a> {
    /// The till.
    pub till: &'a AuthenticatedTill,
    /// Its sum.
    pub total_amount: Money,
    /// The till's own id. A receipt with the same id is recorded once, however often it is sent.
    pub external_receipt_id: Option<String>,
    /// The number that the till sent as its own. It must be the number of the token's till.
    pub cashier_node_id: Option<i64>,
    /// The date and time by the till's clock.
    pub receipt_date: Option<DocumentDate>,
}

/// A recorded receipt, as answered to the till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRecord {
    /// The public number.
    pub id: i64,
    /// Its sum.
    pub total_amount: Money,
    /// The till's date, or the moment of the commit.
    pub receipt_date: Timestamp,
}

impl Command for RecordReceipt<'_> {
    type Outcome = Recorded<ReceiptRecord>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_new()
    }

    /// Runs one statement; two if the id is known, four if the till's numbers have started again.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Recorded<ReceiptRecord>, Error> {
        self.till.check_id(self.cashier_node_id)?;
        let tenant_id = self.till.tenant_id;
        let key = self
            .external_receipt_id
            .as_ref()
            .map(|id| ExternalKey::of(self.till, id));
        let receipt_date = DocumentDate::or_commit(self.receipt_date, now);
        let recorded = |id| ReceiptRecord {
            id,
            total_amount: self.total_amount,
            receipt_date,
        };
        let conflict = || Error::corrupt("receipts.external_key", "a conflict without a receipt");
        for _ in 0..external_id::TRIES {
            if let Some(id) = sql::insert(tx, self, receipt_date, key.as_ref(), now).await? {
                return Ok(Recorded::New(recorded(id)));
            }
            let key = key.as_ref().ok_or_else(conflict)?;
            let first = sql::by_key(tx, tenant_id, key)
                .await?
                .ok_or_else(conflict)?;
            if !key.is_free_again(first.recorded_at, now) {
                return if first.record.total_amount == self.total_amount {
                    Ok(Recorded::Before(first.record))
                } else {
                    Err(Error::ExternalIdConflict)
                };
            }
            let old = Some(first.record.id);
            external_id::retire(tx, Documents::Receipts, tenant_id, old, Some(key)).await?;
        }
        Err(conflict())
    }
}

/// A request to void a receipt that the till has recorded by mistake. The row stays, with the till
/// that voided it and the moment, but no longer counts in the sums.
#[derive(Clone, Debug)]
pub struct VoidReceipt<'a> {
    /// The till. It can void only its own receipts.
    pub till: &'a AuthenticatedTill,
    /// The till's own id of the receipt.
    pub external_receipt_id: String,
}

impl Command for VoidReceipt<'_> {
    type Outcome = Recorded<ReceiptRecord>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_new()
    }

    /// Runs two statements; one if the receipt was voided before or is not found.
    ///
    /// # Errors
    /// [`Refusal::ReceiptNotFound`], [`Refusal::ReceiptTooOld`].
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Recorded<ReceiptRecord>, Error> {
        let key = ExternalKey::of(self.till, &self.external_receipt_id);
        let stored = sql::own_by_key(tx, self.till, &key)
            .await?
            .ok_or(Refusal::ReceiptNotFound)?;
        if stored.is_voided {
            return Ok(Recorded::Before(stored.record));
        }
        check_voidable(stored.recorded_at, now)?;
        if sql::mark_voided(tx, self.till, stored.record.id, now).await? {
            Ok(Recorded::New(stored.record))
        } else {
            // Another request has just voided it.
            Ok(Recorded::Before(stored.record))
        }
    }
}
