//! Months, and days as tables name them.

use domain::Timestamp;

use super::format::{NBSP, day, moment, months};
use crate::locales::Language;

/// Returns the day of a midnight, and of any other moment the day and the time.
pub fn day_or_moment(language: Language, at: Timestamp, now: Timestamp) -> String {
    if at == at.local_midnight() {
        day(language, at, now)
    } else {
        moment(language, at, now)
    }
}

/// Returns the name of the local month and its year: `июнь 2026`.
pub fn month(language: Language, at: Timestamp) -> String {
    let date = at.local_date();
    let year = date.split('-').next().unwrap_or_default();
    format!("{}{NBSP}{year}", month_name(language, at))
}

/// Returns the name of the local month: `июнь`.
pub fn month_name(language: Language, at: Timestamp) -> &'static str {
    let names = match language {
        Language::Ru => [
            "январь",
            "февраль",
            "март",
            "апрель",
            "май",
            "июнь",
            "июль",
            "август",
            "сентябрь",
            "октябрь",
            "ноябрь",
            "декабрь",
        ],
        Language::Tg => [
            "январ",
            "феврал",
            "март",
            "апрел",
            "май",
            "июн",
            "июл",
            "август",
            "сентябр",
            "октябр",
            "ноябр",
            "декабр",
        ],
        Language::En => months(Language::En),
    };
    of_month(&names, at)
}

/// Returns the name of the local month for the label of a chart: `янв.`.
pub fn short_month(language: Language, at: Timestamp) -> &'static str {
    let names = match language {
        Language::Ru => [
            "янв.",
            "февр.",
            "март",
            "апр.",
            "май",
            "июнь",
            "июль",
            "авг.",
            "сент.",
            "окт.",
            "нояб.",
            "дек.",
        ],
        Language::Tg => [
            "янв.", "фев.", "март", "апр.", "май", "июн", "июл", "авг.", "сен.", "окт.", "ноя.",
            "дек.",
        ],
        Language::En => [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ],
    };
    of_month(&names, at)
}

fn of_month(names: &[&'static str; 12], at: Timestamp) -> &'static str {
    let date = at.local_date();
    let month = date
        .split('-')
        .nth(1)
        .and_then(|month| month.parse::<usize>().ok());
    let name = month.and_then(|month| names.get(month.checked_sub(1)?));
    name.copied().unwrap_or_default()
}

/// Returns a text with a capital at the beginning.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
