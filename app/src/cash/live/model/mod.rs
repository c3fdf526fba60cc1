//! What the till knows: signals, without a network and without a view.

pub mod notice;
pub mod till;
