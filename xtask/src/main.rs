//! bonex
fn main() {}
