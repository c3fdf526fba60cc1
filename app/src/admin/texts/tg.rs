//! The Tajik texts.

use super::{Texts, activity, stores};
use crate::console::texts::tg;

/// All Tajik texts of the admin console.
pub(super) const TEXTS: Texts = Texts {
    access: tg::ACCESS,
    second_step: tg::SECOND_STEP,
    role: "маъмур",
    join_title: "Хуш омадед",
    join_lead: "Шуморо ба консоли платформаи Bonex даъват мекунанд. Шумо ҳамаи мағозаҳоро мебинед.",
    connect_lead: "Ба консол бо парол ва рамзи телефон медароянд. Се қадам, як дақиқа.",
    connect: "Пайваст карда даромадан",
    stores: "Мағозаҳо",
    store_pages: stores::tg::STORES,
    activity: activity::tg::ACTIVITY,
};
