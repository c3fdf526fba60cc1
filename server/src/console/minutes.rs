//! Waiting times as people read them.

/// Returns whole minutes, rounded up.
pub(crate) const fn minutes(seconds: i64) -> i64 {
    (seconds + 59) / 60
}
