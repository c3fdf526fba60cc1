//! The statements of reports. Each is bounded to a store and, if it reads documents, to a span.

mod bonuses;
mod clients;
mod days;
mod limits;
mod summing;
mod sums;
mod tills;
mod unusual;

use super::Scope;

pub(super) use bonuses::{bonuses, burning, moved};
pub(super) use clients::{CohortRow, cohorts, repeat, tier_moves};
pub(super) use days::{days, hours_of_days, summed_until, tills_of_days};
pub(super) use limits::{LimitsRow, limits, limits_in, set_limits};
pub(super) use summing::{different, first_document, lock_summed_until, sum_up};
pub(super) use sums::{SlotRow, SumsRow, by_till_and_slot};
pub(super) use tills::{TillListRow, branches, habits, sold_by_tills, tills};
pub(super) use unusual::{GiverRow, WorkRow, busy, givers, work};
