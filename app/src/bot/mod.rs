//! What a bot says to a person.

use domain::Money;

use crate::locales::Language;
use crate::ui::format::{fill, money};

/// The sentences of a bot in one language. `{}` is the name of a store or an amount.
pub struct BotTexts {
    /// Asks for the person's phone.
    pub ask_contact: &'static str,
    /// The button that shares the phone.
    pub share: &'static str,
    /// The sentence before the terms of the store.
    pub terms: &'static str,
    /// The contact is another person's, or was not shared by the button.
    pub not_your_contact: &'static str,
    /// The phone is not of Tajikistan.
    pub foreign_phone: &'static str,
    /// The person has joined.
    pub joined: &'static str,
    /// The person was a client before.
    pub known: &'static str,
    /// The client is blocked in the store.
    pub blocked: &'static str,
    /// There is no such store.
    pub no_store: &'static str,
    /// The person is a client of no store of this bot.
    pub nowhere: &'static str,
    /// A balance, and what of it can be spent.
    pub balance: &'static str,
    /// How to show oneself at the till.
    pub at_till: &'static str,
    /// Nothing is sent any more.
    pub stopped: &'static str,
    /// What is kept of the person.
    pub privacy: &'static str,
}

/// Returns the sentences in a language.
pub const fn texts(language: Language) -> &'static BotTexts {
    match language {
        Language::Ru => &RU,
        Language::Tg => &TG,
        Language::En => &EN,
    }
}

/// Returns the balance of a store as one line.
pub fn balance(language: Language, store: &str, all: Money, available: Money) -> String {
    let (all, available) = (money(language, all), money(language, available));
    fill(texts(language).balance, &[store, &all, &available])
}

/// Returns a sentence with the name of a store in it.
pub fn of_store(sentence: &str, store: &str) -> String {
    fill(sentence, &[store])
}

static RU: BotTexts = BotTexts {
    ask_contact: "«{}»: бонусы за покупки. Чтобы вступить или подключить чеки, поделитесь своим номером кнопкой ниже.",
    share: "Поделиться номером",
    terms: "Отправляя номер, вы принимаете условия магазина:",
    not_your_contact: "Нужен ваш собственный номер: нажмите кнопку «Поделиться номером».",
    foreign_phone: "Бонусы работают с номерами Таджикистана (+992).",
    joined: "Готово: вы в программе «{}». Чеки и напоминания будут приходить сюда. /stop — не присылать.",
    known: "Готово: ваш счёт в «{}» подключён. Чеки и напоминания будут приходить сюда. /stop — не присылать.",
    blocked: "Магазин приостановил ваш счёт. Обратитесь в магазин.",
    no_store: "Такого магазина нет. Откройте ссылку или QR ещё раз.",
    nowhere: "Вы ещё не подключены. Откройте ссылку или QR магазина.",
    balance: "«{}»: {} бонуса, доступно {}",
    at_till: "На кассе назовите свой номер телефона или покажите карту.",
    stopped: "Больше ничего не пришлём. Бонусы остаются. Вернуть сообщения — /start.",
    privacy: "Магазин хранит ваш номер, имя и покупки, Bonex — ваш номер в Telegram, чтобы присылать чеки. Отключить — /stop. Удалить данные можно в магазине.",
};

static TG: BotTexts = BotTexts {
    ask_contact: "«{}»: бонусҳо барои харид. Барои ҳамроҳ шудан ё гирифтани чекҳо рақами худро бо тугмаи поён фиристед.",
    share: "Фиристодани рақам",
    terms: "Бо фиристодани рақам шартҳои мағозаро қабул мекунед:",
    not_your_contact: "Рақами худатон лозим: тугмаи «Фиристодани рақам»-ро пахш кунед.",
    foreign_phone: "Бонусҳо бо рақамҳои Тоҷикистон (+992) кор мекунанд.",
    joined: "Тайёр: шумо дар барномаи «{}». Чекҳо ва ёдраскуниҳо ба ин ҷо меоянд. /stop — нафиристодан.",
    known: "Тайёр: ҳисоби шумо дар «{}» пайваст шуд. Чекҳо ва ёдраскуниҳо ба ин ҷо меоянд. /stop — нафиристодан.",
    blocked: "Мағоза ҳисоби шуморо боздоштааст. Ба мағоза муроҷиат кунед.",
    no_store: "Чунин мағоза нест. Истинод ё QR-ро боз кушоед.",
    nowhere: "Шумо ҳоло пайваст нестед. Истинод ё QR-и мағозаро кушоед.",
    balance: "«{}»: {} бонус, дастрас {}",
    at_till: "Дар хазина рақами телефони худро гӯед ё кортро нишон диҳед.",
    stopped: "Дигар чизе намефиристем. Бонусҳо мемонанд. Баргардонидани паёмҳо — /start.",
    privacy: "Мағоза рақам, ном ва харидҳои шуморо нигоҳ медорад, Bonex — рақами шуморо дар Telegram барои фиристодани чекҳо. Хомӯш кардан — /stop. Маълумотро дар мағоза нест кардан мумкин.",
};

static EN: BotTexts = BotTexts {
    ask_contact: "“{}”: bonuses for purchases. To join or to get receipts, share your own number with the button below.",
    share: "Share my number",
    terms: "By sharing your number you accept the store's terms:",
    not_your_contact: "It must be your own number: press “Share my number”.",
    foreign_phone: "Bonuses work with numbers of Tajikistan (+992).",
    joined: "Done: you are in the programme of “{}”. Receipts and reminders come here. /stop ends them.",
    known: "Done: your account at “{}” is connected. Receipts and reminders come here. /stop ends them.",
    blocked: "The store has blocked your account. Please ask the store.",
    no_store: "There is no such store. Open the link or the QR again.",
    nowhere: "You are not connected yet. Open the link or the QR of a store.",
    balance: "“{}”: {} bonuses, {} available",
    at_till: "At the till, say your phone number or show your card.",
    stopped: "Nothing more will be sent. Your bonuses stay. /start brings messages back.",
    privacy: "The store keeps your number, name and purchases; Bonex keeps your number in Telegram to send receipts. /stop ends it. The store can erase your data.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_is_one_line_in_each_language() {
        let money = |text: &str| text.parse::<Money>().unwrap();
        for language in Language::ALL {
            let line = balance(language, "Фаровон", money("250.75"), money("203"));
            assert!(line.contains("Фаровон") && !line.contains("{}"), "{line}");
            assert!(!line.contains('\n'), "{line}");
        }
    }
}
