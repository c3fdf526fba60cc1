//! What an admin has found normal.

use domain::Timestamp;
use domain::sharing::{Reason, Silencing};

use super::sql;
use crate::db::Tx;
use crate::till_number::TillNumber;
use crate::{Command, Error};

/// Says that a reason is normal for a till: it does not count for 30 days. The caller writes the
/// journal of the platform; the store has nothing to do with it. One statement.
#[derive(Clone, Copy, Debug)]
pub struct SilenceReason<'a> {
    /// The till.
    pub till: TillNumber,
    /// What is normal.
    pub reason: Reason,
    /// Why.
    pub note: &'a str,
    /// The name of the admin.
    pub who: &'a str,
}

impl Command for SilenceReason<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let silencing = Silencing::new(self.reason, now);
        let what = (silencing.reason.code(), silencing.until);
        sql::signs::silence(tx, self.till, what, (self.note, self.who)).await
    }
}
