//! The statements of reports. Each is bounded to a store and, if it reads documents, to a span.

mod bonuses;
mod clients;
mod sums;
mod tills;
mod unusual;

pub(super) use bonuses::{bonuses, burning, moved};
pub(super) use clients::{CohortRow, cohorts, repeat, tier_moves};
pub(super) use sums::{SumsRow, by_branch, by_slot, checks_by_hour, in_all};
pub(super) use tills::{branches, habits, sold_by_tills, tills};
pub(super) use unusual::{LimitsRow, busy, givers, limits, limits_in, round_sums, set_limits};
