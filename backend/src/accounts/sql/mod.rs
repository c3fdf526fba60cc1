//! The statements of accounts.

mod links;
mod own_account;
mod people;
mod second_step;
mod sessions;

pub(super) use links::*;
pub(super) use own_account::*;
pub(super) use people::*;
pub(super) use second_step::*;
pub(super) use sessions::*;
