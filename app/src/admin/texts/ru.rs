//! The Russian texts.

use super::{Texts, activity, stores};
use crate::console::texts::ru;

/// All Russian texts of the admin console.
pub(super) const TEXTS: Texts = Texts {
    access: ru::ACCESS,
    second_step: ru::SECOND_STEP,
    role: "администратор",
    join_title: "Добро пожаловать",
    join_lead: "Вас приглашают в консоль платформы Bonex. Вы увидите все магазины.",
    connect_lead: "В консоль входят с паролем и кодом с телефона. Три шага, одна минута.",
    connect: "Подключить и войти",
    stores: "Магазины",
    store_pages: stores::ru::STORES,
    activity: activity::ru::ACTIVITY,
};
