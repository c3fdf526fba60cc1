//! The till in the browser, in layers: a file uses only what stands above it here.
//!
//! - `platform`: the browser; it knows no screen.
//! - `api`: the questions to the Cashier API.
//! - `model`: what the till knows, in signals; no network, no view.
//! - `flows`: what the till does, mostly async; no view.
//! - `ui`: parts of screens that start no flow.
//! - `screens`: the sale, and the sheets that lie over it.
//! - `root` and the modules beside it: the till as a whole.
//!
//! `xtask tidy` holds the order.

pub mod platform;

pub mod api;

pub mod model;

pub mod flows;
pub mod ui;

pub mod screens;

mod back_button;
pub mod root;
mod till_view;
mod watch;
