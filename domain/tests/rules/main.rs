//! What the rules promise, tried on random input: each test is named after a promise.
//!
//! `machine` drives random `steps` against a second, naive reading of the rules (`shop` and `purse`);
//! `store` and `client` keep the ledger under test the way a database does.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod client;
mod examples;
mod gifts;
mod machine;
mod partly_read;
mod purse;
mod reading;
mod redemption;
mod returning;
mod shop;
mod steps;
mod store;
mod strategies;
