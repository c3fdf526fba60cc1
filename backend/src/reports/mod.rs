//! What a store's people read: sums over sales, returns and receipts. Only the limits of what is
//! unusual are written here, and sums that can be made again from the documents.

mod bonuses;
mod clients;
mod sql;
mod summing;
mod sums;
mod tills;
mod unusual;

pub use bonuses::{Bonuses, Movement, bonuses, moved};
pub use clients::{COHORT_MONTHS, Cohort, TierMove, Tiers, cohorts, repeat, tiers};
pub use summing::sum_up_days;
pub(crate) use summing::{SumUpDays, different_days};
pub use sums::{Sums, Week, by_branch, by_day, by_hour, by_till, in_all, week};
pub use tills::{BranchTills, TillRow, branch_names, silent, till_names, tills};
pub use unusual::{
    Busy, Giver, MAX_UNUSUAL_ROWS, RoundSums, SetUnusualLimits, UNUSUAL_DAYS, Unusual, Who, limits,
    unusual,
};

/// What a report is about: a store, or one of its branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The store.
    pub tenant_id: i64,
    /// The branch; `None` for all. A till's documents belong to the branch where the till is now.
    pub branch_id: Option<i64>,
}

impl Scope {
    /// All branches of a store.
    pub const fn store(tenant_id: i64) -> Self {
        Self {
            tenant_id,
            branch_id: None,
        }
    }
}
