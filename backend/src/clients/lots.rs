//! What became of a client's lots.

use domain::{LotKind, Money, Timestamp};

/// Sums over lots. `amount` = `spent` + `cancelled` + `expired` + `remaining`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LotSums {
    /// The number of lots.
    pub count: i64,
    /// The bonuses given.
    pub amount: Money,
    /// The part that paid purchases and did not come back.
    pub spent: Money,
    /// The part that returns, people, merges or a debt took.
    pub cancelled: Money,
    /// The part that expired, swept or not.
    pub expired: Money,
    /// The part that is left.
    pub remaining: Money,
}

impl LotSums {
    /// Makes the sums from those that are stored. `unswept` is what remains in expired lots.
    pub(super) fn of(count: i64, [amount, remaining, unswept, spent, swept]: [i64; 5]) -> Self {
        let money = Money::from_dirams;
        let (remaining, expired) = (money(remaining - unswept), money(swept + unswept));
        let (amount, spent) = (money(amount), money(spent));
        Self {
            count,
            amount,
            spent,
            cancelled: amount - spent - expired - remaining,
            expired,
            remaining,
        }
    }

    pub(super) fn minus(self, other: &Self) -> Self {
        Self {
            count: self.count - other.count,
            amount: self.amount - other.amount,
            spent: self.spent - other.spent,
            cancelled: self.cancelled - other.cancelled,
            expired: self.expired - other.expired,
            remaining: self.remaining - other.remaining,
        }
    }
}

/// A lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotLine {
    /// The reason why it was given.
    pub kind: LotKind,
    /// The sale that it was given for: its number and total.
    pub sale: Option<(i64, Money)>,
    /// The moment when it was given.
    pub at: Timestamp,
    /// The sums of this one lot.
    pub sums: LotSums,
    /// The moment from which it can be spent.
    pub available_at: Timestamp,
    /// The moment when it expires.
    pub expires_at: Option<Timestamp>,
}
