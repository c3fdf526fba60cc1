//! What the till promises a cashier, tried on random input: each test is named after a promise.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod documents;
mod history;
mod judging;
mod quoting;
mod sending;
mod strategies;
mod typing;
