//! The HTTP server of Bonex: parses a request, asks [`backend`], maps the answer. No rule and no
//! SQL of its own.
//!
//! [`router::router`] shows every URL. [`App`] is what handlers share; a test makes one on a
//! database of its own and calls the router, without a socket.

mod api;
mod app_state;
pub mod cli;
pub mod config;
mod device;
mod docs;
mod error;
mod middleware;
mod openapi;
mod readiness;
pub mod router;
pub mod serve;
mod telemetry;
mod throttle;

pub use app_state::App;
pub use telemetry::{Log, init_logging};
