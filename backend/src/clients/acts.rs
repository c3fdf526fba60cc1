//! Changes of a balance by hand.

use domain::by_hand::{self, Direction, NotAllowed, debit_stages};
use domain::expiry::expiry;
use domain::{LotKind, Money, Programme, Role, Source, Timestamp};

use super::sql::{self, NewAct};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::ledger::{self, Client};
use crate::notifications::{self, Notification};
use crate::{Command, Error};

/// Gives bonuses to a client by hand, or takes them.
#[derive(Clone, Debug)]
pub struct Adjust<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The role of the person, which decides how much.
    pub role: Role,
    /// The programme of the store, for the life of bonuses that are given.
    pub programme: &'a Programme,
    /// The client.
    pub client_id: i64,
    /// Whether bonuses are given or taken.
    pub direction: Direction,
    /// How many.
    pub amount: Money,
    /// Why.
    pub reason: &'a str,
    /// What the form carried. The same form acts once, however often it is sent.
    pub once: &'a str,
}

/// The outcome of a change by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjusted {
    /// The balance is changed, now or when the same form was first sent.
    Done,
    /// The store has no such client, or the client was merged or erased.
    NotFound,
    /// The limits do not allow it.
    NotAllowed(NotAllowed),
    /// The form was sent before with other values; nothing is changed now.
    FormUsed,
}

impl Command for Adjust<'_> {
    type Outcome = Adjusted;

    fn has_changed(outcome: &Adjusted) -> bool {
        *outcome == Adjusted::Done
    }

    /// Locks the person first, so that the acts of a day are counted one after another, then the
    /// client.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Adjusted, Error> {
        let tenant_id = self.actor.tenant_id;
        let done_today = match self.actor.user_id {
            Some(user_id) => {
                sql::lock_person(tx, tenant_id, user_id).await?;
                let midnight = now.local_midnight();
                sql::adjusted_since(tx, tenant_id, user_id, midnight).await?
            }
            None => Money::ZERO,
        };
        if let Some(is_same) = sql::known_act(tx, tenant_id, &self.act()).await? {
            return Ok(if is_same {
                Adjusted::Done
            } else {
                Adjusted::FormUsed
            });
        }
        let client = ledger::lock_living(tx, tenant_id, self.client_id, now).await?;
        let Some(mut client) = client else {
            return Ok(Adjusted::NotFound);
        };
        let (direction, amount) = (self.direction, self.amount);
        let account = &client.account;
        let allowed = by_hand::check(self.role, direction, amount, done_today, account, now);
        if let Err(reason) = allowed {
            return Ok(Adjusted::NotAllowed(reason));
        }
        let Some(act_id) = sql::insert_act(tx, self.actor, &self.act(), now).await? else {
            // Another request with this form was faster; it has other values, or it would be known.
            return Ok(Adjusted::FormUsed);
        };
        self.apply(tx, &mut client, act_id, now).await?;
        Ok(Adjusted::Done)
    }
}

impl Adjust<'_> {
    fn act(&self) -> NewAct<'_> {
        NewAct {
            client_id: self.client_id,
            kind: self.direction.as_str(),
            amount: self.amount,
            other_id: None,
            reason: self.reason,
            once: Some(self.once),
        }
    }

    async fn apply(
        &self,
        tx: &mut Tx,
        client: &mut Client,
        act_id: i64,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (tenant_id, amount) = (client.tenant_id, self.amount);
        let before = client.account.figures(now).bonus_balance;
        let source = Source {
            act_id: Some(act_id),
            ..Source::default()
        };
        let (action, change) = match self.direction {
            Direction::Credit => {
                let ends = expiry(&self.programme.terms(client.total_spent), now);
                let account = &mut client.account;
                account.credit(LotKind::Manual, amount, source, now, now, ends);
                (Action::ClientCredited, amount)
            }
            Direction::Debit => {
                for (stage, part) in debit_stages(&client.account, amount, now) {
                    client
                        .read_until(tx, part, now, |lot| stage.takes(lot, now))
                        .await?;
                }
                client.account.debit_by_hand(amount, source, now)?;
                (Action::ClientDebited, -amount)
            }
        };
        let after = client.account.figures(now).bonus_balance;
        ledger::save(tx, client).await?;
        let details = Details {
            before: Some(before.to_string()),
            after: Some(after.to_string()),
            reason: Some(self.reason.to_owned()),
            ..Details::default()
        };
        let subject = Subject::Client(client.id);
        audit::record(tx, self.actor, action, subject, &details, now).await?;
        let notification = Notification::Adjusted {
            act_id,
            change_dirams: change.dirams(),
            balance_dirams: after.dirams(),
        };
        notifications::enqueue(tx, tenant_id, client.id, &notification, now).await?;
        Ok(())
    }
}
