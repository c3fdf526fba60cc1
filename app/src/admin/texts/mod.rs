//! Every text of the admin console that the panel does not have.

mod choice;
mod en;
pub(in crate::admin) mod platform;
mod ru;
mod tg;

pub(super) use choice::texts;
pub(super) use platform::platform;

use crate::console::texts::{AccessTexts, SecondStepTexts};
use crate::ui::format::Plural;

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
    pub(super) signed_in_as: &'static str,
    pub(super) on_the_platform: &'static str,
    pub(super) store_noun: Plural,
    pub(super) no_stores: &'static str,
    pub(super) no_stores_advice: &'static str,
    pub(super) store: &'static str,
    pub(super) state: &'static str,
    pub(super) works: &'static str,
    pub(super) suspended: &'static str,
    pub(super) active_tills: &'static str,
    pub(super) of_tills: &'static str,
    pub(super) tills_on_phone: &'static str,
    pub(super) last_sale: &'static str,
    pub(super) never_sold: &'static str,
}
