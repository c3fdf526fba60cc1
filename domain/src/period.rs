//! Spans of whole local days, which reports are about.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};

use crate::time::{LOCAL_OFFSET_SECONDS, Timestamp};

/// The most days of a period: a leap year.
pub const MAX_PERIOD_DAYS: i64 = 366;

const MICROS_PER_DAY: i64 = 86_400_000_000;

/// Whole local days, from one midnight until before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    from: Timestamp,
    until: Timestamp,
}

/// A period as people choose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The last days, the current one included.
    Days(i64),
    /// The current calendar month until today.
    Month,
    /// The calendar month before.
    LastMonth,
    /// The current calendar year until today.
    Year,
}

/// The reason why two days are no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The last day is before the first.
    #[error("the period ends before it begins")]
    Reversed,
    /// The first day has not begun.
    #[error("the period has not begun")]
    Future,
    /// It has more than [`MAX_PERIOD_DAYS`].
    #[error("the period is too long")]
    TooLong,
}

impl Period {
    /// Returns the period that a person chose at `now`.
    pub fn of(span: Span, now: Timestamp) -> Self {
        let tomorrow = now.local_midnight().plus_days(1);
        let month = now.local_month();
        let (from, until) = match span {
            Span::Days(days) => {
                let days = days.clamp(1, MAX_PERIOD_DAYS);
                (tomorrow.plus_days(-days), tomorrow)
            }
            Span::Month => (month, tomorrow),
            Span::LastMonth => (month.plus_local_months(-1), month),
            Span::Year => (now.local_year(), tomorrow),
        };
        Self { from, until }
    }

    /// Returns the period of the days in which `first` and `last` lie, and all between.
    ///
    /// # Errors
    /// [`PeriodError`].
    pub fn between(first: Timestamp, last: Timestamp, now: Timestamp) -> Result<Self, PeriodError> {
        let period = Self {
            from: first.local_midnight(),
            until: last.local_midnight().plus_days(1),
        };
        if period.until <= period.from {
            return Err(PeriodError::Reversed);
        }
        if period.from > now {
            return Err(PeriodError::Future);
        }
        if period.days() > MAX_PERIOD_DAYS {
            return Err(PeriodError::TooLong);
        }
        Ok(period)
    }

    /// Returns the midnight with which it begins.
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// Returns the midnight before which it ends.
    pub const fn until(self) -> Timestamp {
        self.until
    }

    /// Returns a moment of its last day.
    pub const fn last_day(self) -> Timestamp {
        self.until.plus_seconds(-1)
    }

    /// Returns the number of its days.
    pub const fn days(self) -> i64 {
        (self.until.micros() - self.from.micros()) / MICROS_PER_DAY
    }

    /// Returns the period right before, to compare with: of whole calendar months as many calendar
    /// months, else as many days.
    #[must_use]
    pub fn before(self) -> Self {
        let is_whole =
            self.from == self.from.local_month() && self.until == self.until.local_month();
        let from = if is_whole {
            let months = months_between(self.from, self.until);
            self.from.plus_local_months(-months)
        } else {
            self.from.plus_days(-self.days())
        };
        let until = self.from;
        Self { from, until }
    }

    /// Returns its last `days` days, or all of it if it has fewer.
    #[must_use]
    pub fn last(self, days: i64) -> Self {
        let from = self.until.plus_days(-days.max(1)).max(self.from);
        Self { from, ..self }
    }

    /// Returns how many days of it fall on each weekday until `now`, Monday first.
    pub fn weekdays(self, now: Timestamp) -> [i64; 7] {
        let begun = self.until.min(now.local_midnight().plus_days(1));
        let days = (begun.micros() - self.from.micros()) / MICROS_PER_DAY;
        let (weeks, rest) = (days.max(0) / 7, days.max(0) % 7);
        let first = self.from.weekday();
        let mut counts = [weeks; 7];
        for (weekday, count) in (0..7).zip(counts.iter_mut()) {
            *count += i64::from((weekday - first).rem_euclid(7) < rest);
        }
        counts
    }
}

/// Returns the calendar months from the month of one moment to that of another.
fn months_between(from: Timestamp, until: Timestamp) -> i64 {
    let month = |at: Timestamp| {
        let date = at.local_day();
        i64::from(date.year()) * 12 + i64::from(date.month0())
    };
    month(until) - month(from)
}

impl Timestamp {
    /// Returns the midnight with which a local day such as `2026-06-05` begins; `None` for any
    /// other text.
    pub fn of_local_date(text: &str) -> Option<Self> {
        let plain = text.len() == 10 && text.is_ascii();
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        let in_range = plain && (1970..=9998).contains(&date.year());
        in_range.then(|| Self::at_midnight(date))
    }

    /// Returns the midnight with which the local month of the moment begins.
    #[must_use]
    pub fn local_month(self) -> Self {
        self.local_first(|date| date.with_day(1))
    }

    /// Returns the midnight with which the local year of the moment begins.
    #[must_use]
    pub fn local_year(self) -> Self {
        self.local_first(|date| date.with_ordinal(1))
    }

