//! What the commands print.

use std::io::{self, Write as _};

/// Prints a line to standard output and flushes it, because scripts wait for these lines.
pub(crate) fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
