//! The end of bonuses: when a lot ends, which clients are reminded, and how much one nightly job
//! may end without confirmation.

use crate::money::Money;
use crate::programme::Terms;
use crate::time::Timestamp;

/// The nightly job ends at most one fifth of a store's bonuses without confirmation.
const UNCONFIRMED_PART: i64 = 5;

/// Returns the moment when a lot opened at `now` ends under the programme; `None` if it never ends.
pub fn expiry(terms: &Terms<'_>, now: Timestamp) -> Option<Timestamp> {
    let days = terms.programme.bonus_expiry_days;
    (days > 0).then(|| now.plus_days(days))
}

/// Returns the end of the period for reminders sent at `now`: clients whose bonuses end before it
/// are reminded. It is the end of the local day that comes `days` days after today.
pub fn reminders_end(now: Timestamp, days: i64) -> Timestamp {
    now.local_midnight().plus_days(days.saturating_add(1))
}

/// Returns whether `due`, out of all `held` bonuses of a store, is too much to end at once. So many
/// bonuses rarely end in one night. The cause is more likely a wrong clock or a wrong setting of
/// the programme.
pub fn is_too_much(due: Money, held: Money) -> bool {
    due.dirams() > held.dirams() / UNCONFIRMED_PART
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_of_the_bonuses_may_end_without_confirmation() {
        for (due, held, too_much) in [
            (0, 0, false),
            (20, 104, false),
            (21, 104, true),
            (1, 4, true),
        ] {
            let sum = Money::from_dirams;
            assert_eq!(
                is_too_much(sum(due), sum(held)),
                too_much,
                "{due} of {held}"
            );
        }
    }

    #[test]
    fn reminders_reach_to_the_end_of_a_local_day() {
        let evening = Timestamp::parse_rfc3339("2026-06-05T23:30:00+05:00").unwrap();
        let end = Timestamp::parse_rfc3339("2026-06-13T00:00:00+05:00");
        assert_eq!(Ok(reminders_end(evening, 7)), end);
    }
}
