//! How fast what waits may be sent: the server counts a till's requests by the minute, and the client at the counter
//! goes before the queue.

/// A minute of the server's begins with the first request in it.
const MINUTE_MS: i64 = 60_000;

/// One part of so many is left to the counter.
const COUNTERS_PART: u32 = 5;

/// What the server's answers have told. Moments are those of a clock that nobody sets.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Pace {
    /// How many requests a minute has; 0 where the server has not said.
    limit: u32,
    /// How many are left of this one.
    left: u32,
    /// It is over by then at the latest.
    over_ms: i64,
    /// Nothing is answered before.
    closed_until_ms: i64,
}

impl Pace {
    /// An answer says how many requests its minute has, and how many are left of them.
    pub fn heard(&mut self, limit: u32, left: u32, now_ms: i64) {
        if left > self.left || limit != self.limit {
            self.over_ms = now_ms.saturating_add(MINUTE_MS);
        }
        self.limit = limit;
        self.left = left;
    }

    /// An answer says to come again in so many seconds. Longer than a minute nobody of ours says, but a stranger may.
    pub fn refused(&mut self, seconds: u32, now_ms: i64) {
        let wait_ms = (i64::from(seconds) * 1_000).min(MINUTE_MS);
        self.closed_until_ms = now_ms.saturating_add(wait_ms);
    }

    /// How long the counter must wait.
    pub fn wait_ms(&self, now_ms: i64) -> u32 {
        span_ms(now_ms, self.closed_until_ms)
    }

    /// How long what waits must wait on.
    pub fn queue_wait_ms(&self, now_ms: i64) -> u32 {
        let is_counters = self.limit > 0 && self.left <= self.limit / COUNTERS_PART;
        let until_ms = if is_counters { self.over_ms } else { 0 };
        span_ms(now_ms, until_ms.max(self.closed_until_ms))
    }
}

fn span_ms(from_ms: i64, to_ms: i64) -> u32 {
    u32::try_from(to_ms.saturating_sub(from_ms)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_is_left_to_the_counter_until_the_minute_is_over() {
        let mut pace = Pace::default();
        assert_eq!(pace.queue_wait_ms(0), 0);
        for sent in 1..240 {
            pace.heard(300, 300 - sent, i64::from(sent) * 10);
            assert_eq!(pace.queue_wait_ms(i64::from(sent) * 10), 0, "{sent}");
        }
        pace.heard(300, 60, 2_400);
        assert_eq!(pace.queue_wait_ms(2_400), 57_610);
        // The counter goes on.
        assert_eq!(pace.wait_ms(2_400), 0);
        pace.heard(300, 40, 30_000);
        assert_eq!(pace.queue_wait_ms(30_000), 30_010);
        assert_eq!(pace.queue_wait_ms(60_010), 0);
        // The next minute.
        pace.heard(300, 299, 60_020);
        assert_eq!(pace.queue_wait_ms(60_020), 0);
    }

    #[test]
    fn a_refusal_holds_both_for_as_long_as_it_says() {
        let mut pace = Pace::default();
        pace.heard(300, 0, 1_000);
        pace.refused(55, 1_000);
        assert_eq!(pace.wait_ms(1_000), 55_000);
        assert_eq!(pace.wait_ms(55_999), 1);
        assert_eq!(pace.wait_ms(56_000), 0);
        assert_eq!(pace.queue_wait_ms(1_000), 60_000);
    }

    #[test]
    fn a_limit_of_a_few_or_none_stops_nothing_for_ever() {
        let mut pace = Pace::default();
        pace.heard(0, 0, 0);
        assert_eq!(pace.queue_wait_ms(0), 0);
        pace.heard(1, 0, 0);
        assert_eq!(pace.queue_wait_ms(0), 60_000);
        assert_eq!(pace.queue_wait_ms(60_000), 0);
        pace.refused(u32::MAX, 0);
        assert_eq!(pace.wait_ms(0), 60_000);
        pace.refused(u32::MAX, i64::MAX);
        assert_eq!(pace.wait_ms(i64::MAX), 0);
    }
}
