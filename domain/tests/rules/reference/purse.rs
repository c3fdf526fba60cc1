//! One client's bonuses, kept in the simplest way: the reference with which the ledger is compared.
//! It uses plain integers of dirams and microseconds, no entries and no sorted lots.

use domain::LotKind;

/// A credit and the part of it that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pot {
    pub(crate) kind: LotKind,
    /// The sale that it was given for.
    pub(crate) sale: Option<usize>,
    pub(crate) amount: i64,
    pub(crate) left: i64,
    pub(crate) from: i64,
    pub(crate) until: Option<i64>,
    /// The amount that a sweep ended.
    pub(crate) burned: i64,
}

impl Pot {
    pub(crate) fn alive(&self, now: i64) -> bool {
        self.until.is_none_or(|until| now < until)
    }

    /// Returns the amount that expired unspent, swept or not.
    pub(crate) fn expired(&self, now: i64) -> i64 {
        self.burned + if self.alive(now) { 0 } else { self.left }
    }

    fn spendable(&self, now: i64, welcome: bool) -> bool {
        self.alive(now) && self.from <= now && (welcome || self.kind != LotKind::Welcome)
    }
}

/// A client's pots in the order in which they were given, and the client's debt.
#[derive(Clone, Debug, Default)]
pub(crate) struct Purse {
    pub(crate) pots: Vec<Pot>,
    pub(crate) debt: i64,
}

impl Purse {
    /// Returns what is left in the unexpired pots for which `counts` is true.
    pub(crate) fn sum(&self, now: i64, counts: impl Fn(&Pot) -> bool) -> i64 {
        let alive = self.pots.iter().filter(|pot| pot.alive(now));
        alive.filter(|pot| counts(pot)).map(|pot| pot.left).sum()
    }

    pub(crate) fn balance(&self, now: i64) -> i64 {
        self.sum(now, |_| true) - self.debt
    }

    pub(crate) fn redeemable(&self, now: i64, welcome: bool) -> i64 {
        (self.sum(now, |pot| pot.spendable(now, welcome)) - self.debt).max(0)
    }

    /// Pays debt with part of `amount` and returns the rest.
    fn pay_debt(&mut self, amount: i64) -> i64 {
        let paid = amount.min(self.debt);
        self.debt -= paid;
        amount - paid
    }

    /// Adds a pot if its amount is above zero, and returns its index.
    pub(crate) fn give(&mut self, pot: Pot) -> Option<usize> {
        if pot.amount <= 0 {
            return None;
        }
        let left = self.pay_debt(pot.amount);
        self.pots.push(Pot { left, ..pot });
        Some(self.pots.len() - 1)
    }

    pub(crate) fn spend(&mut self, amount: i64, now: i64, welcome: bool) -> Vec<(usize, i64)> {
        let (taken, missing) = self.drain(amount, |pot| pot.spendable(now, welcome));
        assert_eq!(missing, 0, "the reference spends only what the pots hold");
        taken
    }

    /// Takes bonuses from their own pots first, then from the others. The rest
    /// becomes debt.
    pub(crate) fn revoke(&mut self, amount: i64, own: impl Fn(&Pot) -> bool, now: i64) {
        let (_, rest) = self.drain(amount, |pot| own(pot) && pot.alive(now));
        let (_, rest) = self.drain(rest, |pot| pot.alive(now));
        self.debt += rest;
    }

    /// Gives back to pots the amounts spent from them. For expired pots, opens a new pot that ends
    /// at `until`.
    pub(crate) fn put_back(&mut self, parts: &[(usize, i64)], now: i64, until: Option<i64>) {
        let mut late = 0;
        for &(index, amount) in parts {
            if self.pots[index].alive(now) {
                let amount = self.pay_debt(amount);
                self.pots[index].left += amount;
            } else {
                late += amount;
            }
        }
        self.give(Pot {
            kind: LotKind::Restore,
            sale: None,
            amount: late,
            left: late,
            from: now,
            until,
            burned: 0,
        });
    }

    /// Gives back amounts that were spent from pots of another purse, which was emptied into this
    /// one: each into a new pot like the old one.
    pub(crate) fn put_back_from(
        &mut self,
        other: &[Pot],
        parts: &[(usize, i64)],
        now: i64,
        until: Option<i64>,
    ) {
        let is_late = |part: &&(usize, i64)| !other[part.0].alive(now);
        let late: i64 = parts.iter().filter(is_late).map(|(_, amount)| amount).sum();
        self.give(Pot {
            kind: LotKind::Restore,
            sale: None,
            amount: late,
            left: late,
            from: now,
            until,
            burned: 0,
        });
        for &(index, amount) in parts {
            if other[index].alive(now) {
                self.give(Pot {
                    amount,
                    burned: 0,
                    ..other[index]
                });
            }
        }
    }

    /// Takes bonuses by hand: those that any purchase may spend, then welcome bonuses, then held
    /// ones. Returns `false` if there are not enough.
    pub(crate) fn take_by_hand(&mut self, amount: i64, now: i64) -> bool {
        if amount > self.balance(now) {
            return false;
        }
        let (_, rest) = self.drain(amount, |pot| pot.spendable(now, false));
        let (_, rest) = self.drain(rest, |pot| pot.spendable(now, true));
        let (_, rest) = self.drain(rest, |pot| pot.alive(now));
        rest == 0
    }

    /// Empties the purse into another one.
    pub(crate) fn empty_into(&mut self, other: &mut Self, now: i64) {
        self.sweep(now);
        let debt = std::mem::take(&mut self.debt);
        let (_, rest) = other.drain(debt, |pot| pot.alive(now));
        other.debt += rest;
        let mut order: Vec<usize> = (0..self.pots.len()).collect();
        order.sort_by_key(|&index| (self.pots[index].until.unwrap_or(i64::MAX), index));
        for index in order {
            let amount = std::mem::take(&mut self.pots[index].left);
            other.give(Pot {
                amount,
                burned: 0,
                ..self.pots[index]
            });
        }
    }

    pub(crate) fn sweep(&mut self, now: i64) {
        for pot in self.pots.iter_mut().filter(|pot| !pot.alive(now)) {
            pot.burned += pot.left;
            pot.left = 0;
        }
    }

    /// Takes `amount`, always from the pot that ends first (the oldest of equals). Returns the
    /// amounts taken from each pot and the amount that was missing.
    pub(crate) fn drain(
        &mut self,
        amount: i64,
        eligible: impl Fn(&Pot) -> bool,
    ) -> (Vec<(usize, i64)>, i64) {
        let (mut taken, mut missing) = (Vec::new(), amount);
        while missing > 0 {
            let next = (0..self.pots.len())
                .filter(|&index| self.pots[index].left > 0 && eligible(&self.pots[index]))
                .min_by_key(|&index| (self.pots[index].until.unwrap_or(i64::MAX), index));
            let Some(index) = next else { break };
            let part = missing.min(self.pots[index].left);
            self.pots[index].left -= part;
            missing -= part;
            taken.push((index, part));
        }
        (taken, missing)
    }
}
