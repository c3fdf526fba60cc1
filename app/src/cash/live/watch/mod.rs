//! What the till notices by itself while it is open.

pub mod keyboard;
