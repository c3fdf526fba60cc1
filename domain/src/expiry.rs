//! The end of bonuses: when a lot ends, who is reminded, and how much a sweep may take unasked.

use crate::money::Money;
use crate::programme::Terms;
use crate::time::Timestamp;

/// A sweep takes at most one part in so many of a store's bonuses unasked.
const UNASKED_PART: i64 = 5;

/// When a lot opened at `now` ends under the programme.
pub fn expiry(terms: &Terms<'_>, now: Timestamp) -> Option<Timestamp> {
    let days = terms.programme.bonus_expiry_days;
    (days > 0).then(|| now.plus_days(days))
}

/// The moment before which a bonus must end for its client to be reminded at `now`: the end of the
/// day, by the store's clock, that comes `days` after this one.
pub fn reminders_end(now: Timestamp, days: i64) -> Timestamp {
    now.local_midnight().plus_days(days.saturating_add(1))
}

/// Whether `due` of the `held` bonuses of a store is too much to end at once: it is rather a wrong
/// clock or programme.
pub fn is_too_much(due: Money, held: Money) -> bool {
    due.dirams() > held.dirams() / UNASKED_PART
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_of_a_store_s_bonuses_ends_unasked_and_no_diram_more() {
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
