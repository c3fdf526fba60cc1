//! Tests of the use-cases on real databases, which show what the pure rules cannot show.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a step that fails should fail the test"
)]

mod beside_jobs;
mod bonuses;
mod cancelled;
mod demo;
mod ledger;
mod merges;
mod migrations;
mod replay;
mod reports;
mod schedule;
mod small_lots;
mod voids;
