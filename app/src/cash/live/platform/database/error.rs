//! Failures of the browser's database.

use std::fmt;

use wasm_bindgen::JsValue;

use crate::cash::live::platform::dynamic::error_name;

/// The reason why nothing was stored, read or removed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DatabaseError {
    /// The browser has no database, or denies it to this page (a private window).
    Unavailable,
    /// The storage is full.
    Full,
    /// Anything else, under the browser's name for it.
    Other(String),
}

impl From<JsValue> for DatabaseError {
    fn from(error: JsValue) -> Self {
        let name = error_name(&error);
        match name.as_str() {
            "" | "SecurityError" => Self::Unavailable,
            "QuotaExceededError" => Self::Full,
            _ => Self::Other(name),
        }
    }
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unavailable => "no database",
            Self::Full => "no room left",
            Self::Other(name) => name,
        })
    }
}

impl std::error::Error for DatabaseError {}
