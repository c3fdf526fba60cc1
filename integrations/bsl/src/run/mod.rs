//! Runs modules.

mod builtins;
mod core;
mod expression;
mod format;
mod json;
mod machine;
mod objects;
mod platform;
mod statement;

pub use core::{
    Content, Faulty, Host, LogEntry, Network, Object, Raised, Request, Response, Run, Value,
};
pub use machine::Machine;
pub use objects::{Array, Fields, Map, Row, Structure, TablePart};
