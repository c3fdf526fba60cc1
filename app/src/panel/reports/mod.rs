//! The reports. Each page shows its tables from the same rows as their files.

pub mod bonuses;
pub mod cohorts;
pub mod limits;
pub mod members;
pub mod overview;
pub mod parts;
pub mod period;
pub mod result;
pub mod tiers;
pub mod unusual;
pub mod week;