    /// Returns the midnight with which the local month begins that is `months` after the moment's
    /// own, or before if negative.
    #[must_use]
    pub fn plus_local_months(self, months: i64) -> Self {
        let count = Months::new(u32::try_from(months.unsigned_abs()).unwrap_or(u32::MAX));
        self.local_first(|date| {
            let first = date.with_day(1)?;
            if months < 0 {
                first.checked_sub_months(count)
            } else {
                first.checked_add_months(count)
            }
        })
    }

    /// Returns the weekday of the local day: 0 is Monday.
    pub fn weekday(self) -> i64 {
        i64::from(self.local_day().weekday().num_days_from_monday())
    }

    fn local_first(self, first: impl Fn(NaiveDate) -> Option<NaiveDate>) -> Self {
        first(self.local_day()).map_or(self, Self::at_midnight)
    }

    fn local_day(self) -> NaiveDate {
        let local = self.plus_seconds(LOCAL_OFFSET_SECONDS).micros();
        let moment = DateTime::<Utc>::from_timestamp_micros(local).unwrap_or_default();
        moment.date_naive()
    }

    fn at_midnight(date: NaiveDate) -> Self {
        let utc = date.and_time(NaiveTime::MIN).and_utc();
        Self::from_micros(utc.timestamp_micros()).plus_seconds(-LOCAL_OFFSET_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Timestamp {
        Timestamp::of_local_date(text).unwrap()
    }

    fn days(period: Period) -> (String, String, i64) {
        let last = period.last_day().local_date();
        (period.from().local_date(), last, period.days())
    }

    #[test]
    fn spans_end_today_or_with_their_month() {
        // 02:30 of the first of January in Dushanbe is still December in UTC.
        let now = Timestamp::parse_rfc3339("2026-12-31T21:30:00Z").unwrap();
        for (span, first, last, count) in [
            (Span::Days(7), "2026-12-26", "2027-01-01", 7),
            (Span::Days(0), "2027-01-01", "2027-01-01", 1),
            (Span::Month, "2027-01-01", "2027-01-01", 1),
            (Span::LastMonth, "2026-12-01", "2026-12-31", 31),
            (Span::Year, "2027-01-01", "2027-01-01", 1),
        ] {
            let expected = (first.to_owned(), last.to_owned(), count);
            assert_eq!(days(Period::of(span, now)), expected, "{span:?}");
        }
    }

    #[test]
    fn chosen_days_are_in_order_and_at_most_a_year() {
        let now = day("2026-06-05").plus_seconds(60);
        let between = |first, last| Period::between(day(first), day(last), now);
        let one = ("2026-06-05".to_owned(), "2026-06-05".to_owned(), 1);
        assert_eq!(days(between("2026-06-05", "2026-06-05").unwrap()), one);
        assert_eq!(between("2025-06-05", "2026-06-05").unwrap().days(), 366);
        assert_eq!(
            between("2026-06-05", "2026-06-04"),
            Err(PeriodError::Reversed)
        );
        assert_eq!(
            between("2026-06-06", "2026-06-07"),
            Err(PeriodError::Future)
        );
        assert_eq!(
            between("2025-06-04", "2026-06-05"),
            Err(PeriodError::TooLong)
        );
        for text in [
            "2026-02-30",
            "2026-6-5",
            "",
            "1969-12-31",
            "9999-01-01",
            "２０２６",
        ] {
            assert_eq!(Timestamp::of_local_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_is_compared_with_as_many_days_or_calendar_months() {
        let now = day("2026-06-05");
        let before = |first: &str, last: &str| {
            days(
                Period::between(day(first), day(last), now)
                    .unwrap()
                    .before(),
            )
        };
        let found = |first: &str, last: &str, count| (first.to_owned(), last.to_owned(), count);
        assert_eq!(
            before("2026-03-01", "2026-03-31"),
            found("2026-02-01", "2026-02-28", 28)
        );
        assert_eq!(
            before("2026-01-01", "2026-02-28"),
            found("2025-11-01", "2025-12-31", 61)
        );
        assert_eq!(
            before("2026-03-02", "2026-03-31"),
            found("2026-01-31", "2026-03-01", 30)
        );
    }

    #[test]
    fn weekdays_are_counted_until_today() {
        let period = Period::between(day("2026-06-01"), day("2026-06-30"), day("2026-06-01"));
        let period = period.unwrap();
        // The first of June 2026 was a Monday.
        assert_eq!(period.weekdays(day("2026-06-09")), [2, 2, 1, 1, 1, 1, 1]);
        assert_eq!(period.weekdays(day("2027-01-01")), [5, 5, 4, 4, 4, 4, 4]);
        let mut date = day("2026-02-25");
        for _ in 0..400 {
            let slow: i64 = (0..7)
                .find(|back| date.plus_days(-back).weekday() == 0)
                .unwrap();
            assert_eq!(date.weekday(), slow);
            date = date.plus_days(1);
        }
    }
}
