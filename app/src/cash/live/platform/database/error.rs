//! Why the browser's database did not do as it was told.

use std::fmt;

use wasm_bindgen::JsValue;

use crate::cash::live::platform::dynamic::error_name;

/// Why nothing was kept, read or removed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DatabaseError {
    /// The browser has no database, or gives none to this page (a private window).
    Unavailable,
    /// No room is left.
    Full,
    /// Anything else, by the name that the browser gives it.
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
