//! What another programme would have given on the sales of the last months.
//!
//! The documents are read from one snapshot, client by client, and only sums are kept. A store with
//! very many sales is not made to wait: its look is a row, computed beside the requests.

mod effect;
mod feed;
mod looks;
mod sql;

pub use effect::{Effect, MOST_AT_ONCE, effect, is_too_long};
pub use looks::{Look, StartLook, Started, StopLook, look, resume_looks, run_look};

use domain::Timestamp;

/// The days that are replayed, before the current one.
const DAYS: i64 = 90;

/// Returns the moment at which a replay begins: midnight of a local day.
fn begins_at(now: Timestamp) -> Timestamp {
    now.local_midnight().plus_days(-DAYS)
}
