//! Parts of the screens that start no flow.

pub mod amount;
pub mod erased;
pub mod figures;
pub mod focus;
pub mod icons;
pub mod keypad;
pub mod notice;
pub mod record;
pub mod sheet;
