//! Tajik: texts of the people and the settings.

use crate::panel::texts::access::{CommonTexts, PeopleTexts, SettingsTexts};

pub(super) const COMMON: CommonTexts = CommonTexts {
    today: "Имрӯз",
    clients: "Мизоҷон",
    sales: "Фурӯшҳо",
    goods: "Молҳо",
    tills: "Филиалҳо ва кассаҳо",
    integrations: "Интегратсияҳо",
    programme: "Барномаи вафодорӣ",
    people: "Одамон ва дастрасӣ",
    journal: "Журнал",
    settings: "Танзимот",
    owner: "соҳиб",
    manager: "мудир",
    accountant: "муҳосиб",
    somoni: "сом.",
    branch: "Филиал",
    all_branches: "Ҳамаи филиалҳо",
    accrued: "Ҳисоб шуд",
    redeemed: "Сарф шуд",
    as_table: "Ҳамин рақамҳо дар ҷадвал",
    save: "Захира кардан",
    cancel: "Бекор кардан",
    show: "Нишон додан",
    not_saved: "Захира нашуд",
};

pub(super) const PEOPLE: PeopleTexts = PeopleTexts {
    role: "Нақш",
    person: "Шахс",
    last_seen: "Дар панел буд",
    access: "Дастрасӣ",
    link: "Истинод",
    never_seen: "ҳанӯз надаромадааст",
    you: "ин шумоед",
    remove: "Дастрасиро бастан",
    new_password: "Пароли нав",
    invite_title: "Шахсро даъват кардан",
    invite_note: "Шумо барои 7 рӯз истинод мегиред. Худатон онро диҳед: шахс онро кушода, парол мегузорад.",
    invite: "Истинод сохтан",
    not_invited: "Истинод сохта нашуд",
    manager_note: "Ҳама чиз, ғайр аз одамон, калидҳои кассаҳо ва барнома",
    accountant_note: "Ҳамаро мебинад, чизеро тағйир намедиҳад",
    owner_note: "Ҳама чиз, мисли шумо",
    invitations: "Даъватҳо интизоранд",
    until: "то {}",
    cancel: "Бекор кардан",
    link_for: "Истинод: {}",
    link_note: "Ҳозир нусха гиред: дубора нишон дода намешавад. Як бор, то {} кор мекунад.",
};

pub(super) const SETTINGS: SettingsTexts = SettingsTexts {
    store: "Мағоза ва шумо",
    store_name: "Номи мағоза",
    store_name_hint: "Онро кассирон ва мизоҷон мебинанд.",
    language: "Забони панел",
    sessions: "Воридшавиҳои шумо",
    sessions_note: "Ҳоло дар куҷо ба панел даромадаед.",
};
