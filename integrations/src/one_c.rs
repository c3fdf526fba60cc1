//! The module for 1C. One source serves three configurations.

use crate::Till;

/// A configuration of 1C that has a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Configuration {
    /// Управление нашей фирмой 3.0.
    Unf,
    /// Розница 3.0.
    Retail,
    /// Управление торговлей 11.5.
    Trade,
}

/// Returns the file for a till: UTF-8 with a byte order mark, lines that end with CRLF.
pub fn one_c(_configuration: Configuration, _till: &Till<'_>) -> Vec<u8> {
    Vec::new()
}
