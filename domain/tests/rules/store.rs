//! The ledger under test with the sales around it, kept the way a database keeps them.

use domain::returns::{self, ReturnPlan, ReturnedSale};
use domain::rewards::{self, Reward};
use domain::sale::{self, Accrue, Check, KeptPurchase, PurchaseHistory, RedeemMode};
use domain::{Account, Lot, LotKind, Money, Programme, Refusal, Source, Terms, Timestamp};

use crate::client::Client;
use crate::steps::{GiveBack, Outcome, Sell, Step};
use crate::strategies::START;

/// A sale as stored, with what came back of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sold {
    client: usize,
    at: Timestamp,
    accrue: Accrue,
    sums: ReturnedSale,
}

impl Sold {
    fn kept(&self) -> bool {
        let before = &self.sums.before;
        self.accrue == Accrue::Yes && (before.count == 0 || before.returned < self.sums.total)
    }
}

/// A reward as stored: whose purchase earned it, whose lot it is.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Given {
    buyer: usize,
    owner: usize,
    reward: Reward,
}

/// A store with two clients; client 0 has invited client 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Store {
    pub(crate) clients: [Client; 2],
    pub(crate) now: Timestamp,
    programme: Programme,
    sales: Vec<Sold>,
    rewards: Vec<Given>,
}

impl Store {
    pub(crate) fn new(programme: Programme) -> Self {
        Self {
            clients: Default::default(),
            now: START,
            programme,
            sales: Vec::new(),
            rewards: Vec::new(),
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
            assert!(before.returned <= sums.total, "{sums:?}");
            assert!(before.spent_back <= sums.paid, "{sums:?}");
        }
    }

    /// Invariant 8: of each sale's cashback no more is left than the goods kept earn, and no client has
    /// more rewards than purchases that could earn them.
    pub(crate) fn assert_nobody_keeps_more_than_his_purchases_earn(&self) {
        for (id, sold) in self.sales.iter().enumerate() {
            let (sums, before) = (&sold.sums, sold.sums.before);
            if before.count > 0 {
                let expired = self.expired_cashback(sold.client, id);
                let share = sums.accrued.pro_rata(before.returned, sums.total);
                assert!(before.revoked + expired >= share, "{sold:?}");
            }
        }
        for client in 0..2 {
            let kept = self.kept(client).len();
            let count = |kind| {
                let own = |given: &&Given| given.buyer == client && given.reward.kind == kind;
                self.rewards.iter().filter(own).count()
            };
            assert!(count(LotKind::Referral) <= kept.min(1));
            assert!(count(LotKind::SecondPurchase) <= kept.min(1));
            assert!(count(LotKind::Reactivation) <= kept);
        }
    }

