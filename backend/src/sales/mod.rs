//! A check: `POST /cashier/sale` and `POST /cashier/redeem`; and those of before.

mod past_sales;
mod sql;

pub use past_sales::{PastSale, PastSales, past_sales};

use domain::sales::{self, Accrual, Accrue, CheckSums, SalePlan};
use domain::{DocumentDate, Identifier, Money, Quantity, Refusal, Source, Timestamp};

use crate::db::Tx;
use crate::external_id::{self, Documents, ExternalKey, Inserted, Known};
use crate::ledger::{self, Client};
use crate::notifications::{self, Notification};
use crate::tills::AuthenticatedTill;
use crate::{Command, Error, Recorded};

/// A check as the till sent it.
#[derive(Clone, Debug)]
pub struct RecordSale<'a> {
    /// The till.
    pub till: &'a AuthenticatedTill,
    /// Whose check it is.
    pub client: Identifier,
    /// Its sums.
    pub sums: CheckSums,
    /// Whether it gives bonuses.
    pub accrue: Accrue,
    /// The till's own id: one effect, however often it is sent.
    pub external_sale_id: Option<String>,
    /// The fiscal number.
    pub receipt_number: Option<String>,
    /// The till's number as it believes; must be the token's.
    pub cashier_node_id: Option<i64>,
    /// The person, as the till names them.
    pub cashier_id: Option<String>,
    /// `card`, `cash`, whatever the till says.
    pub payment_method: Option<String>,
    /// When the till made it, as it believes. No rule of the ledger looks at it.
    pub sale_date: Option<DocumentDate>,
    /// What was bought.
    pub lines: Vec<SaleLine>,
}

/// A line of a check.
#[derive(Clone, Debug)]
pub struct SaleLine {
    /// The shop's article number.
    pub sku: Option<String>,
    /// The shop's category.
    pub category_code: Option<String>,
    /// As printed.
    pub name: String,
    /// How much of it.
    pub quantity: Quantity,
    /// For one.
    pub unit_price: Money,
    /// For all of it.
    pub line_amount: Money,
}

/// A recorded check, as the till is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleRecord {
    /// The public number.
    pub id: i64,
    /// As the till sent it.
    pub total_amount: Money,
    /// The cashback, without extras.
    pub bonus_accrued: Money,
    /// What bonuses paid.
    pub bonus_redeemed: Money,
    /// The client's balance after it.
    pub new_balance: Money,
    /// The till's date, or the commit's.
    pub sale_date: Timestamp,
    /// Everything the client was given.
    pub accruals: Vec<Accrual>,
}

impl Command for RecordSale<'_> {
    type Outcome = Recorded<SaleRecord>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_new()
    }

    /// Statements: lock, sums of the lots, sale, entries, lots, the client's row, the notification; one more for lines, one
    /// for a client who has used redemptions alone, which looks for this check's, and two for bonuses that it spends: the
    /// lots they are taken from, the allocations. A plain accrual is seven, with BEGIN and COMMIT nine round trips. Where
    /// thousands of lots are spent, some more: see [`ledger::save`] and [`Client::read_until`].
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Recorded<SaleRecord>, Error> {
        self.till.check_id(self.cashier_node_id)?;
        let client = ledger::lock(tx, self.till.tenant_id, &self.client, now).await?;
        let client_id = client.id;
        match self.record(tx, client, now).await {
            // A repeated check is a repeated check, also if the rules would by now refuse it.
            Err(Error::Refused(refusal)) => match self.known(tx, client_id, now).await? {
                Known::Same(first) => Ok(Recorded::Before(first)),
                Known::Free(_) | Known::Other => Err(refusal.into()),
            },
            ended => ended,
        }
    }
}

/// A redemption that waits for the sale of its check.
struct Redemption {
    id: i64,
    redeemed: Money,
    /// Some of it were welcome bonuses.
    took_welcome: bool,
}

/// A check with what the rules make of it, about to be stored.
struct Planned {
    plan: SalePlan,
    /// The redemption that has taken its bonuses.
    redemption_id: Option<i64>,
    record: SaleRecord,
}

impl RecordSale<'_> {
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
        let sale_id = match self.insert(tx, client.id, &planned, now).await? {
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
            return_id: None,
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

    /// What the rules make of the check, with the bonuses that a redemption of it has already taken.
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
                sql::open_redemption(tx, self.till.tenant_id, client.id, &key, now).await
            }
            _ => Ok(None),
        }
    }

    /// Stores the check, if it is not known yet. A redemption that has an id asks for its sale before, with one statement.
    ///
    /// # Errors
    /// [`Error::ExternalIdConflict`] if its external id is another check's.
    async fn insert(
        &self,
        tx: &mut Tx,
        client_id: i64,
        planned: &Planned,
        now: Timestamp,
    ) -> Result<Inserted<SaleRecord>, Error> {
        if let Some(first) = self.known_with_its_sale(tx, client_id, now).await? {
            return Ok(Inserted::Before(first));
        }
        let key = self.external_key();
        for _ in 0..external_id::TRIES {
            if let Some(id) = sql::insert(tx, self, client_id, planned, key.as_ref(), now).await? {
                return Ok(Inserted::New(id));
            }
            match self.known(tx, client_id, now).await? {
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

    /// The redemption, or the sale that has taken as many bonuses, if this is a redemption whose sale is recorded. A
    /// redemption comes before the sale of its check: after it, the check's limit would be used a second time, and no
    /// return would find these bonuses.
    ///
    /// # Errors
    /// [`Error::ExternalIdConflict`] if that sale is not the one of this redemption.
    async fn known_with_its_sale(
        &self,
        tx: &mut Tx,
        client_id: i64,
        now: Timestamp,
    ) -> Result<Option<SaleRecord>, Error> {
        let (Accrue::No, Some(external_id)) = (self.accrue, &self.external_sale_id) else {
            return Ok(None);
        };
        let key = ExternalKey::of(self.till, external_id);
        let sale = sql::known(tx, self, client_id, &key, now).await?;
        if matches!(sale, Known::Free(_)) {
            return Ok(None);
        }
        match self.known(tx, client_id, now).await? {
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
        client_id: i64,
        now: Timestamp,
    ) -> Result<Known<SaleRecord>, Error> {
        match self.external_key() {
            Some(key) => sql::known(tx, self, client_id, &key, now).await,
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
