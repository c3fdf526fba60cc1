//! A saved version of a programme.

use domain::{Programme, Timestamp};

/// A saved version. It never changes.
#[derive(Clone, Debug)]
pub struct Version {
    /// The number within the store: 1, 2, 3, …
    pub number: i64,
    /// The moment from which it applies.
    pub at: Timestamp,
    /// The number of the person who saved it; `None` for the platform.
    pub user_id: Option<i64>,
    /// The name of the person at that time.
    pub who: String,
    /// The settings.
    pub programme: Programme,
}
