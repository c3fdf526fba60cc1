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

/// Returns whether `part` of `whole` events is more than chance explains, if each of them is one of
/// the part with the probability `usual.0` ÷ `usual.1`: whether it exceeds the expected number by
/// more than three standard deviations of the binomial distribution.
pub const fn is_beyond_chance(part: i64, whole: i64, usual: (i64, i64)) -> bool {
    let (part, whole) = (part as i128, whole as i128);
    let (of, all) = (usual.0 as i128, usual.1 as i128);
    // Both sides are multiplied by `all`, and squared.
    let excess = part * all - whole * of;
    excess > 0 && excess * excess > 9 * whole * of * (all - of)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_standard_deviations_are_beyond_chance() {
        for (part, whole, usual, is_beyond) in [
            // Of two cashiers, one who recorded nine of ten is not remarkable.
            (9, 10, (50, 100), false),
            (10, 10, (50, 100), true),
            (65, 100, (50, 100), false),
            (66, 100, (50, 100), true),
            // One of ten cashiers.
            (3, 10, (10, 100), false),
            (4, 10, (10, 100), true),
            // The only cashier.
            (10, 10, (100, 100), false),
            // Less than usual.
            (0, 1_000, (50, 100), false),
            (0, 0, (0, 0), false),
        ] {
            assert_eq!(
                is_beyond_chance(part, whole, usual),
                is_beyond,
                "{part} of {whole}"
            );
        }
    }
}
