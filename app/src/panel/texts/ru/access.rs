//! Russian: texts of the people and the settings.

use crate::panel::texts::access::{CommonTexts, PeopleTexts, SettingsTexts};

pub(super) const COMMON: CommonTexts = CommonTexts {
    today: "Сегодня",
    clients: "Клиенты",
    sales: "Продажи",
    goods: "Товары",
    tills: "Филиалы и кассы",
    integrations: "Интеграции",
    programme: "Программа лояльности",
    people: "Люди и доступ",
    journal: "Журнал",
    settings: "Настройки",
    owner: "владелец",
    manager: "управляющий",
    accountant: "бухгалтер",
    somoni: "сом.",
    branch: "Филиал",
    all_branches: "Все филиалы",
    accrued: "Начислено",
    redeemed: "Списано",
    as_table: "Те же числа таблицей",
    save: "Сохранить",
    cancel: "Отменить",
    show: "Показать",
    not_saved: "Не сохранено",
};

pub(super) const PEOPLE: PeopleTexts = PeopleTexts {
    role: "Роль",
    person: "Человек",
    last_seen: "Был в панели",
    access: "Доступ",
    link: "Ссылка",
    never_seen: "ещё не входил",
    you: "это вы",
    remove: "Закрыть доступ",
    new_password: "Новый пароль",
    invite_title: "Пригласить человека",
    invite_note: "Вы получите ссылку на 7 дней. Передайте её сами: человек откроет её и придумает пароль.",
    invite: "Сделать ссылку",
    not_invited: "Ссылка не сделана",
    manager_note: "Всё, кроме людей, ключей касс и программы",
    accountant_note: "Смотрит всё, не меняет ничего",
    owner_note: "Всё, как вы",
    invitations: "Приглашения ждут",
    until: "до {}",
    cancel: "Отменить",
    link_for: "Ссылка: {}",
    link_note: "Скопируйте её сейчас: показать ещё раз нельзя. Работает один раз, до {}.",
};

pub(super) const SETTINGS: SettingsTexts = SettingsTexts {
    store: "Магазин и вы",
    store_name: "Название магазина",
    store_name_hint: "Его видят кассиры и клиенты.",
    language: "Язык панели",
    sessions: "Ваши входы",
    sessions_note: "Где вы сейчас вошли в панель.",
};
