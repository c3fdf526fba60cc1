//! Russian: texts of the pages about a person's own account.

use crate::panel::texts::account::AccountTexts;

pub(super) const ACCOUNT: AccountTexts = AccountTexts {
    again_title: "Подтвердите, что\u{a0}это\u{a0}вы",
    again_lead: "Вы вошли как {}. Дальше важное действие, поэтому введите пароль ещё раз. Следующие 15\u{a0}минут мы о нём не спросим.",
    again_waits: "Форма ждёт: после пароля она отправится сама, набирать её снова не придётся.",
    not_confirmed: "Не подтверждено",
    back: "Вернуться без этого",
    your_name: "Ваше имя",
    your_name_hint: "Так вас называет журнал.",
    safety: "Безопасность",
    password_title: "Свой пароль",
    password_note: "Все остальные ваши входы закончатся.",
    old_password: "Пароль сейчас",
    change: "Сменить пароль",
};
