//! A naive shop: a second implementation of the rules of sales and returns, built on [`Purse`]. The
//! ledger must give the same results.

mod by_hand;

use domain::sales::{Accrue, RedeemMode};
use domain::{AccrualBase, LotKind, Programme};

use super::gifts::Gift;
use super::purse::{Pot, Purse};
use crate::steps::{GiveBack, Outcome, Sell, Step};
use crate::strategies::{DAY_SECONDS, START};

/// A sale and what has come back of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sold {
    pub(crate) client: usize,
    pub(crate) at: i64,
    pub(crate) accrues: bool,
    pub(crate) total: i64,
    pub(crate) gross: i64,
    pub(crate) paid: i64,
    pub(crate) cashback: i64,
    /// The bonuses redeemed and not yet given back, in the order in which they were taken.
    pub(crate) taken: Vec<(usize, i64)>,
    pub(crate) redeemed: i64,
    pub(crate) returns: i64,
    pub(crate) returned: i64,
    pub(crate) refunded: i64,
    pub(crate) revoked: i64,
    pub(crate) settled: i64,
}

impl Sold {
    pub(crate) fn kept(&self) -> bool {
        self.accrues && (self.returns == 0 || self.returned < self.total)
    }
}

/// The shop and its two clients.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub(crate) programme: Programme,
    pub(crate) now: i64,
    pub(crate) purses: [Purse; 2],
    /// The client whom each client's number finds: another one after a merge.
    pub(crate) into: [usize; 2],
    /// The amount that each client has paid for kept goods. It decides the tier.
    pub(crate) spent: [i64; 2],
    pub(crate) outcome: Outcome,
    pub(crate) sales: Vec<Sold>,
    pub(crate) gifts: Vec<Gift>,
}

