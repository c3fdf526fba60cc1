//! The date and time that a till writes into a document.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::time::{LOCAL_OFFSET_SECONDS, Timestamp};

/// A document's date as read from the till's text. No rule of the ledger depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentDate {
    /// The moment; the text is read as UTC if it names no offset.
    pub at: Timestamp,
    /// `true` if the text names an offset from UTC.
    pub has_offset: bool,
}

/// 2000-01-01T00:00:00Z. An earlier date means an empty field (1C writes 0001-01-01) or a clock
/// whose battery is dead.
const FIRST: Timestamp = Timestamp::from_micros(946_684_800_000_000);

/// The greatest age at which a document still belongs to the day it names: 72 hours, so that a till
/// may keep documents over a long weekend.
const MAX_AGE_SECONDS: i64 = 72 * 3_600;

/// The longest text that is read as a date, in bytes.
const MAX_TEXT: usize = 64;

impl DocumentDate {
    /// Reads ISO 8601 in its extended or basic form: with T or a space, to minutes, seconds or
    /// fractions of a second, with or without an offset. Returns `None` for anything else, so that
    /// an unreadable date does not lose a sale.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > MAX_TEXT {
            return None;
        }
        let text = text.replace(',', ".").replace('\u{2212}', "-");
        let Some(separator) = text.find(['T', 't', ' ']) else {
            return Some(Self {
                at: moment(date(&text)?, NaiveTime::MIN)?,
                has_offset: false,
            });
        };
        let (day, rest) = text.split_at_checked(separator)?;
        let rest = rest.get(1..)?;
        let (clock, offset) = split_offset(rest);
        let at = moment(date(day)?, time(clock.trim())?)?;
        Some(match offset {
            None => Self {
                at,
                has_offset: false,
            },
            Some(offset) => Self {
                at: at.plus_seconds(-offset_seconds(offset)?),
                has_offset: true,
            },
        })
    }

    /// Returns the date to store and to answer with: the till's own date, or the time of the commit
    /// if the till's date is empty or impossible.
    pub fn or_commit(date: Option<Self>, commit: Timestamp) -> Timestamp {
        date.map(|date| date.at)
            .filter(|at| (FIRST..=commit.plus_days(1)).contains(at))
            .unwrap_or_else(|| commit.whole_seconds())
    }

    /// Returns by how many seconds the clock that wrote this date was fast at `received`; negative
    /// if it was slow, or if the document came late. A date without an offset is read as local time
    /// or as UTC, whichever is nearer. Returns `None` if the date says nothing about a clock: it is
    /// empty, or exact only to a minute.
    pub fn fast_seconds(self, received: Timestamp) -> Option<i64> {
        const MINUTE: i64 = 60_000_000;
        if self.at < FIRST || self.at.micros() % MINUTE == 0 {
            return None;
        }
        let fast = |at: Timestamp| (at.micros() - received.micros()) / 1_000_000;
        let as_utc = fast(self.at);
        let as_local = fast(self.at.plus_seconds(-LOCAL_OFFSET_SECONDS));
        let is_local = !self.has_offset && as_local.abs() < as_utc.abs();
        Some(if is_local { as_local } else { as_utc })
    }

    /// Returns the moment that assigns the document to a local day, in reports and shifts. A date
    /// without an offset is read as local time if that is near the commit, otherwise as UTC. If
    /// neither is near, the commit's own time is used.
    pub fn happened_at(date: Option<Self>, commit: Timestamp) -> Timestamp {
        let Some(date) = date else {
            return commit;
        };
        let near = |at: &Timestamp| {
            (commit.plus_seconds(-MAX_AGE_SECONDS)..=commit.plus_seconds(MAX_AGE_SECONDS))
                .contains(at)
        };
        let local = Some(date.at.plus_seconds(-LOCAL_OFFSET_SECONDS)).filter(|_| !date.has_offset);
        local
            .filter(near)
            .or(Some(date.at).filter(near))
            // A clock that is ahead must not put a document into tomorrow.
            .map_or(commit, |at| at.min(commit))
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    let digits = |length: usize| text.len() == length && text.is_ascii();
    let format = if digits(10) {
        "%Y-%m-%d"
    } else if digits(8) {
        "%Y%m%d"
    } else {
        return None;
    };
    NaiveDate::parse_from_str(text, format).ok()
}

fn time(text: &str) -> Option<NaiveTime> {
    const FORMATS: [&str; 4] = ["%H:%M:%S%.f", "%H:%M", "%H%M%S%.f", "%H%M"];
    FORMATS
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(text, format).ok())
}

/// Splits the text into the time of day and the offset from UTC.
fn split_offset(text: &str) -> (&str, Option<&str>) {
    match text.find(['Z', 'z', '+', '-']) {
        Some(at) => {
            let (clock, offset) = text.split_at(at);
            (clock, Some(offset))
        }
        None => (text, None),
    }
}

/// Reads `Z`, `+05`, `+0500` or `+05:00` as seconds.
fn offset_seconds(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.get(1..)?.replace(':', "");
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let hours: i64 = hours.parse().ok().filter(|hours| (0..24).contains(hours))?;
    let minutes: i64 = minutes.parse().ok().filter(|part| (0..60).contains(part))?;
    Some(sign * (hours * 3_600 + minutes * 60))
}

