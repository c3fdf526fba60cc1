//! A client's new phone.

use domain::{Phone, Timestamp};

use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::notifications::{self, Notification};
use crate::{Command, Error, ledger};

/// Gives a client another phone. Both numbers are told, and for a day nothing is redeemed: the
/// owner of a number that a stranger moves has a day to complain.
#[derive(Clone, Debug)]
pub struct ChangePhone<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The client.
    pub client_id: i64,
    /// The new phone.
    pub phone: &'a Phone,
}

/// The outcome of a change of phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneChanged {
    /// The client has the phone, now or from before.
    Done,
    /// The store has no such client, or the client was merged or erased.
    NotFound,
    /// This other client has the phone.
    Taken(i64),
}

impl Command for ChangePhone<'_> {
    type Outcome = PhoneChanged;

    fn has_changed(outcome: &PhoneChanged) -> bool {
        *outcome == PhoneChanged::Done
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<PhoneChanged, Error> {
        let (tenant_id, id, new) = (self.actor.tenant_id, self.client_id, self.phone);
        let Some(client) = ledger::lock_living(tx, tenant_id, id, now).await? else {
            return Ok(PhoneChanged::NotFound);
        };
        let Some(old) = client.phone.filter(|old| old != new) else {
            return Ok(PhoneChanged::Done);
        };
        if let Some(owner) = sql::owner_of(tx, tenant_id, new).await? {
            return Ok(PhoneChanged::Taken(owner));
        }
        sql::set_phone(tx, tenant_id, id, new, now).await?;
        sql::insert_phone_change(tx, tenant_id, id, &old, new, now).await?;
        for to in [&old, new] {
            let notification = Notification::PhoneChanged {
                to: to.to_string(),
                old_phone: old.to_string(),
                new_phone: new.to_string(),
                changed_at: now.micros(),
            };
            notifications::enqueue(tx, tenant_id, id, &notification, now).await?;
        }
        // The journal shows the phones of the change, which an erasure deletes.
        let (action, subject) = (Action::ClientPhoneChanged, Subject::Client(id));
        audit::record(tx, self.actor, action, subject, &Details::default(), now).await?;
        Ok(PhoneChanged::Done)
    }
}
