//! Tests of the Cashier API over real HTTP, on both engines: every example of the seed and every
//! row of the contract.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed step should fail the test"
)]

mod activity;
mod around;
mod auth;
mod cards;
mod device;
mod examples;
mod external_ids;
mod fields;
mod hardly_http;
mod harness;
mod hostile;
mod idempotency;
mod keeping;
mod logs;
mod money_back;
mod openapi;
mod pairing;
mod readiness;
mod redemptions;
mod refusals;
mod reply;
mod returning;
mod state;
mod throttle;
mod values;
mod voiding;
