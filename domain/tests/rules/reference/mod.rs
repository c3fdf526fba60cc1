//! The reference model: a second, naive implementation of the rules, with plain integers of dirams
//! and microseconds, without entries and sorted lots. The ledger must give the same results.

mod gifts;
mod purse;
mod shop;

pub(crate) use purse::Purse;
pub(crate) use shop::Shop;
