//! The sign that a token is shared, on replayed streams of requests: honest shops stay below the
//! points that are worth a look, and each way of sharing is found.
//!
//! `cargo test -p domain --test sharing -- --nocapture table` prints what every stream comes to.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests and their helpers fail by panicking"
)]

mod chance;
mod honest;
mod laws;
mod limits;
mod moving;
mod shared;
mod speed;
mod stream;
mod table;
mod workplace;
