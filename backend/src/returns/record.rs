//! Records returns.

use domain::expiry::expiry;
use domain::returns::{self, ReturnPlan, parts_to_restore};
use domain::rewards::{self, Reward};
use domain::sales::PurchaseHistory;
use domain::{Refusal, Source, Timestamp};

use super::original::{Afterwards, Original};
use super::{Kind, Planned, ReturnGoods, ReturnRecord, sql};
use crate::db::Tx;
use crate::external_id::{self, Documents, ExternalKey, Inserted, Known};
use crate::ledger::{self, Client, Family};
use crate::notifications::{self, Notification};
use crate::{Command, Error, Recorded};

impl Command for ReturnGoods<'_> {
    type Outcome = Recorded<ReturnRecord>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_new()
    }

    /// Runs these statements: lock, sums of the lots, the sale, its earlier returns, the bonuses it
    /// gave, the lots that bonuses are taken from, the sale's own lots, the return, its entries,
    /// lots and allocations, the client's row, the notification. Two more if bonuses are given
    /// back. If the whole sale has come back, one for the kept purchases, one for each reward taken
    /// back, and up to ten for the client who invited this one. A blocked client may still return
    /// goods.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Recorded<ReturnRecord>, Error> {
        let tenant_id = self.till.tenant_id;
        let Some(client) = ledger::lock(tx, tenant_id, &self.client, now).await? else {
            let earlier = ledger::lock_earlier_owner(tx, tenant_id, &self.client, now).await?;
            let earlier = earlier.ok_or(Refusal::ClientNotFound)?;
            let refusal = Refusal::ClientNotFound;
            return self.known_or(tx, &earlier.family, refusal, now).await;
        };
        let family = client.family.clone();
        match self.record(tx, client, now).await {
            Err(Error::Refused(refusal)) => self.known_or(tx, &family, refusal, now).await,
            ended => ended,
        }
    }
}

