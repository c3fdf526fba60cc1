//! The time that the database may take.

use std::time::Duration;

/// The time that a request waits for a connection before it fails.
pub(super) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// The time that one caller of the database may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// For requests, since a till waits: on PostgreSQL each lock and each statement has a time
    /// limit.
    Request,
    /// For jobs, which read or write whole stores: statements and locks have no time limit.
    Job,
}
