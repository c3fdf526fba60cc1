//! The Tajik texts.

use super::Texts;
use crate::console::texts::tg;
use crate::ui::format::Plural;

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
    signed_in_as: "Шумо ҳамчун {} даромадаед.",
    on_the_platform: "Дар платформа",
    store_noun: Plural {
        one: "мағоза",
        few: "мағоза",
        many: "мағоза",
    },
    no_stores: "Ҳанӯз мағоза нест",
    no_stores_advice: "Мағозаҳои намоишро фармони bonex provision-demo месозад.",
    store: "Мағоза",
    state: "Ҳолат",
    works: "кор мекунад",
    suspended: "боздошта шудааст",
    active_tills: "Кассаҳои фаъол",
    of_tills: "{} аз {}",
    tills_on_phone: "кассаҳои фаъол {}",
    last_sale: "Фурӯши охирин",
    never_sold: "фурӯш набуд",
};
