//! A naive shop: the rules of sales and returns read a second time, over [`Purse`]. What it says
//! should happen, the ledger must do.

use domain::sale::Accrue;
use domain::{AccrualBase, LotKind, Programme};

use crate::purse::{Pot, Purse};
use crate::steps::{GiveBack, Outcome, Sell, Step};
use crate::strategies::{DAY_SECONDS, START};

/// A sale and what has come back of it.
#[derive(Clone, Debug, Default)]
struct Sold {
    client: usize,
    at: i64,
    accrues: bool,
    gross: i64,
    paid: i64,
    cashback: i64,
    extras: i64,
    second: i64,
    referral: i64,
    /// What it redeemed and has not given back, in the order it was taken.
    taken: Vec<(usize, i64)>,
    redeemed: i64,
    returned: i64,
    refunded: i64,
    revoked: i64,
    settled: i64,
}

/// The shop and its two clients.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub(crate) programme: Programme,
    pub(crate) now: i64,
    pub(crate) purses: [Purse; 2],
    pub(crate) outcome: Outcome,
    sales: Vec<Sold>,
}

impl Shop {
    pub(crate) fn new(programme: Programme) -> Self {
        Self {
            programme,
            now: START.micros(),
            purses: Default::default(),
            outcome: Outcome::Nothing,
            sales: Vec::new(),
        }
    }

    pub(crate) fn take(&mut self, step: &Step) {
        self.outcome = match step {
            Step::Sell(check) => self.sell(check),
            Step::Return(goods) => self.take_back(goods).unwrap_or(Outcome::Refused),
            Step::Grant {
                client,
                kind,
                amount,
                days,
            } => {
                self.purses[*client].give(Pot {
                    kind: *kind,
                    amount: *amount,
                    left: *amount,
                    from: self.now,
                    until: days.map(|days| self.now + days * DAY_SECONDS * 1_000_000),
                    sale: None,
                });
                Outcome::Nothing
            }
            Step::Sweep { client } => {
                self.purses[*client].sweep(self.now);
                Outcome::Nothing
            }
            Step::Wait { seconds } => {
                self.now += seconds * 1_000_000;
                Outcome::Nothing
            }
        };
    }

    /// The most that `client` may pay of a check with bonuses.
    pub(crate) fn most(&self, client: usize, gross: i64) -> i64 {
        if gross < self.programme.min_purchase.dirams() {
            return 0;
        }
        let (_, share) = self.rates(client);
        let spendable = self.purses[client].redeemable(self.now, self.takes_welcome(gross));
        (gross * share / 10_000).min(spendable)
    }

    fn takes_welcome(&self, gross: i64) -> bool {
        gross >= self.programme.welcome_min_redeem.dirams()
    }

    /// Percentages of cashback and of redemption, in basis points.
    fn rates(&self, client: usize) -> (i64, i64) {
        let own = self.sales.iter().filter(|sale| sale.client == client);
        let spent: i64 = own
            .map(|sale| sale.paid - half_up(sale.paid, sale.returned, sale.gross))
            .sum();
        let programme = &self.programme;
        let mut tiers = programme.tiers.iter();
        let tier = tiers.rfind(|tier| tier.from_spent.dirams() <= spent);
        let bonus = tier.and_then(|tier| tier.bonus_percent);
        let redeem = tier.and_then(|tier| tier.max_redeem_percent);
        (
            bonus.unwrap_or(programme.bonus_percent).get(),
            redeem.unwrap_or(programme.max_redeem_percent).get(),
        )
    }

    fn until(&self) -> Option<i64> {
        let days = self.programme.bonus_expiry_days;
        (days > 0).then_some(self.now + days * DAY_SECONDS * 1_000_000)
    }

    fn give(&mut self, client: usize, kind: LotKind, amount: i64, from: i64, sale: Option<usize>) {
        let until = self.until();
        self.purses[client].give(Pot {
            kind,
            amount,
            left: amount,
            from,
            until,
            sale,
        });
    }

    fn sell(&mut self, check: &Sell) -> Outcome {
        let (client, gross) = (check.client, check.gross);
        let most = self.most(client, gross);
        let redeemed = check.ask.dirams(most, gross);
        if gross < self.programme.min_purchase.dirams() || redeemed > most {
            return Outcome::Refused;
        }
        let base = match self.programme.accrual_base {
            AccrualBase::NetCash => gross - redeemed,
            AccrualBase::Gross => gross,
        };
        let mut sold = Sold {
            client,
            at: self.now,
            accrues: check.accrue == Accrue::Yes,
            gross,
            paid: gross - redeemed,
            redeemed,
            ..Sold::default()
        };
        let (mut reactivation, mut second) = (0, 0);
        if sold.accrues {
            sold.cashback = half_up(base, self.rates(client).0, 10_000);
            (sold.referral, reactivation, second) = self.gifts(client);
            sold.extras = reactivation + second;
            sold.second = second;
        }
        let welcome = self.takes_welcome(gross);
        sold.taken = self.purses[client].spend(redeemed, self.now, welcome);
        let (id, from) = (
            Some(self.sales.len()),
            self.now + self.programme.redeem_hold_seconds * 1_000_000,
        );
        self.give(client, LotKind::Purchase, sold.cashback, from, id);
        self.give(client, LotKind::Reactivation, reactivation, from, id);
        self.give(client, LotKind::SecondPurchase, second, from, id);
        self.give(0, LotKind::Referral, sold.referral, from, id);
        let outcome = Outcome::Sold {
            redeemed,
            cashback: sold.cashback,
            extras: sold.extras,
            referral: sold.referral,
        };
        self.sales.push(sold);
        outcome
    }

