//! A check: `POST /cashier/sale` and `POST /cashier/redeem`; and those of before.

mod past_sales;
mod sql;

pub use past_sales::{PastSale, PastSales, past_sales};

use domain::sale::{Accrual, Accrue, Check, SalePlan, plan};
use domain::{Identifier, LotKind, Money, Quantity, Refusal, Source, Timestamp};

use crate::db::Tx;
use crate::ledger::{self, Client};
use crate::notifications::{self, Notification};
use crate::session::Caller;
use crate::{Command, Error};

/// A check as the till sent it.
#[derive(Clone, Debug)]
pub struct Sale<'a> {
    /// The till.
    pub caller: &'a Caller,
    /// Whose check it is.
    pub client: Identifier,
    /// Its sums.
    pub check: Check,
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
    /// When the till made it; the commit where absent. No rule looks at it.
    pub sale_date: Option<Timestamp>,
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

impl Command for Sale<'_> {
    type Outcome = SaleRecord;

    /// Statements: lock, lots, sale, then per entry one, per lot and per allocation one, the client's row, the
    /// notification; one more for lines. A plain accrual is seven, with BEGIN and COMMIT nine round trips.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<SaleRecord, Error> {
        match self.record(tx, now).await {
            // A repeated check is a repeated check, also where the rules would by now refuse it.
            Err(Error::Refused(refusal)) => Err(match self.recorded_before(tx).await? {
                Some(first) => Error::DuplicateSale(Box::new(first)),
                None => refusal.into(),
            }),
            ended => ended,
        }
    }
}

impl Sale<'_> {
    async fn record(&self, tx: &mut Tx, now: Timestamp) -> Result<SaleRecord, Error> {
        self.caller.check_node(self.cashier_node_id)?;
        let tenant_id = self.caller.tenant_id;
        let mut client = ledger::lock(tx, tenant_id, &self.client).await?;
        if client.is_blocked {
            return Err(Refusal::ClientBlocked.into());
        }
        let terms = self.caller.programme.terms(client.total_spent);
        let plan = plan(
            self.check,
            &client.account,
            &client.history,
            &terms,
            self.accrue,
            now,
        )?;
        let mut record = self.record_of(&client, &plan, now);
        let Some(sale_id) = sql::insert(tx, self, client.id, &record, now).await? else {
            return Err(match self.recorded_before(tx).await? {
                Some(first) => Error::DuplicateSale(Box::new(first)),
                None => Error::corrupt("sales.external_sale_id", "a conflict without a sale"),
            });
        };
        record.id = sale_id;
        if !self.lines.is_empty() {
            sql::insert_lines(tx, tenant_id, sale_id, &self.lines).await?;
        }
        let source = Source {
            sale_id: Some(sale_id),
            return_id: None,
        };
        plan.apply(&mut client.account, source, now)?;
        if self.accrue == Accrue::Yes {
            client.purchased(&plan, now);
        }
        ledger::save(tx, &client).await?;
        let subject = format!("sale:{sale_id}");
        notifications::enqueue(
            tx,
            tenant_id,
            client.id,
            &subject,
            &record.notification(),
            now,
        )
        .await?;
        if let Some(referrer) = client
            .referred_by
            .filter(|_| plan.referral_bonus.is_positive())
        {
            self.reward_referrer(tx, referrer, &plan, source, now)
                .await?;
        }
        Ok(record)
    }

    /// The answer, but for the number that recording will give it.
    fn record_of(&self, client: &Client, plan: &SalePlan, now: Timestamp) -> SaleRecord {
        let given: Money = plan.accruals.iter().map(|accrual| accrual.amount).sum();
        let before = client.account.figures(now).bonus_balance;
        SaleRecord {
            id: 0,
            total_amount: self.check.total(),
            bonus_accrued: plan.cashback(),
            bonus_redeemed: self.check.redeem(),
            new_balance: before - self.check.redeem() + given,
            sale_date: self.sale_date.unwrap_or_else(|| now.whole_seconds()),
            accruals: plan.accruals.clone(),
        }
    }

    async fn recorded_before(&self, tx: &mut Tx) -> Result<Option<SaleRecord>, Error> {
        match &self.external_sale_id {
            Some(external_id) => sql::by_external_id(tx, self.caller.tenant_id, external_id).await,
            None => Ok(None),
        }
    }

    /// Gives the bonus of a friend's first purchase to the one who invited them.
    async fn reward_referrer(
        &self,
        tx: &mut Tx,
        referrer: i64,
        plan: &SalePlan,
        source: Source,
        now: Timestamp,
    ) -> Result<(), Error> {
        let tenant_id = self.caller.tenant_id;
        let hold = self.caller.programme.redeem_hold_seconds;
        let bonus = plan.referral_bonus;
        let mut client = ledger::lock_id(tx, tenant_id, referrer).await?;
        client.account.credit(
            LotKind::Referral,
            bonus,
            source,
            now,
            now.plus_seconds(hold),
            plan.expires_at(),
        );
        ledger::save(tx, &client).await?;
        let sale_id = source.sale_id.unwrap_or_default();
        let notification = Notification::Referral {
            sale_id,
            bonus_dirams: bonus.dirams(),
        };
        let subject = format!("referral:{sale_id}");
        notifications::enqueue(tx, tenant_id, referrer, &subject, &notification, now).await?;
        Ok(())
    }
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

impl Client {
    /// Counts a purchase.
    fn purchased(&mut self, plan: &SalePlan, now: Timestamp) {
        self.total_spent += plan.check.paid();
        if self.history.count == 0 {
            self.history.first_at = Some(now);
        }
        self.history.count += 1;
        self.history.last_at = Some(now);
        self.history.second_rewarded |= plan
            .accruals
            .iter()
            .any(|accrual| accrual.kind == LotKind::SecondPurchase);
    }
}

impl Caller {
    /// # Errors
    /// [`Refusal::CashierNodeMismatch`] where the till names another than its token's.
    pub(crate) fn check_node(&self, named: Option<i64>) -> Result<(), Refusal> {
        match named {
            Some(named) if named != self.node_id => Err(Refusal::CashierNodeMismatch),
            _ => Ok(()),
        }
    }
}
