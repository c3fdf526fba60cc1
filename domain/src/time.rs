//! Moments in UTC.

use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};

/// A moment: microseconds since 1970-01-01T00:00:00Z, as in the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const MICROS_PER_SECOND: i64 = 1_000_000;

/// The offset of Tajikistan's time, which every store uses: five hours ahead of UTC, all year.
pub(crate) const LOCAL_OFFSET_SECONDS: i64 = 5 * 3_600;

const SECONDS_PER_DAY: i64 = 86_400;

/// The last microsecond of the year 9999.
const LAST_MICRO: i64 = 253_402_300_799_999_999;

impl Timestamp {
    /// A moment after every other. It represents the end of bonuses that never expire.
    pub const MAX: Self = Self(i64::MAX);

    /// Makes a moment from microseconds since the Unix epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Returns the microseconds since the Unix epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Returns the moment `seconds` later, or earlier if negative. Stops at the ends of the range.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(
            self.0
                .saturating_add(seconds.saturating_mul(MICROS_PER_SECOND)),
        )
    }

    /// Returns the moment `days` of 24 hours later.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(SECONDS_PER_DAY))
    }

    /// Returns midnight of the local day that the moment is in.
    #[must_use]
    pub const fn local_midnight(self) -> Self {
        let local = self.plus_seconds(LOCAL_OFFSET_SECONDS);
        let day = SECONDS_PER_DAY * MICROS_PER_SECOND;
        Self(self.0 - local.0.rem_euclid(day))
    }

    /// Returns the local day as `2026-06-05`.
    pub fn local_date(self) -> String {
        let local = self.plus_seconds(LOCAL_OFFSET_SECONDS).to_string();
        local.chars().take(10).collect()
    }

    /// Reads a local day such as `2026-06-05` and returns its midnight.
    ///
    /// # Errors
    /// [`TimestampError`] for anything else, and for days outside 1970-01-02 to 9999-12-31.
    pub fn parse_local_day(text: &str) -> Result<Self, TimestampError> {
        if text.len() != 10 {
            return Err(TimestampError);
        }
        Self::parse_rfc3339(&format!("{text}T00:00:00+05:00"))
    }

    /// Returns the moment without the fraction of its second.
    #[must_use]
    pub const fn whole_seconds(self) -> Self {
        Self(self.0 - self.0.rem_euclid(MICROS_PER_SECOND))
    }

    /// Reads the format that [`Display`](fmt::Display) writes, and any other RFC 3339 text from the
    /// years 1970 to 9999. The server's answers contain no other form, so the browser needs no
    /// larger parser.
    ///
    /// # Errors
    /// [`TimestampError`] for anything else.
    pub fn parse_rfc3339(text: &str) -> Result<Self, TimestampError> {
        let moment = DateTime::parse_from_rfc3339(text).map_err(|_| TimestampError)?;
        Self::from_utc(moment.to_utc())
    }

    pub(crate) fn from_utc(moment: DateTime<Utc>) -> Result<Self, TimestampError> {
        // In microseconds, because a leap second could otherwise exceed the last year.
        let micros = moment.timestamp_micros();
        let in_range = (0..=LAST_MICRO).contains(&micros);
        in_range.then_some(Self(micros)).ok_or(TimestampError)
    }
}

/// Writes `2026-06-05T14:30:00+00:00`, with a fraction only if it is not zero.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = DateTime::<Utc>::from_timestamp_micros(self.0).unwrap_or_default();
        f.write_str(&moment.to_rfc3339_opts(SecondsFormat::AutoSi, false))
    }
}

/// The error for a text that is not a moment in RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a moment in RFC 3339")]
pub struct TimestampError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_by_dushanbe_time() {
        let day = |text: &str| {
            let moment = Timestamp::parse_rfc3339(text).unwrap();
            (moment.local_date(), moment.local_midnight().to_string())
        };
        let fifth = (
            "2026-06-05".to_owned(),
            "2026-06-04T19:00:00+00:00".to_owned(),
        );
        assert_eq!(day("2026-06-05T00:00:00+05:00"), fifth);
        assert_eq!(day("2026-06-05T23:59:59.999999+05:00"), fifth);
        assert_eq!(day("2026-06-05T19:00:00Z").0, "2026-06-06");
    }

    #[test]
    fn a_local_day_is_read_only_as_the_calendar_has_it() {
        let midnight = |text| Timestamp::parse_local_day(text).map(|day| day.to_string());
        let leap = Ok("2028-02-28T19:00:00+00:00".to_owned());
        assert_eq!(midnight("2028-02-29"), leap);
        assert!(midnight("1970-01-02").is_ok());
        assert!(midnight("9999-12-31").is_ok());
        for text in [
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-6-5",
            "26-06-05",
            "0000-00-00",
            "1970-01-01",
            "0001-01-01",
            "2026-06-05T",
            "+2026-06-0",
            "10000-01-01",
            "٢٠٢٦-٠٦-٠٥",
            "2026-06-05 ",
        ] {
            assert_eq!(midnight(text), Err(TimestampError), "{text}");
        }
    }
}
