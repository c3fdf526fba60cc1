//! Tajik: texts of the pages about a person's own account.

use crate::panel::texts::account::AccountTexts;

pub(super) const ACCOUNT: AccountTexts = AccountTexts {
    again_title: "Тасдиқ кунед, ки ин шумоед",
    again_lead: "Шумо ҳамчун {} даромадаед. Амали муҳим дар пеш аст, бинобар ин паролро боз ворид кунед. 15\u{a0}дақиқаи оянда онро намепурсем.",
    again_waits: "Форма интизор аст: баъди парол худаш фиристода мешавад, дубора навиштан лозим нест.",
    not_confirmed: "Тасдиқ нашуд",
    back: "Бе ин баргаштан",
    your_name: "Номи шумо",
    your_name_hint: "Дар дафтар шуморо чунин меноманд.",
    safety: "Бехатарӣ",
    password_title: "Пароли худ",
    password_note: "Ҳамаи даромаданҳои дигари шумо қатъ мешаванд.",
    old_password: "Пароли ҳозира",
    change: "Иваз кардани парол",
};
