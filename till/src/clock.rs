//! The server's clock, as far as a till knows it: a phone's own may be years away.

use serde::{Deserialize, Serialize};

/// What the server's clock showed when it was heard last. Kept on the device, for a start without a network.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Clock {
    /// How far it was ahead of the phone's, in milliseconds.
    ahead_ms: i64,
    /// What it showed, in milliseconds since 1970.
    heard_ms: i64,
}

/// When something was made while the server was not heard yet: all that is certain about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Guess {
    /// What the phone's clock showed.
    phone_ms: i64,
    /// What the server's clock had shown before.
    heard_ms: i64,
}

impl Clock {
    /// The server has just told that it is `server_ms`.
    pub fn heard(server_ms: i64, phone_ms: i64) -> Self {
        Self {
            ahead_ms: server_ms.saturating_sub(phone_ms),
            heard_ms: server_ms,
        }
    }

    /// What it shows while the phone's clock shows `phone_ms`. It does not go back behind what was heard, though the
    /// phone's was set back.
    pub fn now_ms(self, phone_ms: i64) -> i64 {
        phone_ms.saturating_add(self.ahead_ms).max(self.heard_ms)
    }

    /// For a document that is made while this clock is only remembered.
    pub fn guess(self, phone_ms: i64) -> Guess {
        Guess {
            phone_ms,
            heard_ms: self.heard_ms,
        }
    }

    /// When that was, by this clock, which has just been heard. Where the phone's was set since, the guess stays between
    /// the two times at which the server was heard.
    pub fn mended_ms(self, guess: Guess, phone_ms: i64) -> i64 {
        let now_ms = self.now_ms(phone_ms);
        let made_ms = guess.phone_ms.saturating_add(self.ahead_ms);
        made_ms.clamp(guess.heard_ms.min(now_ms), now_ms)
    }

    /// What is older than this may be forgotten: by both clocks, for either may be mad.
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
    fn what_was_heard_once_holds_until_it_is_heard_again() {
        for off in [0, 5_000, -400 * DAY, 4_000 * DAY] {
            let phone = TRUE + off;
            let clock = Clock::heard(TRUE, phone);
            assert_eq!(clock.now_ms(phone), TRUE);
            assert_eq!(clock.now_ms(phone + DAY), TRUE + DAY);
            // Time does not run backwards, whatever the phone says.
            assert_eq!(clock.now_ms(phone - 30 * DAY), TRUE);
        }
        assert_eq!(Clock::default().now_ms(TRUE), TRUE);
    }

    #[test]
    fn a_moment_is_mended_when_the_clock_becomes_known() {
        let before = Clock::heard(TRUE - DAY, TRUE - DAY);
        // The phone's clock has gone mad before the till is opened, and stays so.
        for off in [-400 * DAY, 0, 400 * DAY] {
            let guess = before.guess(TRUE + off);
            let later = TRUE + DAY / 2;
            let known = Clock::heard(later, later + off);
            assert_eq!(known.mended_ms(guess, later + off), TRUE);
        }
        // It is set right before the server is heard: between the two times is all that is certain.
        let known = Clock::heard(TRUE + DAY, TRUE + DAY);
        let behind = before.guess(TRUE - 400 * DAY);
        assert_eq!(known.mended_ms(behind, TRUE + DAY), TRUE - DAY);
        let ahead = before.guess(TRUE + 400 * DAY);
        assert_eq!(known.mended_ms(ahead, TRUE + DAY), TRUE + DAY);
    }

    #[test]
    fn no_mad_clock_makes_anything_old() {
        let kept = 90 * DAY;
        for (server, phone) in [
            (TRUE, TRUE + 4_000 * DAY),
            (TRUE + 4_000 * DAY, TRUE),
            (TRUE, 0),
            (0, TRUE),
            (TRUE, TRUE),
        ] {
            assert!(Clock::heard(server, phone).before_ms(phone, kept) <= TRUE - kept);
        }
        for (server, phone) in [(i64::MAX, i64::MIN), (i64::MIN, i64::MAX)] {
            let clock = Clock::heard(server, phone);
            clock.mended_ms(clock.guess(phone), phone);
            clock.before_ms(phone, kept);
        }
    }

    #[test]
    fn it_is_stored_and_read_back() {
        let clock = Clock::heard(TRUE, 5);
        let json = serde_json::to_string(&clock).unwrap();
        assert_eq!(serde_json::from_str::<Clock>(&json).unwrap(), clock);
    }
}