impl Shop {
    pub(crate) fn new(programme: Programme) -> Self {
        Self {
            programme,
            now: START.micros(),
            purses: Default::default(),
            into: [0, 1],
            spent: [0; 2],
            outcome: Outcome::Nothing,
            sales: Vec::new(),
            gifts: Vec::new(),
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
                self.purses[self.into[*client]].give(Pot {
                    kind: *kind,
                    sale: None,
                    amount: *amount,
                    left: *amount,
                    from: self.now,
                    until: days.map(|days| self.now + days * DAY_SECONDS * 1_000_000),
                    burned: 0,
                });
                Outcome::Nothing
            }
            Step::Sweep { client } => {
                self.purses[*client].sweep(self.now);
                Outcome::Nothing
            }
            Step::Adjust {
                client,
                direction,
                amount,
            } => self.adjust(self.into[*client], *direction, *amount),
            Step::Merge { from } => self.merge(*from, 1 - *from),
            Step::Wait { seconds } => {
                self.now += seconds * 1_000_000;
                Outcome::Nothing
            }
        };
    }

    /// Returns the largest part of a sale that `client` may pay with bonuses.
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

    /// Returns the percentages of cashback and of redemption, in basis points.
    fn rates(&self, client: usize) -> (i64, i64) {
        let programme = &self.programme;
        let mut tiers = programme.tiers.iter();
        let tier = tiers.rfind(|tier| tier.from_spent.dirams() <= self.spent[client]);
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

    fn give(
        &mut self,
        client: usize,
        kind: LotKind,
        sale: Option<usize>,
        amount: i64,
        from: i64,
    ) -> Option<usize> {
        let until = self.until();
        self.purses[client].give(Pot {
            kind,
            sale,
            amount,
            left: amount,
            from,
            until,
            burned: 0,
        })
    }

    fn sell(&mut self, check: &Sell) -> Outcome {
        let (client, gross) = (self.into[check.client], check.gross);
        let most = self.most(client, gross);
        let redeemed = check.ask.dirams(most, gross);
        if gross < self.programme.min_purchase.dirams() || redeemed > most {
            return Outcome::Refused;
        }
        let base = match self.programme.accrual_base {
            AccrualBase::NetCash => gross - redeemed,
            AccrualBase::Gross => gross,
        };
        let accrues = check.accrue == Accrue::Yes;
        let mut sold = Sold {
            client,
            at: self.now,
            accrues,
            total: match check.mode {
                RedeemMode::PaymentType => gross,
                RedeemMode::Discount => gross - redeemed,
            },
            gross,
            paid: if accrues { gross - redeemed } else { 0 },
            redeemed,
            ..Sold::default()
        };
        let mut gifts = (0, 0, 0);
        if accrues {
            sold.cashback = half_up(base, self.rates(client).0, 10_000);
            gifts = self.earned_gifts(client);
        }
        let (referral, reactivation, second) = gifts;
        let welcome = self.takes_welcome(gross);
        sold.taken = self.purses[client].spend(redeemed, self.now, welcome);
        let from = self.now + self.programme.redeem_hold_seconds * 1_000_000;
        let sale = self.sales.len();
        self.give(client, LotKind::Purchase, Some(sale), sold.cashback, from);
        let outcome = Outcome::Sold {
            redeemed,
            cashback: sold.cashback,
            rewards: reactivation + second,
            referral,
        };
        self.spent[client] += sold.paid;
        self.sales.push(sold);
        for (owner, kind, amount) in [
            (client, LotKind::Reactivation, reactivation),
            (client, LotKind::SecondPurchase, second),
            (0, LotKind::Referral, referral),
        ] {
            let pot = self.give(owner, kind, Some(sale), amount, from);
            self.gifts.extend(pot.map(|_| Gift {
                kind,
                buyer: client,
                sale,
                amount,
            }));
        }
        outcome
    }

    /// Makes a return. `None` means that it is refused.
    fn take_back(&mut self, back: &GiveBack) -> Option<Outcome> {
        let unknown = Sold {
            client: self.into[back.client],
            total: 100_000,
            gross: 100_000,
            paid: 100_000,
            ..Sold::default()
        };
        let known = back.sale.filter(|_| !self.sales.is_empty());
        let id = known.map(|number| number % self.sales.len());
        let sale = id.map_or(unknown, |id| self.sales[id].clone());
        let (owner, client) = (sale.client, self.into[sale.client]);
        let whole_of = |of: i64| if id.is_some() { of } else { 0 };

        let left = sale.total - sale.returned;
        let asked = match back.goods_permille {
            Some(permille) => left * permille / 1_000,
            None => id.map(|_| left)?,
        };
        let of_gross = asked > left && left > 0 && asked == half_up(sale.gross, left, sale.total);
        let goods = if of_gross { left } else { asked };
        let whole = id.is_some() && goods == left && (goods > 0 || sale.returns == 0);
        if (id.is_some() && goods > left) || (goods < 1 && !whole) {
            return None;
        }
        let share = |of| half_up(of, sale.returned + goods, sale.total);

        // Bonuses to take back: the share of the cashback, or the till's figure if it is larger.
        // The last goods add the gifts. Bonuses that expired unspent are not charged.
        let lost = match id {
            Some(id) if whole => self.lost_gifts(client, id),
            _ => Vec::new(),
        };
        let own: Vec<(Gift, i64)> = lost
            .iter()
            .map(|place| self.gifts[*place])
            .filter(|gift| gift.kind != LotKind::Referral)
            .map(|gift| {
                let expired = self.expired(client, gift.kind, gift.sale);
                (gift, gift.amount - expired)
            })
            .collect();
        let gifts_due: i64 = own.iter().map(|(_, due)| due).sum();
        let balance = self.purses[client].balance(self.now).max(0);
        let named = back
            .revoke
            .map(|figure| figure.dirams(whole_of(sale.cashback)));
        let expired = id.map_or(0, |id| self.expired(client, LotKind::Purchase, id));
        let cashback = if id.is_some() {
            let unrevoked = sale.cashback - sale.revoked;
            if named.is_some_and(|named| named > unrevoked + gifts_due) {
                return None;
            }
            let due = share(sale.cashback) - sale.revoked - expired;
            due.max(named.unwrap_or(0)).min(unrevoked - expired).max(0)
        } else {
            named.filter(|named| *named <= balance)?
        };
        let revoked = cashback + gifts_due;

        // Bonuses and cash to give back, each by its share. More bonuses only in place of cash.
        let unrestored: i64 = sale.taken.iter().map(|(_, amount)| amount).sum();
        let restored_before = sale.redeemed - unrestored;
        let fair = (share(sale.redeemed) - restored_before).clamp(0, unrestored);
        let worth = match id {
            Some(_) => share(sale.gross) - restored_before - sale.refunded - sale.settled,
            None => goods,
        };
        let named_cash = back.cash.map(|figure| figure.dirams(whole_of(sale.paid)));
        let restored = match back
            .restore
            .map(|figure| figure.dirams(whole_of(sale.redeemed)))
        {
            None => fair,
            Some(named) => {
                let most = (worth - named_cash.unwrap_or(0)).max(fair).min(unrestored);
                Some(named).filter(|named| *named <= most)?
            }
        };
        let paid_share = match id {
            Some(_) => share(sale.paid) - sale.refunded - sale.settled,
            None => goods,
        };
        let is_in_place = id.is_some() && restored_before + restored > share(sale.redeemed);
        let payable = if is_in_place {
            paid_share.min(worth - restored).max(0)
        } else {
            paid_share.max(0)
        };
        let shortage = (revoked - balance).max(0);
        let settled = shortage.min(payable);
        let cash = named_cash.unwrap_or(payable - settled);
        if (shortage > 0 && !back.settled) || cash > payable - settled {
            return None;
        }

        let is_cashback =
            |pot: &Pot| pot.kind == LotKind::Purchase && pot.sale.is_some() && pot.sale == id;
        self.purses[client].revoke(cashback, is_cashback, self.now);
        for (gift, due) in own {
            self.purses[client].revoke(due, |pot| gift.is_in(pot), self.now);
        }
        let parts = match id {
            Some(id) => take_first(&mut self.sales[id].taken, restored),
            None => Vec::new(),
        };
        self.give(client, LotKind::Settlement, None, settled, self.now);
        let until = self.until();
        if owner == client {
            self.purses[client].put_back(&parts, self.now, until);
        } else {
            let pots = self.purses[owner].pots.clone();
            self.purses[client].put_back_from(&pots, &parts, self.now, until);
        }
        let unspent = match id {
            Some(_) => share(sale.paid) - half_up(sale.paid, sale.returned, sale.total),
            None => goods,
        };
        self.spent[client] = (self.spent[client] - unspent).max(0);
        if let Some(id) = id {
            let sale = &mut self.sales[id];
            sale.returns += 1;
            sale.returned += goods;
            sale.refunded += cash;
            sale.revoked += cashback;
            sale.settled += settled;
        }
        for place in &lost {
            let gift = self.gifts[*place];
            if gift.kind == LotKind::Referral {
                let due = gift.amount - self.expired(0, gift.kind, gift.sale);
                self.purses[0].revoke(due, |pot| gift.is_in(pot), self.now);
            }
        }
        let mut place = 0;
        self.gifts.retain(|_| {
            place += 1;
            !lost.contains(&(place - 1))
        });
        Some(Outcome::Returned {
            goods: asked,
            cash,
            revoked,
            restored,
            settled,
        })
    }

    /// Returns what expired of a sale's cashback or gift, also in the purse that was emptied.
    fn expired(&self, client: usize, kind: LotKind, sale: usize) -> i64 {
        let members = (0..2).filter(|member| self.into[*member] == client);
        let pots = members.flat_map(|member| &self.purses[member].pots);
        let meant = pots.filter(|pot| pot.kind == kind && pot.sale == Some(sale));
        meant.map(|pot| pot.expired(self.now)).sum()
    }
}

/// Computes `amount × part / whole`, rounded half up to a diram. Returns `amount` if `whole` is
/// zero.
fn half_up(amount: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return amount;
    }
    let (down, rest) = (amount * part / whole, amount * part % whole);
    down + i64::from(2 * rest >= whole)
}

/// Moves the first `amount` out of `parts` and returns it.
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
