//! Every text of the admin console that the panel does not have.

mod activity;
mod choice;
mod en;
pub(in crate::admin) mod platform;
mod ru;
mod stores;
mod tg;

pub(super) use choice::texts;
pub(super) use platform::platform;

use crate::console::texts::{AccessTexts, SecondStepTexts};
pub(super) use activity::ActivityTexts;
pub(super) use stores::StoresTexts;

/// The texts of the admin console in one language.
pub(super) struct Texts {
    pub(super) access: AccessTexts,
    pub(super) second_step: SecondStepTexts,
    pub(super) role: &'static str,
    pub(super) join_title: &'static str,
    pub(super) join_lead: &'static str,
    pub(super) connect_lead: &'static str,
    pub(super) connect: &'static str,
    pub(super) stores: &'static str,
    pub(super) store_pages: StoresTexts,
    pub(super) activity: ActivityTexts,
}
