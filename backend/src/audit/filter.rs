//! The choice of entries to list.

use domain::Timestamp;

/// The entries to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Only the entries before this place: the moment and number of an entry.
    pub before: Option<(Timestamp, i64)>,
    /// Only the acts since this moment.
    pub since: Option<Timestamp>,
    /// Only the acts of this person.
    pub user_id: Option<i64>,
    /// Only the acts with this name.
    pub action: Option<&'a str>,
}
