//! What cargo cannot do alone.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A command-line tool's output is its purpose.
fn main() {}
