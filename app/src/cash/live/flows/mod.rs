//! What the till does, mostly async, without a view.

pub mod clients;
pub mod connection;
pub mod draft;
pub mod outbox;
pub mod send;
pub mod session;
