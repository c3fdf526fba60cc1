//! The actions of the till, mostly async, without a view.

pub mod clients;
pub mod connection;
pub mod draft;
pub mod outbox;
pub mod returns;
pub mod sale;
pub mod scan;
pub mod send;
pub mod session;
pub mod store_search;
pub mod typing;
pub mod void;
