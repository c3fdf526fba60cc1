//! Tests of real processes on real sockets: races, several servers on one database, crashes and
//! outages.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed step should fail the test"
)]

mod command_line;
mod conformance;
mod crash;
mod messages;
mod outage;
mod process;
mod races;
mod sandbox;
mod till;
