//! The ledger under test and the sales around it, kept in the way a database keeps them.

mod asserts;
mod by_hand;

use domain::expiry;
use domain::replay::{Document, PastReturn, PastSale};
use domain::returns::{self, ReturnPlan, ReturnedSale};
use domain::rewards::{self, Reward};
use domain::sales::{self, Accrue, Check, KeptPurchase, PurchaseHistory, RedeemMode};
use domain::{Account, Lot, LotKind, Money, Programme, Refusal, Source, Terms, Timestamp};

use crate::client::Client;
use crate::steps::{GiveBack, Outcome, Sell, Step};
use crate::strategies::START;

/// A sale as stored, with the sums of its returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sold {
    pub(crate) client: usize,
    at: Timestamp,
    accrue: Accrue,
    pub(crate) sums: ReturnedSale,
}

impl Sold {
    fn kept(&self) -> bool {
        let before = &self.sums.before;
        self.accrue == Accrue::Yes && (before.count == 0 || before.returned < self.sums.total)
    }
}

/// A reward as stored: the client whose purchase earned it and the client who owns the lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) buyer: usize,
    owner: usize,
    pub(crate) reward: Reward,
}

/// The store's record of a client, apart from the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bought {
    pub(crate) spent: Money,
    history: PurchaseHistory,
}

/// A store with two clients; client 0 has invited client 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Store {
    pub(crate) clients: [Client; 2],
    pub(crate) now: Timestamp,
    pub(crate) bought: [Bought; 2],
    pub(crate) programme: Programme,
    pub(crate) sales: Vec<Sold>,
    pub(crate) rewards: Vec<Given>,
    /// All documents with their clients, in the order in which they were recorded.
    pub(crate) documents: Vec<(usize, Document)>,
    /// The client whom each client's number finds: another one after a merge.
    into: [usize; 2],
}

