//! The problems of forms, and their words.

use domain::Money;

use crate::locales::Language;
use crate::ui::format::{fill, money};

/// A reason why a form or a field is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The field is required.
    Empty,
    /// The text has more than this number of characters.
    TooLong(usize),
    /// The text has less than this number of characters.
    TooShort(usize),
    /// The text is not a number.
    NotANumber,
    /// The number is negative.
    Negative,
    /// The amount must be above zero.
    NotPositive,
    /// The number is above this limit.
    Above(i64),
    /// The amount is above this limit.
    AboveAmount(Money),
    /// The text is none of the choices.
    Unknown,
    /// The name or login is in use already.
    Taken,
    /// The text is not a day of the calendar.
    NotADay,
    /// The first day is after the last one.
    DaysReversed,
    /// The least amount is above the greatest one.
    AmountsReversed,
    /// The text is not a phone.
    NotAPhone,
    /// The text is not a colour such as `#c9a227`.
    NotAColour,
    /// The two passwords differ.
    Mismatch,
    /// The password is one of the most common ones.
    CommonPassword,
    /// The login or the password is wrong; the answer does not say which.
    SignIn,
    /// The password of the person who is signed in is wrong.
    Password,
    /// The code of the authenticator app is wrong.
    Code,
    /// The recovery code is wrong or used.
    RecoveryCode,
    /// There were too many tries; this many minutes must pass.
    TooManyTries(i64),
    /// The bonuses would expire before they can be spent.
    HoldOutlivesBonuses,
    /// The gift depends on a number of days, which is zero.
    GiftWithoutDays,
    /// Two tiers begin at the same amount.
    TierTwice,
    /// The store has no free paid till.
    NoPaidTill,
    /// Another person has changed this page since it was opened.
    Changed,
    /// The session ended while the form was filled in, and the person has signed in again.
    SessionEnded,
    /// There is no such client.
    NoClient,
    /// It is the same client.
    SameClient,
    /// Any other sentence, already in the language of the page.
    Other(String),
}

impl Problem {
    /// Returns the sentence for the person who filled in the form.
    pub fn text(&self, language: Language) -> String {
        let number = |number: usize| number.to_string();
        let [ru, tg, en] = self.sentences();
        let sentence = match language {
            Language::Ru => ru,
            Language::Tg => tg,
            Language::En => en,
        };
        match self {
            Self::TooLong(limit) | Self::TooShort(limit) => fill(sentence, &[&number(*limit)]),
            Self::Above(limit) | Self::TooManyTries(limit) => fill(sentence, &[&limit.to_string()]),
            Self::AboveAmount(limit) => fill(sentence, &[&money(language, *limit)]),
            Self::Other(sentence) => sentence.clone(),
            _ => sentence.to_owned(),
        }
    }

