//! The statements of accounts. A statement about somebody who signs in has two texts, because an
//! admin belongs to no store.

mod admin_access;
mod admins;
mod another_app;
mod credentials;
mod guesses;
mod links;
mod own_account;
mod pending;
mod people;
mod principals;
mod recovery_codes;
mod second_step;
mod sessions;

pub(super) use admin_access::*;
pub(super) use admins::*;
pub(super) use another_app::*;
pub(super) use credentials::*;
pub(super) use guesses::*;
pub(super) use links::*;
pub(super) use own_account::*;
pub(super) use pending::*;
pub(super) use people::*;
pub(super) use principals::*;
pub(super) use recovery_codes::*;
pub(super) use second_step::*;
pub(super) use sessions::*;
