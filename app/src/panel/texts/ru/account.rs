//! Russian: texts of the pages about a person's own account.

use crate::panel::texts::account::AccountTexts;

pub(super) const ACCOUNT: AccountTexts = AccountTexts {
    your_name: "Ваше имя",
    your_name_hint: "Так вас называет журнал.",
    safety: "Безопасность",
    password_title: "Свой пароль",
    password_note: "Все остальные ваши входы закончатся.",
    old_password: "Пароль сейчас",
    change: "Сменить пароль",
};
