//! The Russian texts.

use super::Texts;
use crate::console::texts::ru;
use crate::ui::format::Plural;

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
    signed_in_as: "Вы вошли как {}.",
    on_the_platform: "На платформе",
    store_noun: Plural {
        one: "магазин",
        few: "магазина",
        many: "магазинов",
    },
    no_stores: "Магазинов ещё нет",
    no_stores_advice: "Демо-магазины создаёт команда bonex provision-demo.",
    store: "Магазин",
    state: "Состояние",
    works: "работает",
    suspended: "приостановлен",
    active_tills: "Касс включено",
    of_tills: "{} из {}",
    tills_on_phone: "касс включено {}",
    last_sale: "Последняя продажа",
    never_sold: "продаж не было",
};
