//! The stock of a store: how long it lasts, and lists that switch off too much of it.

use crate::money::Quantity;

/// The days over which sales are counted.
pub const WINDOW_DAYS: i64 = 90;

/// The least days over which a pace is computed, so that one lucky day of a new article does not
/// make its stock look short.
const LEAST_DAYS: i64 = 30;

/// Returns the whole days that `quantity` lasts if it goes on selling as it did: `sold` in the
/// `days` since its first sale in the window. Returns `None` if it was not sold, because then there
/// is no pace.
pub fn stock_days(quantity: Quantity, sold: Quantity, days: i64) -> Option<i64> {
    if quantity.thousandths() <= 0 {
        return Some(0);
    }
    if sold.thousandths() <= 0 {
        return None;
    }
    let days = i128::from(days.clamp(LEAST_DAYS, WINDOW_DAYS));
    let lasts = i128::from(quantity.thousandths()) * days / i128::from(sold.thousandths());
    Some(i64::try_from(lasts).unwrap_or(i64::MAX))
}

/// Returns whether a list that switches `off` of `before` goods off is so unusual that the owner
/// must be told: more than half of them.
pub const fn is_mass_switch_off(off: i64, before: i64) -> bool {
    off > before / 2 && off > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(quantity: i64, sold: i64, days: i64) -> Option<i64> {
        let quantity = Quantity::from_thousandths(quantity);
        stock_days(quantity, Quantity::from_thousandths(sold), days)
    }

    #[test]
    fn stock_lasts_as_long_as_at_the_pace_of_the_past() {
        assert_eq!(days(10_000, 90_000, 90), Some(10));
        assert_eq!(days(10_000, 90_000, 500), Some(10));
        assert_eq!(days(10_000, 30_000, 1), Some(10), "at least 30 days");
        assert_eq!(days(0, 0, 90), Some(0));
        assert_eq!(days(-5, 1, 90), Some(0));
        assert_eq!(days(1, 0, 90), None);
        assert_eq!(days(1, -1, 90), None);
        assert_eq!(days(i64::MAX, 1, i64::MIN), Some(i64::MAX));
    }

    #[test]
    fn more_than_half_is_unusual() {
        for (off, before, is_unusual) in [
            (0, 0, false),
            (1, 1, true),
            (1, 2, false),
            (2, 3, true),
            (50, 100, false),
            (51, 100, true),
        ] {
            assert_eq!(
                is_mass_switch_off(off, before),
                is_unusual,
                "{off} of {before}"
            );
        }
    }
}
