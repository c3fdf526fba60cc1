//! Tajik: texts of the pages about a person's own account.

use crate::panel::texts::account::AccountTexts;

pub(super) const ACCOUNT: AccountTexts = AccountTexts {
    your_name: "Номи шумо",
    your_name_hint: "Дар дафтар шуморо чунин меноманд.",
    safety: "Бехатарӣ",
    password_title: "Пароли худ",
    password_note: "Ҳамаи даромаданҳои дигари шумо қатъ мешаванд.",
    old_password: "Пароли ҳозира",
    change: "Иваз кардани парол",
};
