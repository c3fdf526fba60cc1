//! What a store's people read: sums over sales, returns and receipts. Nothing here writes.

mod day;
mod sql;
mod tills;

pub use day::{Day, DayFigures, day, hours};
pub use tills::{BranchTills, TillRow, tills};
