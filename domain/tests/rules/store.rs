//! The ledger under test with the sales around it, kept the way a database keeps them.

use domain::returns::{self, ReturnTotals, ReturnedSale};
use domain::sale::{self, Accrue, Check, PurchaseHistory, RedeemMode};
use domain::{LotKind, Money, Programme, Refusal, Source, Terms, Timestamp};

use crate::client::Client;
use crate::steps::{GiveBack, Outcome, Sell, Step};
use crate::strategies::START;

/// A sale as stored, with what came back of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sold {
    client: usize,
    at: Timestamp,
    accrue: Accrue,
    referral: Money,
    second: bool,
    sums: ReturnedSale,
}

/// A store with two clients; client 0 has invited client 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Store {
    pub(crate) clients: [Client; 2],
    pub(crate) now: Timestamp,
    programme: Programme,
    sales: Vec<Sold>,
}

impl Store {
    pub(crate) fn new(programme: Programme) -> Self {
        Self {
            clients: Default::default(),
            now: START,
            programme,
            sales: Vec::new(),
        }
    }

    pub(crate) fn take(&mut self, step: &Step) -> Outcome {
        match step {
            Step::Sell(check) => self.sell(check).unwrap_or(Outcome::Refused),
            Step::Return(goods) => self.take_back(goods).unwrap_or(Outcome::Refused),
            Step::Grant {
                client,
                kind,
                amount,
                days,
            } => {
                let (now, amount) = (self.now, Money::from_dirams(*amount));
                let until = days.map(|days| now.plus_days(days));
                let mut account = self.clients[*client].load(&[]);
                account.credit(*kind, amount, Source::default(), now, now, until);
                self.clients[*client].save(&account);
                Outcome::Nothing
            }
            Step::Sweep { client } => {
                let mut account = self.clients[*client].load(&[]);
                let due = account.balance() - account.figures(self.now).bonus_balance;
                assert_eq!(account.expire(self.now), due);
                self.clients[*client].save(&account);
                Outcome::Nothing
            }
            Step::Wait { seconds } => {
                self.now = self.now.plus_seconds(*seconds);
                Outcome::Nothing
            }
        }
    }

    /// Invariant 6, over every sale.
    pub(crate) fn assert_nobody_got_more_back_than_he_paid(&self) {
        for Sold { sums, .. } in &self.sales {
            let before = sums.before;
            assert!(before.refunded + before.settled <= sums.paid, "{sums:?}");
            assert!(before.restored <= sums.redeemed, "{sums:?}");
            assert!(before.returned <= sums.gross, "{sums:?}");
            assert!(before.spent_back <= sums.paid, "{sums:?}");
        }
    }

