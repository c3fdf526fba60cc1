//! From where on something is shown as unusual. It is never a verdict: a shop has its own habits,
//! so its owner sets the limits.

use crate::money::{BasisPoints, Money};

/// The largest number of checks or purchases that a limit may name.
pub const MAX_UNUSUAL_COUNT: i64 = 1_000;

/// The limits of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnusualLimits {
    /// The checks of one client in a day at one till that are still usual.
    pub checks_a_day: i64,
    /// The share of a client's purchases recorded by one cashier that is still usual.
    pub giver_share: BasisPoints,
    /// The least number of purchases from which a share says anything.
    pub min_purchases: i64,
    /// A total that is a multiple of it is round.
    pub round_step: Money,
    /// The share of round totals at a till that is still usual.
    pub round_share: BasisPoints,
}

impl Default for UnusualLimits {
    /// Returns the limits of a store whose owner has set none.
    fn default() -> Self {
        Self {
            checks_a_day: 3,
            giver_share: BasisPoints::from_percent(30),
            min_purchases: 10,
            round_step: Money::from_somoni(100),
            round_share: BasisPoints::from_percent(30),
        }
    }
}

impl UnusualLimits {
    /// Returns the limits as one line for the journal: the figures in the order of the form.
    pub fn line(&self) -> String {
        format!(
            "{} · {}% · {} · {} · {}%",
            self.checks_a_day,
            self.giver_share,
            self.min_purchases,
            self.round_step,
            self.round_share
        )
    }
}
