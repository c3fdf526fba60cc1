//! The use-cases on real databases: what the pure rules cannot show.

mod bonuses;
mod demo;
mod ledger;
mod schedule;
