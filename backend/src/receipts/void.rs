//! Voids receipts.

use domain::receipts::check_voidable;
use domain::{Refusal, Timestamp};

use super::{ReceiptRecord, VoidReceipt, sql};
use crate::db::Tx;
use crate::external_id::ExternalKey;
use crate::{Command, Error, Recorded};

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
