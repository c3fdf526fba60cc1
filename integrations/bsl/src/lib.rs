//! Reads, checks and runs the language of 1C, so that the module for 1C is tested without 1C.
//!
//! `tree-sitter` reads the text. [`check`] looks for what 1C would refuse, or what must not be in a
//! module that handles money. [`run`] is a small evaluator for scenarios: where it is not sure
//! what the platform does, it stops with an error.

pub mod check;
pub mod date;
pub mod pieces;
pub mod run;
pub mod syntax;
