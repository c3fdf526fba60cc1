//! Changes that people make by hand: bonuses given or taken, and a client's new phone.

use crate::account::Account;
use crate::entry::{EntryKind, Lot, LotKind, Source};
use crate::ledger_fault::LedgerFault;
use crate::money::Money;
use crate::role::Role;
use crate::time::Timestamp;

/// The most that a manager gives or takes in one act.
pub const MANAGER_ACT: Money = Money::from_somoni(100);
/// The most that a manager gives and takes on one local day, both added up.
const MANAGER_DAY: Money = Money::from_somoni(500);
/// The most of one act of anybody; more is a slip of the hand.
const ACT: Money = Money::from_somoni(1_000_000);
/// The hours after a change of phone in which nothing is redeemed: the old owner of a stolen number
/// reads the message first.
const FROZEN_HOURS: i64 = 24;

/// A change of a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Bonuses are given.
    Credit,
    /// Bonuses are taken.
    Debit,
}

impl Direction {
    /// Returns the text stored and sent by the form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Debit => "debit",
        }
    }

    /// Returns the direction with this text.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Credit, Self::Debit]
            .into_iter()
            .find(|direction| direction.as_str() == text)
    }
}

/// A reason why a person may not change a balance by an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAllowed {
    /// The amount is not above zero.
    NotPositive,
    /// One act may not change so much.
    AboveAct(Money),
    /// The person has only this much left for today.
    AboveDay(Money),
    /// The client has only this much to take.
    AboveBalance(Money),
}

/// Checks whether a person may change the balance by `amount`, having changed balances by
/// `done_today` on this local day. A debit never makes a debt.
///
/// # Errors
/// The first limit that the amount exceeds.
pub fn check(
    role: Role,
    direction: Direction,
    amount: Money,
    done_today: Money,
    account: &Account,
    now: Timestamp,
) -> Result<(), NotAllowed> {
    let (act, day) = match role {
        Role::Owner => (ACT, None),
        Role::Manager => (MANAGER_ACT, Some((MANAGER_DAY - done_today).or_zero())),
        Role::Accountant => (Money::ZERO, Some(Money::ZERO)),
    };
    let balance = account.holdings(now).total() - account.debt();
    if !amount.is_positive() {
        Err(NotAllowed::NotPositive)
    } else if amount > act {
        Err(NotAllowed::AboveAct(act))
    } else if let Some(left) = day.filter(|left| amount > *left) {
        Err(NotAllowed::AboveDay(left))
    } else if direction == Direction::Debit && amount > balance {
        Err(NotAllowed::AboveBalance(balance.or_zero()))
    } else {
        Ok(())
    }
}

/// The order in which a debit by hand takes lots: what the client could spend on any sale, then
/// welcome bonuses, then what is still held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DebitStage {
    /// Available bonuses except welcome bonuses.
    Available,
    /// Available welcome bonuses.
    Welcome,
    /// Held bonuses.
    Held,
}

impl DebitStage {
    /// The stages in their order.
    pub const ORDER: [Self; 3] = [Self::Available, Self::Welcome, Self::Held];

    /// Returns whether the stage takes from `lot`.
    pub fn takes(self, lot: &Lot, now: Timestamp) -> bool {
        let stage = if lot.is_held(now) {
            Self::Held
        } else if lot.kind == LotKind::Welcome {
            Self::Welcome
        } else {
            Self::Available
        };
        stage == self && !lot.is_expired(now)
    }

    /// Returns what the account holds for the stage.
    fn held_in(self, account: &Account, now: Timestamp) -> Money {
        let holdings = account.holdings(now);
        match self {
            Self::Available => holdings.available - holdings.available_welcome,
            Self::Welcome => holdings.available_welcome,
            Self::Held => holdings.held,
        }
    }
}

/// Returns how much of `amount` each stage takes. The caller reads the lots of each stage until
/// they hold its part.
pub fn debit_stages(account: &Account, amount: Money, now: Timestamp) -> [(DebitStage, Money); 3] {
    let mut left = amount;
    DebitStage::ORDER.map(|stage| {
        let part = left.min(stage.held_in(account, now));
        left -= part;
        (stage, part)
    })
}

/// Returns the moment from which bonuses can be redeemed after a change of phone.
pub fn frozen_until(phone_changed_at: Timestamp) -> Timestamp {
    phone_changed_at.plus_seconds(FROZEN_HOURS * 3_600)
}

impl Account {
    /// Takes `amount` by hand: first available lots, then welcome lots, then held ones, in each
    /// stage the soonest to expire first.
    ///
    /// # Errors
    /// [`LedgerFault::Overspent`] if the lots in memory do not hold the amount.
    pub fn debit_by_hand(
        &mut self,
        amount: Money,
        source: Source,
        now: Timestamp,
    ) -> Result<(), LedgerFault> {
        let mut missing = amount;
        let mut allocations = Vec::new();
        for stage in DebitStage::ORDER {
            let (taken, left) = self.take(missing, |lot| stage.takes(lot, now));
            allocations.extend(taken);
            missing = left;
        }
        if missing.is_positive() {
            return Err(LedgerFault::Overspent(missing));
        }
        self.append_debit(EntryKind::Adjust, allocations, Money::ZERO, source, now);
        Ok(())
    }
}
