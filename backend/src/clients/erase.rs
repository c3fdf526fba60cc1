//! Erasure: the ledger stays, and nothing in it names the person any more.

use domain::Timestamp;

use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Command, Error, ledger};

/// Erases the name, the phones and everything else that names a client. Its outcome is `false` if
/// the store has no such client, or the client was merged or erased. Clients who were merged into
/// this one are erased with it.
#[derive(Clone, Debug)]
pub struct Erase<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The client.
    pub client_id: i64,
}

impl Command for Erase<'_> {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let (tenant_id, id) = (self.actor.tenant_id, self.client_id);
        if ledger::lock_living(tx, tenant_id, id, now).await?.is_none() {
            return Ok(false);
        }
        sql::forget_answers(tx, tenant_id, id).await?;
        sql::forget_own_side(tx, tenant_id, id).await?;
        sql::erase(tx, tenant_id, id, now).await?;
        sql::forget_phones(tx, tenant_id, id).await?;
        let (action, subject) = (Action::ClientErased, Subject::Client(id));
        audit::record(tx, self.actor, action, subject, &Details::default(), now).await?;
        Ok(true)
    }
}
