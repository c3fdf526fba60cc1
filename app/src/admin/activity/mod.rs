//! What the tills do, and whether their tokens are shared.

mod evidence;
mod hour;
mod ring;
mod sign;
mod strip;

pub mod normal;
pub mod signs;
pub mod strips;
pub mod till;

pub use hour::{Day, HOURS, Hour};