    fn terms(&self, client: usize) -> Terms<'_> {
        let own = self.sales.iter().filter(|sale| sale.client == client);
        let spent = own.map(|sale| sale.sums.paid - sale.sums.before.spent_back);
        self.programme.terms(spent.sum())
    }

    fn history(&self, client: usize) -> PurchaseHistory {
        let kept = self.sales.iter().filter(|sale| {
            let whole = sale.sums.before.returned == sale.sums.gross;
            sale.client == client && sale.accrue == Accrue::Yes && !whole
        });
        let kept: Vec<_> = kept.collect();
        PurchaseHistory {
            count: i64::try_from(kept.len()).unwrap(),
            first_at: kept.first().map(|sale| sale.at),
            last_at: kept.last().map(|sale| sale.at),
            second_rewarded: kept.iter().any(|sale| sale.second),
        }
    }

    fn reward_inviter(&mut self, bonus: Money, source: Source) {
        let terms = self.terms(0);
        let from = self.now.plus_seconds(terms.programme.redeem_hold_seconds);
        let until = sale::expiry(&terms, self.now);
        let mut inviter = self.clients[0].load(&[]);
        inviter.credit(LotKind::Referral, bonus, source, self.now, from, until);
        self.clients[0].save(&inviter);
    }

    fn sell(&mut self, request: &Sell) -> Result<Outcome, Refusal> {
        let mut account = self.clients[request.client].load(&[]);
        let terms = self.terms(request.client);
        let gross = Money::from_dirams(request.gross);
        let most = account.figures(self.now).max_redeem(gross, &terms);
        let redeem = Money::from_dirams(request.ask.dirams(most.dirams(), request.gross));
        let (total, said) = match request.mode {
            RedeemMode::PaymentType => (gross, None),
            RedeemMode::Discount => (gross - redeem, request.says_gross.then_some(gross)),
        };
        let check = Check::new(request.mode, total, said, redeem)?;
        let history = self.history(request.client);
        let plan = sale::plan(check, &account, &history, &terms, request.accrue, self.now)?;

        let source = Source {
            sale_id: Some(i64::try_from(self.sales.len()).unwrap()),
            return_id: None,
        };
        plan.apply(&mut account, source, self.now)
            .expect("what the rules allow, the lots hold");
        let earned: Money = plan.accruals.iter().map(|accrual| accrual.amount).sum();
        let sums = ReturnedSale {
            gross: check.gross(),
            paid: check.paid(),
            accrued: plan.cashback(),
            redeemed: check.redeem(),
            extras: earned - plan.cashback(),
            before: ReturnTotals::default(),
        };
        let invited = request.client == 1;
        let referral = if invited {
            plan.referral_bonus
        } else {
            Money::ZERO
        };
        self.clients[request.client].save(&account);
        self.reward_inviter(referral, source);
        self.sales.push(Sold {
            client: request.client,
            at: self.now,
            accrue: request.accrue,
            referral,
            second: plan
                .accruals
                .iter()
                .any(|accrual| accrual.kind == LotKind::SecondPurchase),
            sums,
        });
        Ok(Outcome::Sold {
            redeemed: sums.redeemed.dirams(),
            cashback: sums.accrued.dirams(),
            extras: sums.extras.dirams(),
            referral: referral.dirams(),
        })
    }

    fn take_back(&mut self, goods: &GiveBack) -> Result<Outcome, Refusal> {
        let known = goods.sale.filter(|_| !self.sales.is_empty());
        let id = known.map(|number| number % self.sales.len());
        let sale = id.map(|id| self.sales[id].clone());
        let client = sale.as_ref().map_or(goods.client, |sale| sale.client);
        let sums = sale.as_ref().map(|sale| sale.sums);
        let left = sums.map_or(Money::from_somoni(1_000), |sums| {
            sums.gross - sums.before.returned
        });
        let request = goods.request(left.dirams());

        let source = Source {
            sale_id: id.map(|id| i64::try_from(id).unwrap()),
            return_id: Some(1),
        };
        let taken = source.sale_id.map(|id| self.clients[client].taken_by(id));
        let taken = taken.unwrap_or_default();
        let mut account = self.clients[client].load(&taken);
        let plan = returns::plan(&request, sums.as_ref(), &account, self.now)?;
        let before = sums.unwrap_or_default().before;
        let parts = returns::parts_to_restore(taken, before.restored, plan.restored);
        let until = sale::expiry(&self.terms(client), self.now);
        plan.apply(&mut account, &parts, source, self.now, until)
            .expect("what was redeemed can be given back");
        self.clients[client].save(&account);
        if let Some(id) = id {
            self.record_return(id, &plan, source);
        }
        Ok(Outcome::Returned {
            goods: plan.return_amount.dirams(),
            cash: plan.cash_refund.dirams(),
            revoked: plan.revocation.to_revoke.dirams(),
            restored: plan.restored.dirams(),
            settled: plan.settled.dirams(),
        })
    }

    fn record_return(&mut self, id: usize, plan: &returns::ReturnPlan, source: Source) {
        let sale = &mut self.sales[id];
        let before = &mut sale.sums.before;
        before.returned += plan.return_amount;
        before.refunded += plan.cash_refund;
        before.revoked += plan.revocation.to_revoke;
        before.restored += plan.restored;
        before.settled += plan.settled;
        before.spent_back += plan.spent_back;
        if plan.completes {
            let mut inviter = self.clients[0].load(&[]);
            inviter.revoke(sale.referral, source, self.now);
            self.clients[0].save(&inviter);
        }
    }
}
