//! Records sales and redemptions.

use domain::sales::{self, Accrue};
use domain::{DocumentDate, Money, Refusal, Source, Timestamp};

use super::{Planned, RecordSale, Redemption, SaleRecord, sql};
use crate::db::Tx;
use crate::external_id::{self, Documents, ExternalKey, Inserted, Known};
use crate::ledger::{self, Client, Family};
use crate::notifications::{self, Notification};
use crate::{Command, Error, Recorded};

impl Command for RecordSale<'_> {
    type Outcome = Recorded<SaleRecord>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_new()
    }

    /// Runs seven statements for a plain accrual, with BEGIN and COMMIT nine round trips: lock,
    /// sums of the lots, sale, entries, lots, the client's row, the notification. One more for
    /// lines. One more for a client who has ever made a redemption without a sale: it looks for the
    /// redemption of this sale. Two more for bonuses that the sale spends: the lots they are taken
    /// from, and the allocations. If thousands of lots are spent, some more: see [`ledger::save`]
    /// and [`Client::read_until`].
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Recorded<SaleRecord>, Error> {
        self.till.check_id(self.cashier_node_id)?;
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

impl RecordSale<'_> {
    /// Answers a repeated sale as the first one, even if the rules would refuse it now.
    ///
    /// # Errors
    /// `refusal` if the sale is not recorded.
    async fn known_or(
        &self,
        tx: &mut Tx,
        client: &Family,
        refusal: Refusal,
        now: Timestamp,
    ) -> Result<Recorded<SaleRecord>, Error> {
        match self.known(tx, client, now).await? {
            Known::Same(first) => Ok(Recorded::Before(first)),
            Known::Free(_) | Known::Other => Err(refusal.into()),
        }
    }

    async fn record(
        &self,
        tx: &mut Tx,
        mut client: Client,
        now: Timestamp,
    ) -> Result<Recorded<SaleRecord>, Error> {
        let tenant_id = self.till.tenant_id;
        if client.is_blocked {
            return Err(Refusal::ClientBlocked.into());
        }
        let mut planned = self.plan(tx, &client, now).await?;
        let sale_id = match self.insert(tx, &client.family, &planned, now).await? {
            Inserted::New(id) => id,
            Inserted::Before(first) => return Ok(Recorded::Before(first)),
        };
        planned.record.id = sale_id;
        let Planned { plan, record, .. } = planned;
        if !self.lines.is_empty() {
            sql::insert_lines(tx, tenant_id, sale_id, &self.lines).await?;
        }
        let source = Source {
            sale_id: Some(sale_id),
            ..Source::default()
        };
        client
            .read_until(tx, plan.spend(), now, |lot| plan.may_spend(lot, now))
            .await?;
        plan.apply(&mut client.account, source, now)?;
        match self.accrue {
            Accrue::Yes => {
                client.total_spent = plan.spent_after(client.total_spent);
                client.history = client.history.after(&plan, now);
            }
            Accrue::No => client.last_redemption_at = Some(now),
        }
        ledger::save(tx, &client).await?;
        let notification = record.notification();
        notifications::enqueue(tx, tenant_id, client.id, &notification, now).await?;
        if let (Some(referrer), Some(referral)) = (client.referred_by, plan.referral) {
            let mut referrer = ledger::lock_id(tx, tenant_id, referrer, now).await?;
            plan.reward_referrer(&mut referrer.account, source, now);
            ledger::save(tx, &referrer).await?;
            notify_referrer(tx, &referrer, sale_id, referral.amount, now).await?;
        }
        Ok(Recorded::New(record))
    }

    /// Plans the sale by the rules. Counts the bonuses that its redemption has already taken.
    async fn plan(&self, tx: &mut Tx, client: &Client, now: Timestamp) -> Result<Planned, Error> {
        let terms = self.till.programme.terms(client.total_spent);
        let redemption = self.open_redemption(tx, client, now).await?;
        let plan = if let Some(redemption) = &redemption {
            let check = self.sums.after_redemption(redemption.redeemed)?.check()?;
            sales::plan_after_redemption(
                check,
                redemption.took_welcome,
                &client.history,
                &terms,
                now,
            )?
        } else {
            let check = self.sums.check()?;
            let (account, history) = (&client.account, &client.history);
            sales::plan(check, account, history, &terms, self.accrue, now)?
        };
        let before = client.account.figures(now).bonus_balance;
        let record = SaleRecord {
            id: 0,
            total_amount: plan.check.total(),
            bonus_accrued: plan.cashback(),
            bonus_redeemed: plan.check.redeem(),
            new_balance: plan.balance_after(before),
            sale_date: DocumentDate::or_commit(self.sale_date, now),
            accruals: plan.accruals.clone(),
        };
        Ok(Planned {
            plan,
            redemption_id: redemption.map(|redemption| redemption.id),
            record,
        })
    }

    async fn open_redemption(
        &self,
        tx: &mut Tx,
        client: &Client,
        now: Timestamp,
    ) -> Result<Option<Redemption>, Error> {
        match (
            self.accrue,
            &self.external_sale_id,
            client.last_redemption_at,
        ) {
            (Accrue::Yes, Some(external_id), Some(_)) => {
                let key = ExternalKey::of_redemption(self.till, external_id);
                sql::open_redemption(tx, self.till.tenant_id, &client.family, &key, now).await
            }
            _ => Ok(None),
        }
    }

    /// Stores the sale, if it is not recorded yet. For a redemption with an id, one statement
    /// before that looks for its sale.
    ///
    /// # Errors
    /// [`Error::ExternalIdConflict`] if another document has its external id.
    async fn insert(
        &self,
        tx: &mut Tx,
        client: &Family,
        planned: &Planned,
        now: Timestamp,
    ) -> Result<Inserted<SaleRecord>, Error> {
        if let Some(first) = self.known_with_its_sale(tx, client, now).await? {
            return Ok(Inserted::Before(first));
        }
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
                    external_id::retire(tx, Documents::Sales, tenant_id, old, key.as_ref()).await?;
                }
            }
        }
        Err(Error::corrupt(
            "sales.external_key",
            "a conflict without a sale",
        ))
    }

    /// Finds the earlier record of a redemption whose sale is already recorded: the redemption
    /// itself, or the sale if it has taken the same bonuses. A new redemption must come before its
    /// sale: after the sale, the sale's limit would be used a second time, and a return would not
    /// find these bonuses.
    ///
    /// # Errors
    /// [`Error::ExternalIdConflict`] if that sale does not belong to this redemption.
    async fn known_with_its_sale(
        &self,
        tx: &mut Tx,
        client: &Family,
        now: Timestamp,
    ) -> Result<Option<SaleRecord>, Error> {
        let (Accrue::No, Some(external_id)) = (self.accrue, &self.external_sale_id) else {
            return Ok(None);
        };
        let key = ExternalKey::of(self.till, external_id);
        let sale = sql::known(tx, self, client, &key, now).await?;
        if matches!(sale, Known::Free(_)) {
            return Ok(None);
        }
        match self.known(tx, client, now).await? {
            Known::Free(_) => sale.recorded(),
            redemption => redemption.recorded(),
        }
    }

    fn external_key(&self) -> Option<ExternalKey> {
        let external_id = self.external_sale_id.as_ref()?;
        Some(match self.accrue {
            Accrue::Yes => ExternalKey::of(self.till, external_id),
            Accrue::No => ExternalKey::of_redemption(self.till, external_id),
        })
    }

    async fn known(
        &self,
        tx: &mut Tx,
        client: &Family,
        now: Timestamp,
    ) -> Result<Known<SaleRecord>, Error> {
        match self.external_key() {
            Some(key) => sql::known(tx, self, client, &key, now).await,
            None => Ok(Known::Free(None)),
        }
    }
}

async fn notify_referrer(
    tx: &mut Tx,
    referrer: &Client,
    sale_id: i64,
    bonus: Money,
    now: Timestamp,
) -> Result<(), Error> {
    let notification = Notification::Referral {
        sale_id,
        bonus_dirams: bonus.dirams(),
    };
    notifications::enqueue(tx, referrer.tenant_id, referrer.id, &notification, now).await?;
    Ok(())
}

impl SaleRecord {
    fn notification(&self) -> Notification {
        Notification::Sale {
            sale_id: self.id,
            total_dirams: self.total_amount.dirams(),
            accrued_dirams: self
                .accruals
                .iter()
                .map(|accrual| accrual.amount.dirams())
                .sum(),
            redeemed_dirams: self.bonus_redeemed.dirams(),
            balance_dirams: self.new_balance.dirams(),
        }
    }
}
