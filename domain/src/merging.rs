//! Two clients who are one person: the ledger of one continues in that of the other.
//!
//! Entries stay where they are. One account is closed by entries that take everything it holds, and
//! the other opens lots of the same kinds, dates and sales (rules, "Merging").

use crate::account::Account;
use crate::entry::{EntryKind, Lot, LotKind, Source};
use crate::ledger_fault::LedgerFault;
use crate::money::Money;
use crate::sales::PurchaseHistory;
use crate::time::Timestamp;

/// Everything that a closed account held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// What remained of each lot, in spending order. The amount of each is what remained.
    pub lots: Vec<Lot>,
    /// The debt.
    pub debt: Money,
}

impl Moved {
    /// Returns the change that this makes to the balance of the account that takes it in.
    pub fn balance(&self) -> Money {
        self.lots.iter().map(|lot| lot.amount).sum::<Money>() - self.debt
    }
}

/// A welcome bonus that one of the two accounts was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WelcomeGift {
    /// The amount that was given.
    pub amount: Money,
    /// The part that expired unspent.
    pub expired: Money,
    /// The part that is left.
    pub remaining: Money,
}

/// Returns how much of the welcome bonuses in `[from, into]` is cancelled: one person gets one
/// welcome bonus, the larger one. What was spent of both counts, and is not charged. The part of
/// the account that is closed goes first.
pub fn welcome_to_cancel([from, into]: [&[WelcomeGift]; 2]) -> [Money; 2] {
    let all = || from.iter().chain(into);
    let largest = all().map(|gift| gift.amount).max().unwrap_or_default();
    let used: Money = all()
        .map(|gift| gift.amount - gift.expired - gift.remaining)
        .sum();
    let sum = |gifts: &[WelcomeGift]| gifts.iter().map(|gift| gift.remaining).sum::<Money>();
    let too_much = (sum(from) + sum(into) - (largest - used).or_zero()).or_zero();
    let of_from = too_much.min(sum(from));
    [of_from, (too_much - of_from).min(sum(into))]
}

impl PurchaseHistory {
    /// Returns the history of a client who made the purchases of both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let first = [self.first_at, other.first_at].into_iter().flatten().min();
        Self {
            count: self.count + other.count,
            first_at: first,
            last_at: self.last_at.max(other.last_at),
            second_rewarded: self.second_rewarded || other.second_rewarded,
        }
    }
}

impl Account {
    /// Takes `amount` from the welcome lots. Every welcome lot must be in memory.
    ///
    /// # Errors
    /// [`LedgerFault::Overspent`] if they do not hold the amount.
    pub fn cancel_welcome(
        &mut self,
        amount: Money,
        source: Source,
        now: Timestamp,
    ) -> Result<(), LedgerFault> {
        let is_welcome = |lot: &Lot| lot.kind == LotKind::Welcome && !lot.is_expired(now);
        let (allocations, missing) = self.take(amount, is_welcome);
        if missing.is_positive() {
            return Err(LedgerFault::Overspent(missing));
        }
        self.append_debit(EntryKind::Revoke, allocations, Money::ZERO, source, now);
        Ok(())
    }

    /// Closes the account: ends what has expired, and takes everything else. Afterwards the balance
    /// and the debt are zero.
    ///
    /// # Errors
    /// [`LedgerFault::Unread`] if not every lot has been read.
    pub fn close(&mut self, source: Source, now: Timestamp) -> Result<Moved, LedgerFault> {
        let unread = self.unread_total();
        if unread.is_positive() {
            let missing = unread;
            return Err(LedgerFault::Unread { missing, unread });
        }
        self.expire(now);
        let held = self.lots().iter().filter(|lot| lot.remaining.is_positive());
        let lots: Vec<Lot> = held
            .map(|lot| Lot {
                amount: lot.remaining,
                ..*lot
            })
            .collect();
        let debt = self.debt();
        let everything = lots.iter().map(|lot| lot.amount).sum();
        let (allocations, _) = self.take(everything, |_| true);
        self.append_debit(EntryKind::MergeOut, allocations, Money::ZERO, source, now);
        self.append_debit(EntryKind::MergeOut, Vec::new(), -debt, source, now);
        Ok(Moved { lots, debt })
    }

    /// Takes in what another account held: its debt, which takes from the lots as a revocation
    /// does, and its lots, which pay the debt that is left.
    ///
    /// # Errors
    /// [`LedgerFault::Unread`] if the debt would grow although not every lot has been read.
    pub fn take_in(
        &mut self,
        moved: &Moved,
        source: Source,
        now: Timestamp,
    ) -> Result<(), LedgerFault> {
        let (allocations, to_debt) = self.take(moved.debt, |lot| !lot.is_expired(now));
        let unread = self.unread_total();
        if to_debt.is_positive() && unread.is_positive() {
            let missing = to_debt;
            return Err(LedgerFault::Unread { missing, unread });
        }
        self.append_debit(EntryKind::MergeIn, allocations, to_debt, source, now);
        for lot in &moved.lots {
            self.open_paying_debt(EntryKind::MergeIn, *lot, source, now);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gift(amount: i64, expired: i64, remaining: i64) -> WelcomeGift {
        WelcomeGift {
            amount: Money::from_somoni(amount),
            expired: Money::from_somoni(expired),
            remaining: Money::from_somoni(remaining),
        }
    }

    #[test]
    fn one_welcome_bonus_remains_of_two() {
        for (from, into, cancelled) in [
            // Both untouched: the one of the closed account goes.
            (&[gift(10, 0, 10)][..], &[gift(10, 0, 10)][..], [10, 0]),
            // A larger one of the closed account stays in part.
            (&[gift(30, 0, 30)], &[gift(10, 0, 10)], [10, 0]),
            // One is spent: nothing of the other remains, and nothing is charged.
            (&[gift(10, 0, 10)], &[gift(10, 0, 0)], [10, 0]),
            (&[gift(10, 0, 0)], &[gift(10, 0, 10)], [0, 10]),
            (&[gift(10, 0, 0)], &[gift(10, 0, 0)], [0, 0]),
            (&[gift(10, 0, 4)], &[gift(10, 0, 7)], [4, 6]),
            // What expired was not used.
            (&[gift(10, 10, 0)], &[gift(10, 0, 10)], [0, 0]),
            (&[], &[gift(10, 0, 10)], [0, 0]),
            (&[], &[], [0, 0]),
        ] {
            let cancelled = cancelled.map(Money::from_somoni);
            assert_eq!(
                welcome_to_cancel([from, into]),
                cancelled,
                "{from:?} {into:?}"
            );
        }
    }
}