fn moment(date: NaiveDate, time: NaiveTime) -> Option<Timestamp> {
    let moment = NaiveDateTime::new(date, time).and_utc();
    Timestamp::from_utc(moment).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn every_usual_form_of_iso_8601_is_read() {
        for (text, moment, has_offset) in [
            ("2026-06-05T14:30:00", "2026-06-05T14:30:00Z", false),
            ("2026-06-05 14:30:00", "2026-06-05T14:30:00Z", false),
            ("2026-06-05T14:30", "2026-06-05T14:30:00Z", false),
            ("2026-06-05", "2026-06-05T00:00:00Z", false),
            ("20260605T143000", "2026-06-05T14:30:00Z", false),
            ("20260605T1430", "2026-06-05T14:30:00Z", false),
            ("20260605", "2026-06-05T00:00:00Z", false),
            ("2026-06-05T14:30Z", "2026-06-05T14:30:00Z", true),
            ("2026-06-05t14:30:00z", "2026-06-05T14:30:00Z", true),
            ("20260605T143000Z", "2026-06-05T14:30:00Z", true),
            ("2026-06-05T19:30:00+05", "2026-06-05T14:30:00Z", true),
            ("2026-06-05T19:30:00+0500", "2026-06-05T14:30:00Z", true),
            ("2026-06-05T19:30:00 +05:00", "2026-06-05T14:30:00Z", true),
            ("2026-06-05T11:00:00-03:30", "2026-06-05T14:30:00Z", true),
            (
                "2026-06-05T11:00:00\u{2212}03:30",
                "2026-06-05T14:30:00Z",
                true,
            ),
            ("2026-06-05T14:30:00.5Z", "2026-06-05T14:30:00.5Z", true),
            (
                "2026-06-05T14:30:00,123456789",
                "2026-06-05T14:30:00.123456Z",
                false,
            ),
        ] {
            let read = DocumentDate::parse(text).map(|date| (date.at, date.has_offset));
            assert_eq!(read, Some((at(moment), has_offset)), "{text}");
        }
    }

    #[test]
    fn text_that_is_not_a_date_is_not_read() {
        for text in [
            "",
            " ",
            "yesterday",
            "2026-13-01",
            "05.06.2026",
            "2026-06-05T25:00:00",
            "2026-06-05T",
            "T14:30",
            "0001-01-01T00:00:00",
            "2026-06-05T14:30:00+99",
            "2026-06-05T14:30:00+5",
            "2026-06-05T14:30:00ZZ",
            "2026-6-5",
            "-2026-06-5",
            "ωωωωωτωω",
            "2026-06-05T14:30:00+0\u{20ac}0",
        ] {
            assert_eq!(DocumentDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_empty_or_impossible_date_is_replaced_by_the_commit_time() {
        let commit = at("2026-06-05T14:30:00.25Z");
        let kept = |text: &str| DocumentDate::or_commit(DocumentDate::parse(text), commit);
        assert_eq!(kept("2026-06-04T10:00:00"), at("2026-06-04T10:00:00Z"));
        assert_eq!(kept("2026-06-06T14:30:00"), at("2026-06-06T14:30:00Z"));
        for text in [
            "",
            "0001-01-01T00:00:00",
            "1999-12-31T23:59:59",
            "2026-06-06T14:30:01",
            "9999-12-31",
        ] {
            assert_eq!(kept(text), at("2026-06-05T14:30:00Z"), "{text}");
        }
    }

    #[test]
    fn a_document_belongs_to_the_day_of_its_till() {
        let commit = at("2026-06-05T20:30:00Z");
        let happened = |text: &str| DocumentDate::happened_at(DocumentDate::parse(text), commit);
        // An offset makes the moment certain.
        assert_eq!(
            happened("2026-06-03T10:00:00+05:00"),
            at("2026-06-03T05:00:00Z")
        );
        // Without an offset it is local time: 01:30 in the night of 6 June.
        assert_eq!(happened("2026-06-06T01:30:00"), commit);
        assert_eq!(happened("2026-06-05T23:00:00"), at("2026-06-05T18:00:00Z"));
        // Older than 72 hours.
        assert_eq!(happened("2026-06-01T10:00:00+05:00"), commit);
        assert_eq!(happened("2026-06-01T10:00:00"), commit);
        // 71 hours old if read as UTC, 76 hours if read as local time.
        assert_eq!(happened("2026-06-02T21:30:00"), at("2026-06-02T21:30:00Z"));
        // A clock that is ahead must not put a document into tomorrow.
        assert_eq!(happened("2026-06-06T03:00:00+05:00"), commit);
        assert_eq!(DocumentDate::happened_at(None, commit), commit);
    }

    #[test]
    fn a_date_tells_how_fast_the_clock_was() {
        let received = at("2026-06-05T20:30:10Z");
        let fast = |text: &str| DocumentDate::parse(text).unwrap().fast_seconds(received);
        assert_eq!(fast("2026-06-05T20:30:12Z"), Some(2));
        assert_eq!(fast("2026-06-06T01:28:10+05:00"), Some(-120));
        // Without an offset: local time, or UTC.
        assert_eq!(fast("2026-06-06T01:30:13"), Some(3));
        assert_eq!(fast("2026-06-05T20:30:09"), Some(-1));
        assert_eq!(fast("2027-06-05T20:30:10Z"), Some(365 * 86_400));
        for text in ["2026-06-05", "2026-06-05T20:30Z", "1999-12-31T23:59:59Z"] {
            assert_eq!(fast(text), None, "{text}");
        }
    }
}
