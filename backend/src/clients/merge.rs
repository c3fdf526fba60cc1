//! Merges: two clients who are one person become one.

use domain::merging::{WelcomeGift, welcome_to_cancel};
use domain::{LotKind, Money, Source, Timestamp};

use super::sql::{self, NewAct};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::ledger::{self, Client};
use crate::notifications;
use crate::returns::{GivenReward, referral_rewards};
use crate::{Backend, Command, Error};

/// Merges one client into another. It cannot be undone.
#[derive(Clone, Debug)]
pub struct Merge<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The client who stays.
    pub into: i64,
    /// The client who is merged.
    pub from: i64,
}

/// The reason why two clients cannot be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMerged {
    /// Both are the same client.
    Same,
    /// The store has no such client, or one of them was merged or erased.
    NotFound,
}

/// What a merge does to the balances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeEffect {
    /// The welcome bonuses that are cancelled, because one of two remains.
    pub welcome_cancelled: Money,
    /// The bonuses for inviting each other that are taken back.
    pub referral_cancelled: Money,
    /// The balance of both afterwards.
    pub balance: Money,
    /// The money paid for the kept goods of both.
    pub total_spent: Money,
    /// The kept purchases of both.
    pub purchases: i64,
    /// `true` if one of them is blocked: both are then.
    pub is_blocked: bool,
}

impl Command for Merge<'_> {
    type Outcome = Result<MergeEffect, NotMerged>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_ok()
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let (mut from, mut into) = match self.lock(tx, now).await? {
            Ok(both) => both,
            Err(reason) => return Ok(Err(reason)),
        };
        let effect = self.apply(tx, &mut from, &mut into, now).await?;
        let details = Details {
            after: Some(effect.balance.to_string()),
            ..Details::default()
        };
        for id in [into.id, from.id] {
            let subject = Subject::Client(id);
            audit::record(tx, self.actor, Action::ClientMerged, subject, &details, now).await?;
        }
        Ok(Ok(effect))
    }
}

/// Returns what a merge would do, without doing it: runs it in a transaction that is not committed.
///
/// # Errors
/// [`Error::Storage`].
pub async fn preview(
    backend: &Backend,
    merge: &Merge<'_>,
) -> Result<Result<MergeEffect, NotMerged>, Error> {
    let mut tx = backend.db.begin().await?;
    let now = backend.clock.now();
    let (mut from, mut into) = match merge.lock(&mut tx, now).await? {
        Ok(both) => both,
        Err(reason) => return Ok(Err(reason)),
    };
    let effect = merge.apply(&mut tx, &mut from, &mut into, now).await?;
    Ok(Ok(effect))
}

impl Merge<'_> {
    /// Locks both clients, the younger one first.
    async fn lock(
        &self,
        tx: &mut Tx,
        now: Timestamp,
    ) -> Result<Result<(Client, Client), NotMerged>, Error> {
        if self.from == self.into {
            return Ok(Err(NotMerged::Same));
        }
        let tenant_id = self.actor.tenant_id;
        let (younger, older) = (self.from.max(self.into), self.from.min(self.into));
        let younger = ledger::lock_living(tx, tenant_id, younger, now).await?;
        let older = ledger::lock_living(tx, tenant_id, older, now).await?;
        Ok(match younger.zip(older) {
            Some((younger, older)) if younger.id == self.from => Ok((younger, older)),
            Some((younger, older)) => Ok((older, younger)),
            None => Err(NotMerged::NotFound),
        })
    }

    /// Does the merge: takes back what two clients may have and one may not, closes one account and
    /// takes it in by the other, and lets everything that names the one lead to the other.
    async fn apply(
        &self,
        tx: &mut Tx,
        from: &mut Client,
        into: &mut Client,
        now: Timestamp,
    ) -> Result<MergeEffect, Error> {
        let tenant_id = self.actor.tenant_id;
        let act = NewAct {
            client_id: into.id,
            kind: "merge",
            amount: Money::ZERO,
            other_id: Some(from.id),
            reason: "",
            once: None,
        };
        let act_id = sql::insert_act(tx, self.actor, &act, now).await?;
        let source = Source {
            act_id,
            ..Source::default()
        };
        let mut effect = MergeEffect {
            referral_cancelled: revoke_referrals(tx, from, into, source, now).await?,
            welcome_cancelled: cancel_welcome(tx, from, into, source, now).await?,
            ..MergeEffect::default()
        };
        from.read_everything(tx, now).await?;
        let moved = from.account.close(source, now)?;
        into.read_until(tx, moved.debt, now, |_| true).await?;
        into.account.take_in(&moved, source, now)?;
        into.total_spent += from.total_spent;
        into.history = into.history.with(from.history);
        into.last_redemption_at = into.last_redemption_at.max(from.last_redemption_at);
        effect.total_spent = into.total_spent;
        effect.purchases = into.history.count;
        effect.is_blocked = into.is_blocked || from.is_blocked;
        effect.balance = into.account.figures(now).bonus_balance;
        from.total_spent = Money::ZERO;
        from.history = domain::sales::PurchaseHistory::default();
        ledger::save(tx, from).await?;
        ledger::save(tx, into).await?;
        if let Some(act_id) = act_id {
            sql::set_moved(tx, tenant_id, act_id, moved.balance()).await?;
        }
        sql::join(tx, tenant_id, from.id, into.id).await?;
        sql::move_own_side(tx, tenant_id, from.id, into.id).await?;
        notifications::note_reach(tx, tenant_id, from.id).await?;
        notifications::note_reach(tx, tenant_id, into.id).await?;
        Ok(effect)
    }
}

/// Takes back the bonuses that one of the two has for inviting the other. What was spent of them
/// becomes debt.
async fn revoke_referrals(
    tx: &mut Tx,
    from: &mut Client,
    into: &mut Client,
    source: Source,
    now: Timestamp,
) -> Result<Money, Error> {
    let mut sum = Money::ZERO;
    let (from_id, into_id) = (from.id, into.id);
    for (owner, buyer_id) in [(&mut *from, into_id), (&mut *into, from_id)] {
        let given: Vec<GivenReward> =
            referral_rewards(tx, owner.tenant_id, owner.id, buyer_id, now).await?;
        sum += given.iter().map(|given| given.reward.due).sum();
        owner.take_back(tx, &given, source, now).await?;
        if !given.is_empty() {
            // What was stored is not to be stored again.
            *owner = ledger::lock_id(tx, owner.tenant_id, owner.id, now).await?;
        }
    }
    Ok(sum)
}

/// Cancels what two welcome bonuses are more than one.
async fn cancel_welcome(
    tx: &mut Tx,
    from: &mut Client,
    into: &mut Client,
    source: Source,
    now: Timestamp,
) -> Result<Money, Error> {
    let gifts_of_from = gifts(tx, from, now).await?;
    let gifts_of_into = gifts(tx, into, now).await?;
    let cancelled = welcome_to_cancel([&gifts_of_from, &gifts_of_into]);
    for (client, amount) in [&mut *from, &mut *into].into_iter().zip(cancelled) {
        let is_welcome = |lot: &domain::Lot| lot.kind == LotKind::Welcome;
        client.read_until(tx, amount, now, is_welcome).await?;
        client.account.cancel_welcome(amount, source, now)?;
    }
    Ok(cancelled.into_iter().sum())
}

/// Returns the welcome bonuses of a client and of those merged into this one before.
async fn gifts(tx: &mut Tx, client: &Client, now: Timestamp) -> Result<Vec<WelcomeGift>, Error> {
    sql::welcome_gifts(tx, client.tenant_id, client.id, now).await
}
