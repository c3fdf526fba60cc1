//! Whether a till is silent at a time when it usually sells, and whether a store is.

use crate::time::Timestamp;

/// The days before today whose same hour shows what is usual.
pub const HABIT_DAYS: i64 = 7;

/// The least number of these days on which the till sold.
const USUAL_DAYS: i64 = 4;

/// The time in seconds without a request after which a till is silent.
const SILENT_SECONDS: i64 = 3_600;

/// Returns whether a till has sent nothing for an hour, although in this hour it sold on most of
/// the last [`HABIT_DAYS`] days. `sold_on` is the number of these days.
pub fn is_silent(seen_at: Timestamp, sold_on: i64, now: Timestamp) -> bool {
    sold_on >= USUAL_DAYS && seen_at.plus_seconds(SILENT_SECONDS) < now
}

/// The days without a sign of life after which a store is silent. A shop that is closed on Sunday
/// is not.
const STORE_SILENT_DAYS: i64 = 2;

/// Returns whether a store has sent nothing for two days. `last` is the last request or sale of any
/// of its tills.
pub fn is_store_silent(last: Timestamp, now: Timestamp) -> bool {
    last.plus_days(STORE_SILENT_DAYS) < now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_closed_on_sunday_is_not_silent() {
        let saturday_evening = Timestamp::default().plus_days(10);
        let monday_morning = saturday_evening.plus_seconds(38 * 3_600);
        assert!(!is_store_silent(saturday_evening, monday_morning));
        assert!(is_store_silent(
            saturday_evening,
            monday_morning.plus_days(1)
        ));
    }

    #[test]
    fn a_till_is_silent_only_where_it_usually_sells() {
        let now = Timestamp::default().plus_days(10);
        let an_hour_ago = now.plus_seconds(-3_600);
        assert!(is_silent(an_hour_ago.plus_seconds(-1), 4, now));
        assert!(!is_silent(an_hour_ago, 7, now));
        assert!(!is_silent(Timestamp::default(), 3, now));
    }
}
