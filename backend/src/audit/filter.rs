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

/// Whose acts are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of the admin with this number.
    Admin(i64),
    /// Those of the operator at the command line.
    Operator,
}

/// The entries of the platform's journal to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlatformFilter<'a> {
    /// Only the entries before this place: the moment and number of an entry.
    pub before: Option<(Timestamp, i64)>,
    /// Only the acts since this moment.
    pub since: Option<Timestamp>,
    /// Only the acts before this moment.
    pub until: Option<Timestamp>,
    /// Only the acts of somebody.
    pub whose: Option<Whose>,
    /// Only the acts with this name.
    pub action: Option<&'a str>,
}
