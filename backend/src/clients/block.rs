//! Blocks: a blocked client gets and spends no bonuses, but may return goods.

use domain::Timestamp;

use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Command, Error, ledger};

/// Blocks a client with a reason, or ends the block. Its outcome is `false` if the store has no
/// such client. A client who is blocked already keeps the first moment and reason.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The client.
    pub client_id: i64,
    /// Why the client is blocked; `None` ends the block.
    pub reason: Option<&'a str>,
}

impl Command for Block<'_> {
    type Outcome = bool;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let (tenant_id, id) = (self.actor.tenant_id, self.client_id);
        let Some(client) = ledger::lock_living(tx, tenant_id, id, now).await? else {
            return Ok(false);
        };
        if client.is_blocked == self.reason.is_some() {
            return Ok(true);
        }
        sql::set_blocked(tx, tenant_id, id, self.reason, now).await?;
        let action = match self.reason {
            Some(_) => Action::ClientBlocked,
            None => Action::ClientUnblocked,
        };
        let details = Details {
            reason: self.reason.map(str::to_owned),
            ..Details::default()
        };
        let subject = Subject::Client(id);
        audit::record(tx, self.actor, action, subject, &details, now).await?;
        Ok(true)
    }
}
