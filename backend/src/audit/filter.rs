//! The choice of entries to list.

use domain::Timestamp;

/// Stands for the people of Bonex, who have no number in a store.
pub const PLATFORM: i64 = -1;

/// The entries to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Only the entries before this place: the moment and number of an entry.
    pub before: Option<(Timestamp, i64)>,
    /// Only the acts since this moment.
    pub since: Option<Timestamp>,
    /// Only the acts of this person; [`PLATFORM`] for those of admins and of the operator.
    pub user_id: Option<i64>,
    /// Only the acts with this name.
    pub action: Option<&'a str>,
}
