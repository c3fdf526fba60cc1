//! The state of the till in signals, without a network and without a view.

pub mod client;
pub mod history;
pub mod link;
pub mod notice;
mod refusal;
pub mod returns;
pub mod sale;
pub mod screens;
pub mod session;
pub mod till;
