//! What a store's people read: sums over sales, returns and receipts. Only the limits of what is
//! unusual are written here.

mod bonuses;
mod clients;
mod sql;
mod sums;
mod tills;
mod unusual;

pub use bonuses::{Bonuses, Movement, bonuses, moved};
pub use clients::{COHORT_MONTHS, Cohort, TierMove, Tiers, cohorts, repeat, tiers};
pub use sums::{Sums, Week, by_branch, by_day, by_hour, in_all, week};
pub use tills::{BranchTills, TillRow, branch_names, silent, tills};
pub use unusual::{
    Busy, Giver, MAX_UNUSUAL_ROWS, RoundSums, SetUnusualLimits, UNUSUAL_DAYS, Unusual, Who, limits,
    unusual,
};