    fn terms(&self, client: usize) -> Terms<'_> {
        let own = self.sales.iter().filter(|sale| sale.client == client);
        let spent = own.map(|sale| sale.sums.paid - sale.sums.before.spent_back);
        self.programme.terms(spent.sum())
    }

    fn kept(&self, client: usize) -> Vec<KeptPurchase> {
        let sales = (0..).zip(&self.sales);
        sales
            .filter(|(_, sale)| sale.client == client && sale.kept())
            .map(|(sale_id, sale)| KeptPurchase {
                sale_id,
                at: sale.at,
            })
            .collect()
    }

    fn history(&self, client: usize) -> PurchaseHistory {
        let second =
            |given: &Given| given.buyer == client && given.reward.kind == LotKind::SecondPurchase;
        PurchaseHistory::of(&self.kept(client), self.rewards.iter().any(second))
    }

    /// Of a sale's cashback, what expired unspent.
    fn expired_cashback(&self, client: usize, sale: usize) -> Money {
        let sale = i64::try_from(sale).unwrap();
        self.clients[client].expired(self.now, |lot| {
            lot.kind == LotKind::Purchase && lot.sale_id == Some(sale)
        })
    }

    /// The rewards that `owner` has for purchases of `buyer` and loses by what is kept no longer.
    fn lost_rewards(
        &self,
        buyer: usize,
        owner: usize,
        [before, kept]: [&[KeptPurchase]; 2],
    ) -> Vec<Reward> {
        let own = |given: &&Given| {
            given.buyer == buyer
                && given.owner == owner
                && (owner == buyer) == (given.reward.kind != LotKind::Referral)
        };
        let rewards = self.rewards.iter().filter(own).map(|given| Reward {
            due: given.reward.due
                - self.clients[owner].expired(self.now, |lot| lot.seq == given.reward.lot_seq),
            ..given.reward
        });
        rewards::lost(&rewards.collect::<Vec<_>>(), before, kept, &self.programme)
    }

    fn forget(&mut self, owner: usize, lost: &[Reward]) {
        self.rewards.retain(|given| {
            given.owner != owner || lost.iter().all(|one| one.lot_seq != given.reward.lot_seq)
        });
    }

    fn sell(&mut self, request: &Sell) -> Result<Outcome, Refusal> {
        let buyer = request.client;
        let mut account = self.clients[buyer].load(&[]);
        let terms = self.terms(buyer);
        let gross = Money::from_dirams(request.gross);
        let most = account.figures(self.now).max_redeem(gross, &terms);
        let redeem = Money::from_dirams(request.ask.dirams(most.dirams(), request.gross));
        let (total, said) = match request.mode {
            RedeemMode::PaymentType => (gross, None),
            RedeemMode::Discount => (gross - redeem, request.says_gross.then_some(gross)),
        };
        let check = Check::new(request.mode, total, said, redeem)?;
        let history = self.history(buyer);
        let plan = sale::plan(check, &account, &history, &terms, request.accrue, self.now)?;

        let sale_id = i64::try_from(self.sales.len()).unwrap();
        let source = Source {
            sale_id: Some(sale_id),
            return_id: None,
        };
        plan.apply(&mut account, source, self.now)
            .expect("what the rules allow, the lots hold");
        let earned: Money = plan.accruals.iter().map(|accrual| accrual.amount).sum();
        let until = plan.expires_at();
        let from = self.now.plus_seconds(terms.programme.redeem_hold_seconds);
        let sums = ReturnedSale {
            total: check.total(),
            gross: check.gross(),
            paid: match request.accrue {
                Accrue::Yes => check.paid(),
                Accrue::No => Money::ZERO,
            },
            accrued: plan.cashback(),
            redeemed: check.redeem(),
            ..ReturnedSale::default()
        };
        let referral = if buyer == 1 {
            plan.referral_bonus
        } else {
            Money::ZERO
        };
        self.save(buyer, buyer, sale_id, &account);
        let mut inviter = self.clients[0].load(&[]);
        inviter.credit(LotKind::Referral, referral, source, self.now, from, until);
        self.save(buyer, 0, sale_id, &inviter);
        let outcome = Outcome::Sold {
            redeemed: sums.redeemed.dirams(),
            cashback: sums.accrued.dirams(),
            rewards: (earned - sums.accrued).dirams(),
            referral: referral.dirams(),
        };
        self.sales.push(Sold {
            client: buyer,
            at: self.now,
            accrue: request.accrue,
            sums,
        });
        Ok(outcome)
    }

    /// Stores the account and notes the rewards that the sale has opened in it.
    fn save(&mut self, buyer: usize, owner: usize, sale_id: i64, account: &Account) {
        let opened = account
            .new_entries()
            .iter()
            .filter(|entry| entry.opened.is_some());
        let lots = opened.filter_map(|entry| account.lot(entry.seq));
        let rewards = lots.filter(|lot| {
            use LotKind::{Reactivation, Referral, SecondPurchase};
            matches!(lot.kind, Reactivation | Referral | SecondPurchase)
        });
        self.rewards.extend(rewards.map(|lot| Given {
            buyer,
            owner,
            reward: Reward {
                lot_seq: lot.seq,
                kind: lot.kind,
                sale_id,
                due: lot.amount,
            },
        }));
        self.clients[owner].save(account);
    }

    fn take_back(&mut self, goods: &GiveBack) -> Result<Outcome, Refusal> {
        let known = goods.sale.filter(|_| !self.sales.is_empty());
        let id = known.map(|number| number % self.sales.len());
        let client = id.map_or(goods.client, |id| self.sales[id].client);
        let mut sums = id.map(|id| self.sales[id].sums.clone());
        let request = goods.request(sums.as_ref());
        let purchases = self.kept(client);
        let mut kept = purchases.clone();
        if let (Some(id), Some(sale)) = (id, &mut sums) {
            sale.expired = self.expired_cashback(client, id);
            if sale.completed_by(request.return_amount) {
                let id = i64::try_from(id).unwrap();
                kept.retain(|purchase| purchase.sale_id != id);
                sale.lost_rewards = self.lost_rewards(client, client, [&purchases, &kept]);
            }
        }

        let source = Source {
            sale_id: id.map(|id| i64::try_from(id).unwrap()),
            return_id: Some(1),
        };
        let taken = source.sale_id.map(|id| self.clients[client].taken_by(id));
        let taken = taken.unwrap_or_default();
        let mut account = self.clients[client].load(&taken);
        let plan = returns::plan(&request, sums.as_ref(), &account, self.now)?;
        let before = sums.as_ref().map(|sums| sums.before).unwrap_or_default();
        let parts = returns::parts_to_restore(taken, before.restored, plan.restored);
        let until = sale::expiry(&self.terms(client), self.now);
        plan.apply(&mut account, &parts, source, self.now, until)
            .expect("what was redeemed can be given back");
        self.clients[client].save(&account);
        if let (Some(id), Some(sums)) = (id, sums) {
            self.record_return(id, &sums, &plan);
            if plan.completes {
                self.forget(client, &plan.lost_rewards);
                self.take_back_referral(client, [&purchases, &kept], source);
            }
        }
        Ok(Outcome::Returned {
            goods: plan.return_amount.dirams(),
            cash: plan.cash_refund.dirams(),
            revoked: plan.revocation.to_revoke.dirams(),
            restored: plan.restored.dirams(),
            settled: plan.settled.dirams(),
        })
    }

    fn record_return(&mut self, id: usize, sums: &ReturnedSale, plan: &ReturnPlan) {
        let rewards: Money = plan.lost_rewards.iter().map(|reward| reward.due).sum();
        let cashback = plan.revocation.to_revoke - rewards;
        let charged = cashback + sums.before.revoked + sums.expired;
        assert!(
            cashback.is_zero() || charged <= sums.accrued,
            "never more than was given and has not burned: {plan:?}"
        );
        let before = &mut self.sales[id].sums.before;
        before.count += 1;
        before.returned += plan.counted;
        before.refunded += plan.cash_refund;
        before.revoked += cashback;
        before.restored += plan.restored;
        before.settled += plan.settled;
        before.spent_back += plan.spent_back;
    }

    fn take_back_referral(
        &mut self,
        buyer: usize,
        purchases: [&[KeptPurchase]; 2],
        source: Source,
    ) {
        if buyer == 0 {
            return;
        }
        let lost = self.lost_rewards(buyer, 0, purchases);
        let mut inviter = self.clients[0].load(&[]);
        for reward in &lost {
            let own = |lot: &Lot| lot.seq == reward.lot_seq;
            inviter
                .revoke(reward.due, own, source, self.now)
                .expect("every lot is in memory");
        }
        self.clients[0].save(&inviter);
        self.forget(0, &lost);
    }
}
