//! The jobs that run by schedule or by hand, over every store.

mod chunks;
mod due;
mod expire;
mod remind;
mod sql;
mod verify;

pub use due::{LEASE_SECONDS, finish_job, renew_job, take_job};
pub use expire::{Expired, PutOff, Sweep, expire_bonuses};
pub use remind::{Reminded, remind_of_expiry};
pub use verify::{StoreDifferences, Verified, verify_ledger};