    /// Returns the sentence in Russian, Tajik and English.
    const fn sentences(&self) -> [&'static str; 3] {
        match self {
            Self::Empty => [
                "Заполните это поле",
                "Ин майдонро пур кунед",
                "Fill in this field",
            ],
            Self::TooLong(_) => [
                "Слишком длинно: не больше {} знаков",
                "Аз ҳад дароз: на зиёда аз {} аломат",
                "Too long: at most {} characters",
            ],
            Self::TooShort(_) => [
                "Слишком коротко: не меньше {} знаков",
                "Аз ҳад кӯтоҳ: на кам аз {} аломат",
                "Too short: at least {} characters",
            ],
            Self::NotANumber => [
                "Введите число, например 12,50",
                "Рақам ворид кунед, масалан 12,50",
                "Enter a number such as 12.50",
            ],
            Self::Negative => [
                "Число не может быть меньше нуля",
                "Рақам аз сифр кам буда наметавонад",
                "The number must not be below zero",
            ],
            Self::NotPositive => [
                "Введите сумму больше нуля",
                "Маблағи аз сифр зиёд ворид кунед",
                "Enter an amount above zero",
            ],
            Self::Above(_) | Self::AboveAmount(_) => {
                ["Не больше {}", "На зиёда аз {}", "At most {}"]
            }
            Self::Unknown => [
                "Выберите одно из списка",
                "Аз рӯйхат якеро интихоб кунед",
                "Choose one of the list",
            ],
            Self::GiftWithoutDays => [
                "Укажите, сколько дней: без срока подарок не начислится",
                "Шумораи рӯзҳоро нависед: бе мӯҳлат тӯҳфа дода намешавад",
                "Say how many days: without them the gift is never given",
            ],
            Self::Taken => [
                "Такое имя уже есть, выберите другое",
                "Чунин ном аллакай ҳаст, дигарашро интихоб кунед",
                "This name is in use, choose another one",
            ],
            Self::NotADay => [
                "Такого дня нет. Введите, например, 2026-06-05",
                "Чунин рӯз нест. Масалан, 2026-06-05 ворид кунед",
                "There is no such day. Enter one such as 2026-06-05",
            ],
            Self::DaysReversed => [
                "Первый день не может быть позже последнего",
                "Рӯзи аввал аз рӯзи охир дертар буда наметавонад",
                "The first day must not be after the last one",
            ],
            Self::AmountsReversed => [
                "Сумма «от» не может быть больше суммы «до»",
                "Маблағи «аз» аз маблағи «то» зиёд буда наметавонад",
                "The sum from must not be above the sum to",
            ],
            Self::NotAPhone => [
                "Введите девять цифр номера, например 90 000 05 01",
                "Нӯҳ рақами телефонро ворид кунед, масалан 90 000 05 01",
                "Enter the nine digits of the phone, such as 90 000 05 01",
            ],
            Self::NotAColour => [
                "Введите цвет, например #c9a227",
                "Рангро ворид кунед, масалан #c9a227",
                "Enter a colour such as #c9a227",
            ],
            Self::Mismatch => [
                "Пароли не совпадают",
                "Паролҳо мувофиқат намекунанд",
                "The passwords differ",
            ],
            Self::CommonPassword => [
                "Этот пароль угадывают первым, придумайте другой",
                "Ин паролро аввал тахмин мекунанд, дигарашро фикр кунед",
                "This password is guessed first, choose another one",
            ],
            Self::SignIn => [
                "Неверный логин или пароль",
                "Логин ё парол нодуруст аст",
                "Wrong login or password",
            ],
            Self::Password => [
                "Пароль не подошёл",
                "Парол мувофиқ наомад",
                "Wrong password",
            ],
            Self::Code => [
                "Код не подошёл. Он меняется каждые 30 секунд: введите тот, что на экране сейчас.",
                "Рамз мувофиқ наомад. Он ҳар 30 сония иваз мешавад: рамзи ҳозираи экранро ворид \
                 кунед.",
                "Wrong code. It changes every 30 seconds: enter the one on the screen now.",
            ],
            Self::RecoveryCode => [
                "Запасной код не подошёл или уже использован",
                "Рамзи эҳтиётӣ мувофиқ наомад ё аллакай истифода шудааст",
                "The recovery code is wrong or was used before",
            ],
            Self::TooManyTries(_) => [
                "Слишком много попыток. Попробуйте через {} мин.",
                "Кӯшишҳо аз ҳад зиёданд. Баъди {} дақ. кӯшиш кунед.",
                "Too many tries. Try again in {} min.",
            ],
            Self::HoldOutlivesBonuses => [
                "Бонусы пропадут раньше, чем их можно потратить",
                "Бонусҳо пеш аз он ки сарф шаванд, месӯзанд",
                "The bonuses would expire before they can be spent",
            ],
            Self::TierTwice => [
                "Два уровня начинаются с одной суммы",
                "Ду сатҳ аз як маблағ сар мешаванд",
                "Two tiers begin at the same amount",
            ],
            Self::NoPaidTill => [
                "Все оплаченные кассы уже работают. Выключите одну или оплатите ещё.",
                "Ҳамаи кассаҳои пардохтшуда кор мекунанд. Якеро хомӯш кунед ё боз пардохт кунед.",
                "All paid tills are in use. Switch one off or pay for another one.",
            ],
            Self::Changed => [
                "Пока страница была открыта, это изменил кто-то другой. Проверьте и сохраните ещё \
                 раз.",
                "То саҳифа кушода буд, инро каси дигар тағйир дод. Санҷед ва аз нав захира кунед.",
                "Another person changed this while the page was open. Check it and save again.",
            ],
            Self::SessionEnded => [
                "Вы снова вошли. Проверьте, всё ли на месте, и отправьте ещё раз",
                "Шумо боз даромадед. Санҷед, ки ҳама чиз дар ҷояш аст, ва боз фиристед",
                "You are signed in again. Check that everything is here, and send it once more",
            ],
            Self::NoClient => [
                "Такого клиента нет",
                "Чунин мизоҷ нест",
                "There is no such client",
            ],
            Self::SameClient => [
                "Это тот же клиент",
                "Ин ҳамон мизоҷ аст",
                "This is the same client",
            ],
            Self::Other(_) => ["", "", ""],
        }
    }
}
