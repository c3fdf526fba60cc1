//! The HTTP server of Bonex: parses a request, calls [`backend`] and maps the answer. It contains
//! no business rules and no SQL.
//!
//! [`router::router`] lists every URL. [`App`] is the state that handlers share; a test creates one
//! on its own database and calls the router without a socket.

mod activity;
mod admin;
mod api;
mod app_state;
mod bot;
mod browser;
mod by_host;
pub mod cli;
mod client;
pub mod config;
mod conformance;
mod console;
mod device;
mod dispatch;
mod docs;
mod error;
mod explain;
mod hosts;
mod http_client;
mod job;
mod last_hour;
mod live;
mod middleware;
mod openapi;
mod operator;
mod panel;
mod provision;
mod readiness;
pub mod router;
mod sandbox;
mod say;
mod schedule;
mod scheduled;
pub mod serve;
mod telemetry;
mod throttle;
mod ticket;

pub use app_state::App;
pub use dispatch::Dispatcher;
pub use schedule::run_due_jobs;
pub use telemetry::{Log, init_logging};
