//! Sums up days that have ended for good, so that reports of a year need not read its documents.
//!
//! A document belongs to the day on which it happened, and may be recorded up to 72 hours later
//! (contract, "Dates"), and a sale may be voided 72 hours after it was recorded. So the sums of a
//! day change no more [`LATEST_DAYS`] after its end, and no till waits for a row of sums.

use domain::Timestamp;

use super::sql;
use crate::db::{Db, Tx};
use crate::{Backend, Command, Error};

/// The whole days after the end of a day in which its documents may still change, and one more, so
/// that nothing that changes them still runs.
const LATEST_DAYS: i64 = 7;

/// The days that one transaction sums up: on SQLite the tills wait for it.
const DAYS_AT_ONCE: i64 = 7;

/// Returns the midnight before which no day changes any more.
fn settled_until(now: Timestamp) -> Timestamp {
    now.local_midnight().plus_days(-LATEST_DAYS)
}

/// Returns the midnight until which the sums of days may be read. One statement.
pub(super) async fn summed_until(
    tx: &mut Tx,
    tenant_id: i64,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let summed = sql::summed_until(tx, tenant_id).await?;
    // If the clock was ahead when they were made, later days may have changed since.
    Ok(summed.map(|summed| summed.min(settled_until(now))))
}

/// Sums up some of the store's days that are not summed up yet. Its outcome is `false` if there are
/// no more.
pub(crate) struct SumUpDays {
    /// The store.
    pub(crate) tenant_id: i64,
}

impl Command for SumUpDays {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let settled = settled_until(now);
        let Some(first) = sql::first_document(tx, self.tenant_id).await? else {
            return Ok(false);
        };
        let first = first.local_midnight();
        let from = sql::lock_summed_until(tx, self.tenant_id, first).await?;
        if from == settled {
            return Ok(false);
        }
        // Days that a clock that was ahead has summed up too early are forgotten.
        let from = from.min(settled);
        let until = from.plus_days(DAYS_AT_ONCE).min(settled);
        sql::sum_up(tx, self.tenant_id, (from, until)).await?;
        Ok(until < settled)
    }
}

/// Sums up all settled days of a store, a few in each transaction, without pauses for tills.
///
/// # Errors
/// [`Error::Storage`].
pub async fn sum_up_days(backend: &Backend, tenant_id: i64) -> Result<(), Error> {
    while backend.run(&SumUpDays { tenant_id }).await? {}
    Ok(())
}

/// Counts the sums of a store's days that are not what its documents say. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub(crate) async fn different_days(db: &Db, tenant_id: i64) -> Result<i64, Error> {
    let mut tx = db.begin_read().await?;
    let until = sql::summed_until(&mut tx, tenant_id).await?;
    let Some(until) = until else {
        return Ok(0);
    };
    let from = Timestamp::default().local_midnight();
    sql::different(&mut tx, tenant_id, (from, until)).await
}
