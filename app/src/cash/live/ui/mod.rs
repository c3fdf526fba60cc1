//! Parts of the screens that start no flow.

pub mod drawn;
pub mod icons;
pub mod keypad;
pub mod notice;
