//! Tests of the till on random input. Each test is named after the rule that it checks.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests and their helpers fail by panicking"
)]

mod documents;
mod history;
mod judging;
mod quoting;
mod sending;
mod strategies;
mod typing;
