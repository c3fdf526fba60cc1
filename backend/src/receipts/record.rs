//! Records receipts.

use domain::{DocumentDate, Timestamp};

use super::{ReceiptRecord, RecordReceipt, sql};
use crate::db::Tx;
use crate::external_id::{self, Documents, ExternalKey};
use crate::{Command, Error, Recorded};

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