impl ReturnGoods<'_> {
    /// Answers a repeated return as the first one, even if the rules would refuse it now.
    ///
    /// # Errors
    /// `refusal` if the return is not recorded, [`Error::ExternalIdConflict`] if another return has
    /// its external id.
    async fn known_or(
        &self,
        tx: &mut Tx,
        client: &Family,
        refusal: Refusal,
        now: Timestamp,
    ) -> Result<Recorded<ReturnRecord>, Error> {
        match self.known(tx, client, now).await?.recorded()? {
            Some(first) => Ok(Recorded::Before(first)),
            None => Err(refusal.into()),
        }
    }

    async fn record(
        &self,
        tx: &mut Tx,
        mut client: Client,
        now: Timestamp,
    ) -> Result<Recorded<ReturnRecord>, Error> {
        let original = self.original(tx, &client, now).await?;
        let sale = original.as_ref().map(|original| &original.sale);
        let plan = returns::plan(&self.request, sale, &client.account, now)?;
        let kind = Kind::OfGoods;
        let recorded = self.carry_out(tx, &mut client, original, plan, kind, now);
        let recorded = recorded.await?;
        if let Recorded::New(record) = &recorded {
            self.notify(tx, &client, record, now).await?;
        }
        Ok(recorded)
    }

    /// Stores a planned return and all that it does.
    pub(super) async fn carry_out(
        &self,
        tx: &mut Tx,
        client: &mut Client,
        original: Option<Original>,
        plan: ReturnPlan,
        kind: Kind,
        now: Timestamp,
    ) -> Result<Recorded<ReturnRecord>, Error> {
        let tenant_id = self.till.tenant_id;
        let parts = match &original {
            Some(original) if plan.restored.is_positive() => {
                let taken = client
                    .taken_by(tx, original.redeemer_id, original.redemption_id, now)
                    .await?;
                parts_to_restore(taken, original.sale.before.restored, plan.restored)
            }
            _ => Vec::new(),
        };
        client
            .read_until(tx, plan.revocation.to_revoke, now, |_| true)
            .await?;
        let cashback = original.iter().flat_map(|original| &original.cashback_lots);
        let rewards = original.iter().flat_map(|original| &original.rewards);
        let lost = rewards.filter(|given| plan.lost_rewards.contains(&given.reward));
        let own = cashback.chain(lost.flat_map(|given| &given.lots));
        let own = own.copied().collect();
        client.read_lots(tx, own, now).await?;

        let mut planned = Planned {
            sale_id: original.as_ref().map(|original| original.id),
            record: record_of(&plan, client, now),
            plan,
            kind,
        };
        let return_id = match self.insert(tx, &client.family, &planned, now).await? {
            Inserted::New(id) => id,
            Inserted::Before(first) => return Ok(Recorded::Before(first)),
        };
        planned.record.id = return_id;
        let Planned {
            sale_id,
            plan,
            record,
            kind,
        } = planned;

        let source = Source {
            sale_id,
            return_id: Some(return_id),
            act_id: None,
        };
        let expires_at = match kind {
            Kind::OfGoods => expiry(&self.till.programme.terms(client.total_spent), now),
            // What has ended since the sale lives for a day: an undo must not prolong bonuses.
            Kind::Void => Some(now.plus_days(1)),
        };
        plan.apply(&mut client.account, &parts, source, now, expires_at)?;
        client.total_spent = plan.spent_after(client.total_spent);
        let afterwards = original.and_then(|original| original.afterwards);
        if let Some(Afterwards {
            kept,
            second_rewarded,
            ..
        }) = &afterwards
        {
            client.history = PurchaseHistory::of(kept, *second_rewarded);
        }
        ledger::save(tx, client).await?;
        for reward in &plan.lost_rewards {
            sql::mark_taken_back(tx, tenant_id, client.id, reward, return_id).await?;
        }
        if let Some(afterwards) = &afterwards {
            self.take_back_referral(tx, client, afterwards, source, now)
                .await?;
        }
        Ok(Recorded::New(record))
    }

    /// Takes back from the referrer the referral bonus for this client, if the client keeps no
    /// purchase that earns it. The part that the referrer has spent becomes their debt.
    async fn take_back_referral(
        &self,
        tx: &mut Tx,
        client: &Client,
        afterwards: &Afterwards,
        source: Source,
        now: Timestamp,
    ) -> Result<(), Error> {
        let tenant_id = client.tenant_id;
        // Clients who were merged may have been invited by different ones.
        let referrers = if client.family.is_single() {
            client.referred_by.into_iter().collect()
        } else {
            sql::referrers(tx, tenant_id, client.id).await?
        };
        let mut given = Vec::new();
        for id in referrers {
            // Locked before its rewards are read, because until then it may be merged.
            let referrer = ledger::lock_id(tx, tenant_id, id, now).await?;
            let rewards = sql::referral_rewards(tx, tenant_id, referrer.id, client.id, now).await?;
            given.push((referrer, rewards));
        }
        let rewards = given.iter().flat_map(|(_, rewards)| rewards);
        let rewards: Vec<Reward> = rewards.map(|given| given.reward).collect();
        let Afterwards { before, kept, .. } = afterwards;
        let lost = rewards::lost(&rewards, before, kept, &self.till.programme);
        for (mut referrer, mut given) in given {
            given.retain(|given| lost.contains(&given.reward));
            referrer.take_back(tx, &given, source, now).await?;
        }
        Ok(())
    }

    /// Stores the return, if it is not recorded yet.
    ///
    /// # Errors
    /// [`Error::ExternalIdConflict`] if another return has its external id.
    async fn insert(
        &self,
        tx: &mut Tx,
        client: &Family,
        planned: &Planned,
        now: Timestamp,
    ) -> Result<Inserted<ReturnRecord>, Error> {
        let key = self.external_key();
        for _ in 0..external_id::TRIES {
            if let Some(id) = sql::insert(tx, self, client.id(), planned, key.as_ref(), now).await?
            {
                return Ok(Inserted::New(id));
            }
            match self.known(tx, client, now).await? {
                Known::Same(first) => return Ok(Inserted::Before(first)),
                Known::Other => return Err(Error::ExternalIdConflict),
                Known::Free(old) => {
                    let tenant_id = self.till.tenant_id;
                    external_id::retire(tx, Documents::Returns, tenant_id, old, key.as_ref())
                        .await?;
                }
            }
        }
        Err(Error::corrupt(
            "returns.external_key",
            "a conflict without a return",
        ))
    }

    fn external_key(&self) -> Option<ExternalKey> {
        let external_id = self.external_return_id.as_ref()?;
        Some(ExternalKey::of(self.till, external_id))
    }

    async fn known(
        &self,
        tx: &mut Tx,
        client: &Family,
        now: Timestamp,
    ) -> Result<Known<ReturnRecord>, Error> {
        match self.external_key() {
            Some(key) => sql::known(tx, self, client, &key, now).await,
            None => Ok(Known::Free(None)),
        }
    }

    async fn notify(
        &self,
        tx: &mut Tx,
        client: &Client,
        record: &ReturnRecord,
        now: Timestamp,
    ) -> Result<(), Error> {
        let notification = Notification::Return {
            return_id: record.id,
            return_dirams: record.return_amount.dirams(),
            revoked_dirams: record.bonus_revoked.dirams(),
            restored_dirams: record.bonus_restored.dirams(),
            balance_dirams: record.new_balance.dirams(),
        };
        notifications::enqueue(tx, client.tenant_id, client.id, &notification, now).await?;
        Ok(())
    }
}

/// Makes the answer, without the number that the return gets when it is recorded.
fn record_of(plan: &ReturnPlan, client: &Client, now: Timestamp) -> ReturnRecord {
    let shortage = plan.revocation.shortage();
    let before = client.account.figures(now).bonus_balance;
    ReturnRecord {
        id: 0,
        return_amount: plan.return_amount,
        cash_refund_amount: plan.cash_refund,
        bonus_revoked: plan.revocation.to_revoke,
        bonus_restored: plan.restored,
        bonus_shortage: shortage,
        bonus_shortage_settled: plan.settled,
        new_balance: plan.balance_after(before),
    }
}
