//! What an admin does inside a store. The act itself writes the store's journal, which its owner
//! reads; this adds the journal of the platform, in the same transaction.

use domain::Timestamp;

use crate::audit::{self, Action, Details, PlatformActor, PlatformSubject};
use crate::db::Tx;
use crate::{Command, Error};

/// An act of an admin in a store.
#[derive(Clone, Debug)]
pub struct ByAdmin<'a, C> {
    /// The admin.
    pub admin: &'a PlatformActor,
    /// The store.
    pub tenant_id: i64,
    /// The act itself, by [`PlatformActor::in_store`].
    pub command: C,
    /// What the journal of the platform calls it.
    pub action: Action,
    /// The names of the store and of what the act is done to, and the reason.
    pub details: Details,
}

impl<C: Command> Command for ByAdmin<'_, C> {
    type Outcome = C::Outcome;

    fn has_changed(outcome: &C::Outcome) -> bool {
        C::has_changed(outcome)
    }

    /// The statements of the act, and one.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<C::Outcome, Error> {
        let outcome = self.command.execute(tx, now).await?;
        if C::has_changed(&outcome) {
            let subject = PlatformSubject::Store(self.tenant_id);
            let (action, details) = (self.action, &self.details);
            audit::record_on_platform(tx, self.admin, action, subject, details, now).await?;
        }
        Ok(outcome)
    }
}
