//! The module for 1C: its bytes, its language, and what it does at a till on a real server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed step should fail the test"
)]

mod bases;
mod documents;
mod events;
mod network;
mod registers;
mod scenarios;
mod settings;
mod shop;
mod stories;
mod text;
mod till;
mod undoing;
mod walks;
