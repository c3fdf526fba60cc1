//! The speed at which the queue may be sent. The server limits a till's requests per minute, and a
//! client at the counter has priority over the queue.

/// The length of the server's minute. It begins with the first request in it.
const MINUTE_MS: i64 = 60_000;

/// One fifth of the requests is reserved for the counter.
const COUNTERS_PART: u32 = 5;

/// The limits known from the server's answers. All moments come from a clock that cannot be set.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Pace {
    /// The number of requests allowed per minute; 0 if the server has not sent it.
    limit: u32,
    /// The number of requests left in this minute.
    left: u32,
    /// The latest moment at which this minute ends.
    over_ms: i64,
    /// The moment before which the server answers no request.
    closed_until_ms: i64,
}

impl Pace {
    /// Records an answer that contains the limit per minute and the number of requests left.
    pub fn record_limit(&mut self, limit: u32, left: u32, now_ms: i64) {
        if left > self.left || limit != self.limit {
            self.over_ms = now_ms.saturating_add(MINUTE_MS);
        }
        self.limit = limit;
        self.left = left;
    }

    /// Records an answer that says to come again after `seconds`. The Bonex server never sends more
    /// than a minute, but some other server between may, so the wait is limited.
    pub fn refused(&mut self, seconds: u32, now_ms: i64) {
        let wait_ms = (i64::from(seconds) * 1_000).min(MINUTE_MS);
        self.closed_until_ms = now_ms.saturating_add(wait_ms);
    }

    /// Returns how long the counter must wait, in milliseconds.
    pub fn wait_ms(&self, now_ms: i64) -> u32 {
        span_ms(now_ms, self.closed_until_ms)
    }

    /// Returns how long the queue must wait, in milliseconds.
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
            pace.record_limit(300, 300 - sent, i64::from(sent) * 10);
            assert_eq!(pace.queue_wait_ms(i64::from(sent) * 10), 0, "{sent}");
        }
        pace.record_limit(300, 60, 2_400);
        assert_eq!(pace.queue_wait_ms(2_400), 57_610);
        // The counter may still send.
        assert_eq!(pace.wait_ms(2_400), 0);
        pace.record_limit(300, 40, 30_000);
        assert_eq!(pace.queue_wait_ms(30_000), 30_010);
        assert_eq!(pace.queue_wait_ms(60_010), 0);
        // The next minute begins.
        pace.record_limit(300, 299, 60_020);
        assert_eq!(pace.queue_wait_ms(60_020), 0);
    }

    #[test]
    fn a_refusal_stops_counter_and_queue_for_its_time() {
        let mut pace = Pace::default();
        pace.record_limit(300, 0, 1_000);
        pace.refused(55, 1_000);
        assert_eq!(pace.wait_ms(1_000), 55_000);
        assert_eq!(pace.wait_ms(55_999), 1);
        assert_eq!(pace.wait_ms(56_000), 0);
        assert_eq!(pace.queue_wait_ms(1_000), 60_000);
    }

    #[test]
    fn small_or_missing_limits_never_stop_the_queue_for_ever() {
        let mut pace = Pace::default();
        pace.record_limit(0, 0, 0);
        assert_eq!(pace.queue_wait_ms(0), 0);
        pace.record_limit(1, 0, 0);
        assert_eq!(pace.queue_wait_ms(0), 60_000);
        assert_eq!(pace.queue_wait_ms(60_000), 0);
        pace.refused(u32::MAX, 0);
        assert_eq!(pace.wait_ms(0), 60_000);
        pace.refused(u32::MAX, i64::MAX);
        assert_eq!(pace.wait_ms(i64::MAX), 0);
    }
}