impl Store {
    pub(crate) fn new(programme: Programme) -> Self {
        Self {
            clients: Default::default(),
            now: START,
            into: [0, 1],
            bought: Default::default(),
            programme,
            sales: Vec::new(),
            rewards: Vec::new(),
            documents: Vec::new(),
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
                let client = self.into[*client];
                let until = days.map(|days| now.plus_days(days));
                let mut account = self.clients[client].load(&[]);
                account.credit(*kind, amount, Source::default(), now, now, until);
                self.clients[client].save(&account);
                Outcome::Nothing
            }
            Step::Sweep { client } => {
                let mut account = self.clients[*client].load(&[]);
                let due = account.balance() - account.figures(self.now).bonus_balance;
                assert_eq!(account.expire(self.now), due);
                self.clients[*client].save(&account);
                Outcome::Nothing
            }
            Step::Adjust {
                client,
                direction,
                amount,
            } => self.adjust(self.into[*client], *direction, Money::from_dirams(*amount)),
            Step::Merge { from } => self.merge(*from, 1 - *from),
            Step::Wait { seconds } => {
                self.now = self.now.plus_seconds(*seconds);
                Outcome::Nothing
            }
        }
    }

    fn terms(&self, client: usize) -> Terms<'_> {
        self.programme.terms(self.bought[client].spent)
    }

    fn balance(&self, client: usize) -> Money {
        self.clients[client]
            .load(&[])
            .figures(self.now)
            .bonus_balance
    }

    pub(crate) fn kept(&self, client: usize) -> Vec<KeptPurchase> {
        let sales = (0..).zip(&self.sales);
        sales
            .filter(|(_, sale)| self.into[sale.client] == client && sale.kept())
            .map(|(sale_id, sale)| KeptPurchase {
                sale_id,
                at: sale.at,
            })
            .collect()
    }

    /// Returns what expired unspent in lots of a client and of one merged into this one.
    fn expired(&self, client: usize, are_meant: impl Fn(&Lot) -> bool) -> Money {
        let members = (0..2).filter(|member| self.into[*member] == client);
        members
            .map(|member| self.clients[member].expired(self.now, &are_meant))
            .sum()
    }

    /// Returns the part of a sale's cashback that expired unspent.
    fn expired_cashback(&self, client: usize, sale: usize) -> Money {
        let sale = i64::try_from(sale).unwrap();
        self.expired(client, |lot| {
            lot.kind == LotKind::Purchase && lot.sale_id == Some(sale)
        })
    }

    /// Returns the rewards that `owner` has for purchases of `buyer`.
    fn given_rewards(&self, buyer: usize, owner: usize) -> Vec<Reward> {
        let own = |given: &&Given| {
            let is_referral = given.reward.kind == LotKind::Referral;
            self.into[given.buyer] == buyer
                && self.into[given.owner] == owner
                && (owner == buyer) != is_referral
        };
        let rewards = self.rewards.iter().filter(own).map(|given| Reward {
            due: given.reward.due - self.expired(owner, |lot| given.reward.is_in(lot)),
            ..given.reward
        });
        rewards.collect()
    }

    /// Returns the rewards that `owner` loses because `buyer` no longer keeps a purchase.
    fn lost_rewards(
        &self,
        buyer: usize,
        owner: usize,
        [before, kept]: [&[KeptPurchase]; 2],
    ) -> Vec<Reward> {
        let given = self.given_rewards(buyer, owner);
        rewards::lost(&given, before, kept, &self.programme)
    }

    fn forget(&mut self, owner: usize, lost: &[Reward]) {
        self.rewards.retain(|given| {
            let is_same =
                |one: &Reward| (one.kind, one.sale_id) == (given.reward.kind, given.reward.sale_id);
            self.into[given.owner] != owner || !lost.iter().any(is_same)
        });
    }

    fn sell(&mut self, request: &Sell) -> Result<Outcome, Refusal> {
        let buyer = self.into[request.client];
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
        let Bought { spent, history } = self.bought[buyer];
        let plan = sales::plan(check, &account, &history, &terms, request.accrue, self.now)?;
        let expected = plan.balance_after(self.balance(buyer));

        let sale_id = i64::try_from(self.sales.len()).unwrap();
        let source = Source {
            sale_id: Some(sale_id),
            return_id: None,
            act_id: None,
        };
        plan.apply(&mut account, source, self.now)
            .expect("the lots hold the amount that the rules allow");
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
        self.save(buyer, buyer, sale_id, &account);
        assert_eq!(self.balance(buyer), expected);
        if request.accrue == Accrue::Yes {
            self.bought[buyer] = Bought {
                spent: plan.spent_after(spent),
                history: history.after(&plan, self.now),
            };
        }
        let referral = plan.referral.filter(|_| buyer == 1 && self.into[0] == 0);
        if referral.is_some() {
            let mut inviter = self.clients[0].load(&[]);
            plan.reward_referrer(&mut inviter, source, self.now);
            self.save(buyer, 0, sale_id, &inviter);
        }
        let outcome = Outcome::Sold {
            redeemed: sums.redeemed.dirams(),
            cashback: sums.accrued.dirams(),
            rewards: (plan.given() - sums.accrued).dirams(),
            referral: referral.map_or(0, |referral| referral.amount.dirams()),
        };
        let past = PastSale {
            id: sale_id,
            at: self.now,
            accrue: request.accrue,
            mode: request.mode,
            total: sums.total,
            gross: sums.gross,
            redeemed: sums.redeemed,
            accrued: sums.accrued,
        };
        self.documents.push((buyer, Document::Sale(past)));
        self.sales.push(Sold {
            client: buyer,
            at: self.now,
            accrue: request.accrue,
            sums,
        });
        Ok(outcome)
    }

    /// Stores the account and records the rewards that the sale has given in it.
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
        let client = self.into[id.map_or(goods.client, |id| self.sales[id].client)];
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
            act_id: None,
        };
        let owner = id.map_or(client, |id| self.sales[id].client);
        let taken = source
            .sale_id
            .map(|id| self.clients[owner].taken_by(id, owner == client));
        let taken = taken.unwrap_or_default();
        let mut account = self.clients[client].load(&taken);
        let plan = returns::plan(&request, sums.as_ref(), &account, self.now)?;
        let expected = plan.balance_after(self.balance(client));
        let before = sums.as_ref().map(|sums| sums.before).unwrap_or_default();
        let parts = returns::parts_to_restore(taken, before.restored, plan.restored);
        let until = expiry::expiry(&self.terms(client), self.now);
        plan.apply(&mut account, &parts, source, self.now, until)
            .expect("redeemed bonuses can be given back");
        self.clients[client].save(&account);
        assert_eq!(self.balance(client), expected);
        let past = PastReturn {
            sale_id: source.sale_id,
            counted: plan.counted,
            spent_back: plan.spent_back,
            completes: plan.completes,
        };
        self.documents.push((client, Document::Return(past)));
        let bought = &mut self.bought[client];
        bought.spent = plan.spent_after(bought.spent);
        if let (Some(id), Some(sums)) = (id, sums) {
            self.record_return(id, &sums, &plan);
            if plan.completes {
                let given = self.given_rewards(client, client);
                let keeps_second = rewards::keeps_second(&given, &plan.lost_rewards);
                self.bought[client].history = PurchaseHistory::of(&kept, keeps_second);
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
            "never more than was given and has not expired: {plan:?}"
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
        if buyer == 0 || self.into[0] != 0 {
            return;
        }
        let lost = self.lost_rewards(buyer, 0, purchases);
        let mut inviter = self.clients[0].load(&[]);
        rewards::take_back(&mut inviter, &lost, source, self.now).expect("every lot is in memory");
        self.clients[0].save(&inviter);
        self.forget(0, &lost);
    }
}
