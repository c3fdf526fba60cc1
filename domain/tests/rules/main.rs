//! Tests of the rules on random input. Each test is named after the rule that it checks.
//!
//! `machine` sends random `steps` to the ledger and to the `reference` model. `store` and `client`
//! keep the ledger under test in the way a database does.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests and their helpers fail by panicking"
)]

mod client;
mod examples;
mod machine;
mod partly_read;
mod reading;
mod redemption;
mod reference;
mod replay;
mod returning;
mod steps;
mod store;
mod strategies;
