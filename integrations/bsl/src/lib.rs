//! Reads, checks and runs the language of 1C.
