//! The columns and faults of an import in words.

use domain::imports::{Column, Fault};

use super::texts::Texts;
use crate::locales::Language;
use crate::ui::format::{count, fill, money};

/// Returns the name of a column.
pub(super) const fn column(t: &'static Texts, column: Column) -> &'static str {
    match column {
        Column::Phone => t.import.phone,
        Column::Name => t.import.name,
        Column::Balance => t.import.balance,
        Column::Spent => t.import.spent,
        Column::Card => t.import.card,
    }
}

/// Returns what is wrong with a line, and how to correct it.
pub(super) fn fault(language: Language, t: &'static Texts, fault: &Fault) -> [String; 2] {
    let number = |number: usize| count(language, i64::try_from(number).unwrap_or(i64::MAX));
    let f = &t.faults;
    let (words, about, fix) = match fault {
        Fault::NoPhone => (f.no_phone, None, None),
        Fault::Rounded(of) => (f.rounded, Some(column(t, *of).to_owned()), None),
        Fault::PhoneLength(digits) => (f.phone_length, Some(number(*digits)), None),
        Fault::NotAPhone => (f.not_a_phone, None, None),
        Fault::NameTooLong => (f.name_too_long, None, None),
        Fault::NotANumber(of) => (f.not_a_number, Some(column(t, *of).to_owned()), None),
        Fault::LetterO(of, meant) => {
            let meant = money(language, *meant);
            (f.letter_o, Some(column(t, *of).to_owned()), Some(meant))
        }
        Fault::Negative(of) => (f.negative, Some(column(t, *of).to_owned()), None),
        Fault::TooPrecise(of) => (f.too_precise, Some(column(t, *of).to_owned()), None),
        Fault::TooLarge(of) => (f.too_large, Some(column(t, *of).to_owned()), None),
        Fault::NotACard => (f.not_a_card, None, None),
        Fault::WrongCheckDigit => (f.check_digit, None, None),
        Fault::PhoneAgain(line) => (f.phone_again, Some(number(*line)), None),
        Fault::CardAgain(line) => (f.card_again, Some(number(*line)), None),
        Fault::OpenQuote(lines) => {
            let lines = i64::try_from(*lines).unwrap_or(i64::MAX);
            let lines = t.import.lines_noun.of(language, lines);
            (f.open_quote, Some(lines), None)
        }
        Fault::CardTaken => (f.card_taken, None, None),
        Fault::OtherCard(card) => (f.other_card, Some(card.to_string()), None),
        Fault::OpeningBefore => (f.opening_before, None, None),
    };
    let [what, how] = words;
    let filled = |words: &str, value: Option<String>| match value {
        Some(value) => fill(words, &[&value]),
        None => words.to_owned(),
    };
    [filled(what, about), filled(how, fix)]
}
