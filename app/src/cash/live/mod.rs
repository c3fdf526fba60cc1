//! The till in the browser, in layers: a file uses only the modules above it in this list.
//!
//! - `platform`: the browser; it does not know the screens.
//! - `api`: the requests to the Cashier API.
//! - `model`: the state of the till, in signals; no network, no view.
//! - `flows`: the actions of the till, mostly async; no view.
//! - `ui`: parts of screens that start no flow.
//! - `screens`: the sale, and the sheets over it.
//! - `root` and the modules beside it: the till as a whole.
//!
//! `xtask tidy` checks the order.

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
