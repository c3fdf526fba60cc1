//! Real processes on real sockets: races, several servers on one database, and death without warning.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a step that fails should fail the test"
)]

mod command_line;
mod crash;
mod outage;
mod process;
mod races;
mod till;