    /// Referral, reactivation and second-purchase bonus of a purchase now.
    fn gifts(&self, client: usize) -> (i64, i64, i64) {
        let programme = &self.programme;
        let days = |days: i64| days * DAY_SECONDS * 1_000_000;
        let kept = self
            .sales
            .iter()
            .filter(|sale| sale.client == client && sale.accrues && sale.returned < sale.gross);
        let rewarded = kept.clone().any(|sale| sale.second > 0);
        let ages: Vec<i64> = kept.map(|sale| self.now - sale.at).collect();
        match ages.as_slice() {
            [] if client == 1 => (programme.referral_bonus.dirams(), 0, 0),
            [] => (0, 0, 0),
            [.., last] => {
                let pause = days(programme.reactivation_days);
                let asleep = pause > 0 && *last >= pause;
                let term = days(programme.second_purchase_days);
                let second = ages.len() == 1 && !rewarded && term > 0 && *last <= term;
                (
                    0,
                    i64::from(asleep) * programme.reactivation_bonus.dirams(),
                    i64::from(second) * programme.second_purchase_bonus.dirams(),
                )
            }
        }
    }

    /// `None`: refused.
    fn take_back(&mut self, back: &GiveBack) -> Option<Outcome> {
        let unknown = Sold {
            client: back.client,
            gross: 100_000,
            paid: 1_000_000,
            ..Sold::default()
        };
        let known = back.sale.filter(|_| !self.sales.is_empty());
        let id = known.map(|number| number % self.sales.len());
        let sale = id.map_or(unknown, |id| self.sales[id].clone());

        let left = sale.gross - sale.returned;
        let goods = match back.goods_permille {
            Some(permille) => left * permille / 1_000,
            None => id.map(|_| left)?,
        };
        let share = |of| half_up(of, sale.returned + goods, sale.gross);
        let whole = id.is_some() && goods == left;
        let extras = if whole { sale.extras } else { 0 };
        let pro_rata = id.map(|_| (share(sale.cashback) - sale.revoked).max(0) + extras);
        let revoked = back.revoke.or(pro_rata)?;
        let unrestored: i64 = sale.taken.iter().map(|(_, amount)| amount).sum();
        let restored_before = sale.redeemed - unrestored;
        let due = (share(sale.redeemed) - restored_before).clamp(0, unrestored);
        let restored = back.restore.unwrap_or(due);
        let purse = &mut self.purses[sale.client];
        let shortage = (revoked - purse.balance(self.now).max(0)).max(0);
        let paid_left = (sale.paid - sale.refunded - sale.settled).min(goods);
        let payable = match back.cash {
            Some(_) => paid_left,
            None => paid_left.min(goods - restored).max(0),
        };
        let settled = shortage.min(payable);
        let cash = back.cash.unwrap_or(payable - settled);
        let refused = goods < 1
            || (id.is_some() && goods > left)
            || restored > unrestored
            || (shortage > 0 && !back.settled)
            || cash > payable - settled;
        if refused {
            return None;
        }

        purse.revoke(revoked, id, self.now);
        let parts = match id {
            Some(id) => take_first(&mut self.sales[id].taken, restored),
            None => Vec::new(),
        };
        self.give(sale.client, LotKind::Settlement, settled, self.now, None);
        let until = self.until();
        self.purses[sale.client].put_back(&parts, self.now, until);
        if let Some(id) = id {
            let sale = &mut self.sales[id];
            sale.returned += goods;
            sale.refunded += cash;
            sale.revoked += revoked;
            sale.settled += settled;
            if whole {
                self.purses[0].revoke(sale.referral, Some(id), self.now);
            }
        }
        Some(Outcome::Returned {
            goods,
            cash,
            revoked,
            restored,
            settled,
        })
    }
}

/// `amount × part / whole`, half a diram up.
fn half_up(amount: i64, part: i64, whole: i64) -> i64 {
    let (down, rest) = (amount * part / whole, amount * part % whole);
    down + i64::from(2 * rest >= whole)
}

/// Moves the first `amount` out of `parts`.
fn take_first(parts: &mut Vec<(usize, i64)>, mut amount: i64) -> Vec<(usize, i64)> {
    let mut moved = Vec::new();
    for (pot, left) in parts.iter_mut() {
        let part = amount.min(*left);
        *left -= part;
        amount -= part;
        moved.push((*pot, part));
    }
    parts.retain(|(_, left)| *left > 0);
    moved
}
