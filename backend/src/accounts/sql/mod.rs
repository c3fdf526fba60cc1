//! The statements of accounts.

mod links;
mod people;
mod sessions;

pub(super) use links::*;
pub(super) use people::*;
pub(super) use sessions::*;
