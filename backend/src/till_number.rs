//! The number by which code names a till of any store.

/// A till of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TillNumber {
    /// The store.
    pub tenant_id: i64,
    /// The till's public number.
    pub till_id: i64,
}
