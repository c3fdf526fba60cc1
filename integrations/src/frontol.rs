//! The script for Frontol.

use crate::Till;

/// Returns the script for a till: ASCII, lines that end with CRLF.
pub fn frontol(_till: &Till<'_>) -> Vec<u8> {
    Vec::new()
}
