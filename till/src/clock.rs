//! The time of the server's clock, estimated by the till from the server's last answer and the
//! phone's clock, because the phone's clock may be wrong by years.

use serde::{Deserialize, Serialize};

/// The time of the server's clock in its last answer. Stored on the device for a start without a
/// network.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Clock {
    /// The difference between the server's clock and the phone's, in milliseconds; positive if the
    /// server's is ahead.
    ahead_ms: i64,
    /// The time of the server's clock in its last answer, in milliseconds since 1970.
    #[serde(rename = "heard_ms")]
    server_ms: i64,
}

/// All that is known about the moment of a document made before the server has answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Guess {
    /// The time on the phone's clock when the document was made.
    phone_ms: i64,
    /// The time of the server's clock in the last answer before that.
    #[serde(rename = "heard_ms")]
    server_ms: i64,
}

impl Clock {
    /// Makes the clock from an answer of the server that arrived at `phone_ms` and contained the
    /// time `server_ms`.
    pub fn from_answer(server_ms: i64, phone_ms: i64) -> Self {
        Self {
            ahead_ms: server_ms.saturating_sub(phone_ms),
            server_ms,
        }
    }

    /// Returns the time of the server's clock while the phone's clock shows `phone_ms`. Never
    /// returns less than the time of the last answer, even if the phone's clock has been set back.
    pub fn now_ms(self, phone_ms: i64) -> i64 {
        phone_ms.saturating_add(self.ahead_ms).max(self.server_ms)
    }

    /// Records what is known about the moment of a document that is made before the server has
    /// answered.
    pub fn guess(self, phone_ms: i64) -> Guess {
        Guess {
            phone_ms,
            server_ms: self.server_ms,
        }
    }

    /// Computes the moment when the document of `guess` was made. This clock comes from an answer
    /// that has just arrived. If the phone's clock was set in between, the result still lies
    /// between the two answers of the server.
    pub fn corrected_ms(self, guess: Guess, phone_ms: i64) -> i64 {
        let now_ms = self.now_ms(phone_ms);
        let made_ms = guess.phone_ms.saturating_add(self.ahead_ms);
        made_ms.clamp(guess.server_ms.min(now_ms), now_ms)
    }

    /// Returns the moment before which stored data may be deleted: older than `kept_ms` by both
    /// clocks, because either of them may be wrong.
    pub fn before_ms(self, phone_ms: i64, kept_ms: i64) -> i64 {
        self.now_ms(phone_ms).min(phone_ms).saturating_sub(kept_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600_000;
    const TRUE: i64 = 20_000 * DAY;

    #[test]
    fn the_last_known_time_is_used_until_the_next_answer() {
        for off in [0, 5_000, -400 * DAY, 4_000 * DAY] {
            let phone = TRUE + off;
            let clock = Clock::from_answer(TRUE, phone);
            assert_eq!(clock.now_ms(phone), TRUE);
            assert_eq!(clock.now_ms(phone + DAY), TRUE + DAY);
            // Time never runs backwards, even if the phone's clock is set back.
            assert_eq!(clock.now_ms(phone - 30 * DAY), TRUE);
        }
        assert_eq!(Clock::default().now_ms(TRUE), TRUE);
    }

    #[test]
    fn a_moment_is_corrected_when_the_clock_becomes_known() {
        let before = Clock::from_answer(TRUE - DAY, TRUE - DAY);
        // The phone's clock went wrong before the till was opened, and stays wrong.
        for off in [-400 * DAY, 0, 400 * DAY] {
            let guess = before.guess(TRUE + off);
            let later = TRUE + DAY / 2;
            let known = Clock::from_answer(later, later + off);
            assert_eq!(known.corrected_ms(guess, later + off), TRUE);
        }
        // The phone's clock is corrected before the server answers. Then only the two limits are
        // certain.
        let known = Clock::from_answer(TRUE + DAY, TRUE + DAY);
        let behind = before.guess(TRUE - 400 * DAY);
        assert_eq!(known.corrected_ms(behind, TRUE + DAY), TRUE - DAY);
        let ahead = before.guess(TRUE + 400 * DAY);
        assert_eq!(known.corrected_ms(ahead, TRUE + DAY), TRUE + DAY);
    }

    #[test]
    fn a_wrong_clock_makes_no_data_too_old() {
        let kept = 90 * DAY;
        for (server, phone) in [
            (TRUE, TRUE + 4_000 * DAY),
            (TRUE + 4_000 * DAY, TRUE),
            (TRUE, 0),
            (0, TRUE),
            (TRUE, TRUE),
        ] {
            assert!(Clock::from_answer(server, phone).before_ms(phone, kept) <= TRUE - kept);
        }
        for (server, phone) in [(i64::MAX, i64::MIN), (i64::MIN, i64::MAX)] {
            let clock = Clock::from_answer(server, phone);
            clock.corrected_ms(clock.guess(phone), phone);
            clock.before_ms(phone, kept);
        }
    }

    #[test]
    fn a_clock_is_stored_and_read_back() {
        let clock = Clock::from_answer(TRUE, 5);
        let json = serde_json::to_string(&clock).unwrap();
        assert_eq!(serde_json::from_str::<Clock>(&json).unwrap(), clock);
    }
}
