//! Numbers, dates and phones as people of each language write them.
//!
//! All spaces inside a number and before its unit are no-break spaces.

use domain::{BasisPoints, Money, Quantity, Timestamp};

use crate::locales::Language;

/// A no-break space.
pub const NBSP: char = '\u{a0}';
/// The minus of amounts; it is as wide as a digit, unlike a hyphen.
pub const MINUS: char = '\u{2212}';

/// A noun in the forms that a number requires. English uses `one` and `many`, Tajik only `one`.
#[derive(Clone, Copy, Debug)]
pub struct Plural {
    /// The form for 1, 21, 31.
    pub one: &'static str,
    /// The form for 2, 3, 4, 22 in Russian.
    pub few: &'static str,
    /// The form for 0, 5 to 20, 25.
    pub many: &'static str,
}

impl Plural {
    /// Returns the form for `number`.
    pub fn form(&self, language: Language, number: i64) -> &'static str {
        let number = number.unsigned_abs();
        match language {
            Language::Tg => self.one,
            Language::En if number == 1 => self.one,
            Language::En => self.many,
            Language::Ru => match (number % 10, number % 100) {
                (_, 11..=14) => self.many,
                (1, _) => self.one,
                (2..=4, _) => self.few,
                _ => self.many,
            },
        }
    }

    /// Returns the number with its noun: `3 чека`.
    pub fn of(&self, language: Language, number: i64) -> String {
        let noun = self.form(language, number);
        format!("{}{NBSP}{noun}", count(language, number))
    }
}

/// Replaces each `{}` of a sentence by the next of `values`.
pub fn fill(sentence: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut parts = sentence.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(values.next().copied().unwrap_or_default());
        text.push_str(part);
    }
    text
}

/// Returns a whole number in groups of three digits.
pub fn count(language: Language, number: i64) -> String {
    let sign = if number < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}", grouped(language, number.unsigned_abs()))
}

/// Returns an amount with both digits of its dirams: `1 250,50`.
pub fn money(language: Language, amount: Money) -> String {
    let dirams = amount.dirams().unsigned_abs();
    let sign = if amount.dirams() < 0 { "\u{2212}" } else { "" };
    let (whole, point) = (grouped(language, dirams / 100), point(language));
    format!("{sign}{whole}{point}{:02}", dirams % 100)
}

/// Returns an amount that was added or taken away: `+57,25`, `−60,00`.
pub fn signed(language: Language, amount: Money) -> String {
    let plus = if amount.is_positive() { "+" } else { "" };
    format!("{plus}{}", money(language, amount))
}

/// Returns a percentage with its sign: `7,5 %`.
pub fn percent(language: Language, rate: BasisPoints) -> String {
    with_percent_sign(language, &decimal(language, &rate.to_string()))
}

/// Returns an amount as the value of a field: `1250,50`.
pub fn input_amount(language: Language, amount: Money) -> String {
    let dirams = amount.dirams();
    format!(
        "{}{}{:02}",
        dirams / 100,
        point(language),
        (dirams % 100).abs()
    )
}

/// Returns a percentage as the value of a field: `7,5`.
pub fn input_percent(language: Language, rate: BasisPoints) -> String {
    decimal(language, &rate.to_string())
}

/// Returns a quantity of goods: `2,05`.
pub fn quantity(language: Language, quantity: Quantity) -> String {
    decimal(language, &quantity.to_string())
}

/// Returns `part` of `whole` in percent with one decimal; `None` if `whole` is zero.
pub fn share(language: Language, part: i64, whole: i64) -> Option<String> {
    let tenths = tenths_of_percent(part, whole)?;
    let text = format!("{}{}{}", tenths / 10, point(language), tenths % 10);
    Some(with_percent_sign(language, &text))
}

/// Returns the change from `before` to `now` in percent with one decimal: `+7,7 %`. `None` if
/// `before` is zero.
pub fn change(language: Language, now: i64, before: i64) -> Option<String> {
    let difference = now.saturating_sub(before);
    let sign = match difference {
        ..0 => "\u{2212}",
        0 => "",
        _ => "+",
    };
    let share = share(language, difference.saturating_abs(), before)?;
    Some(format!("{sign}{share}"))
}

pub(super) fn tenths_of_percent(part: i64, whole: i64) -> Option<i64> {
    let (part, whole) = (i128::from(part), i128::from(whole));
    if whole <= 0 {
        return None;
    }
    i64::try_from((2 * part * 1000 + whole).div_euclid(2 * whole)).ok()
}

pub(super) fn with_percent_sign(language: Language, number: &str) -> String {
    match language {
        Language::En => format!("{number}%"),
        _ => format!("{number}{NBSP}%"),
    }
}

/// Returns the decimal point.
pub(super) const fn point(language: Language) -> char {
    match language {
        Language::En => '.',
        _ => ',',
    }
}

fn decimal(language: Language, number: &str) -> String {
    number
        .replace('.', &point(language).to_string())
        .replace('-', "\u{2212}")
}

fn grouped(language: Language, number: u64) -> String {
    let separator = if language == Language::En { ',' } else { NBSP };
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Returns a phone in groups of digits: `+992 90 000 05 01`. Any other text is returned unchanged.
pub fn phone(digits: &str) -> String {
    let plain = digits.strip_prefix('+').unwrap_or(digits);
    let is_local = plain.len() == 12
        && plain.starts_with("992")
        && plain.chars().all(|digit| digit.is_ascii_digit());
    if !is_local {
        return digits.to_owned();
    }
    let mut text = String::from("+");
    for (index, digit) in plain.chars().enumerate() {
        if matches!(index, 3 | 5 | 8 | 10) {
            text.push(NBSP);
        }
        text.push(digit);
    }
    text
}

/// Returns the local time of day: `16:40`.
pub fn time(at: Timestamp) -> String {
    let seconds = seconds_of_day(at);
    format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
}

/// Returns the local time of day with seconds: `16:39:02`.
pub fn time_with_seconds(at: Timestamp) -> String {
    format!("{}:{:02}", time(at), seconds_of_day(at) % 60)
}

fn seconds_of_day(at: Timestamp) -> i64 {
    (at.micros() - at.local_midnight().micros()) / 1_000_000
}

/// Returns the local day: `5 июня`, and with its year if that is not the year of `now`.
pub fn day(language: Language, at: Timestamp, now: Timestamp) -> String {
    let date = at.local_date();
    let mut parts = date.splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok());
    let (Some(month), Some(day)) = (number(month), number(day)) else {
        return date;
    };
    let name = months(language)
        .get(month.saturating_sub(1))
        .copied()
        .unwrap_or_default();
    let this_year = now.local_date();
    match year {
        Some(year) if !this_year.starts_with(year) => format!("{day}{NBSP}{name}{NBSP}{year}"),
        _ => format!("{day}{NBSP}{name}"),
    }
}

/// Returns the local day and time: `6 июня, 16:10`.
pub fn moment(language: Language, at: Timestamp, now: Timestamp) -> String {
    format!("{}, {}", day(language, at, now), time(at))
}

/// Returns the weekday of a local day: 0 is Monday.
pub fn weekday(at: Timestamp) -> usize {
    usize::try_from(at.weekday()).unwrap_or_default()
}

pub(super) const fn months(language: Language) -> [&'static str; 12] {
    match language {
        Language::Ru => [
            "января",
            "февраля",
            "марта",
            "апреля",
            "мая",
            "июня",
            "июля",
            "августа",
            "сентября",
            "октября",
            "ноября",
            "декабря",
        ],
        Language::Tg => [
            "январи",
            "феврали",
            "марти",
            "апрели",
            "майи",
            "июни",
            "июли",
            "августи",
            "сентябри",
            "октябри",
            "ноябри",
            "декабри",
        ],
        Language::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    }
}

/// A length of time in its largest unit, as a figure and its unit.
pub struct Ago {
    /// The number with its unit, or a word such as `сейчас`.
    pub value: String,
    /// The word «назад»; `None` if the value says all.
    pub unit: Option<&'static str>,
}

impl Ago {
    /// Returns both parts as one text: `3 мин назад`.
    pub fn text(&self) -> String {
        match self.unit {
            Some(unit) => format!("{}{NBSP}{unit}", self.value),
            None => self.value.clone(),
        }
    }
}

/// Returns the time since `at`; from two days on, the day itself.
pub fn ago(language: Language, at: Timestamp, now: Timestamp) -> Ago {
    let seconds = (now.micros() - at.micros()).max(0) / 1_000_000;
    let (moment, minutes, hours) = match language {
        Language::Ru => ("сейчас", "мин", "ч"),
        Language::Tg => ("ҳозир", "дақ", "соат"),
        Language::En => ("now", "min", "h"),
    };
    let ago = match language {
        Language::Ru => "назад",
        Language::Tg => "пеш",
        Language::En => "ago",
    };
    let number = |number: i64, unit: &str| (format!("{number}{NBSP}{unit}"), Some(ago));
    let (value, unit) = match seconds {
        0..60 => (moment.to_owned(), None),
        60..3600 => number(seconds / 60, minutes),
        3600..172_800 => number(seconds / 3600, hours),
        _ => (day(language, at, now), None),
    };
    Ago { value, unit }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    #[test]
    fn amounts_are_written_as_in_each_language() {
        let amount = Money::from_dirams(-123_456_705);
        assert_eq!(money(Language::Ru, amount), "−1\u{a0}234\u{a0}567,05");
        assert_eq!(money(Language::En, amount), "−1,234,567.05");
        assert_eq!(signed(Language::Tg, Money::from_dirams(5725)), "+57,25");
        assert_eq!(money(Language::Ru, Money::ZERO), "0,00");
    }

    #[test]
    fn shares_and_changes_have_one_decimal() {
        assert_eq!(share(Language::Ru, 371, 612).unwrap(), "60,6\u{a0}%");
        assert_eq!(share(Language::En, 1, 3).unwrap(), "33.3%");
        assert_eq!(share(Language::Ru, 1, 0), None);
        assert_eq!(change(Language::Ru, 90, 100).unwrap(), "−10,0\u{a0}%");
        assert_eq!(percent(Language::Ru, BasisPoints::new(750)), "7,5\u{a0}%");
    }

    #[test]
    fn a_number_has_the_form_of_its_noun() {
        let checks = Plural {
            one: "чек",
            few: "чека",
            many: "чеков",
        };
        for (number, text) in [
            (1, "чек"),
            (3, "чека"),
            (11, "чеков"),
            (22, "чека"),
            (5, "чеков"),
        ] {
            assert_eq!(checks.form(Language::Ru, number), text, "{number}");
        }
        assert_eq!(fill("{} из {}", &["1", "2"]), "1 из 2");
    }

    #[test]
    fn days_are_local_and_have_a_year_only_if_it_differs() {
        let now = at("2026-06-05T11:40:00Z");
        assert_eq!(day(Language::Ru, now, now), "5\u{a0}июня");
        assert_eq!(
            moment(Language::En, at("2025-12-31T20:00:00Z"), now),
            "1\u{a0}January, 01:00"
        );
        assert_eq!(
            day(Language::Ru, at("2025-06-05T11:40:00Z"), now),
            "5\u{a0}июня\u{a0}2025"
        );
        assert_eq!(weekday(now), 4, "a Friday");
        assert_eq!(
            ago(Language::Ru, at("2026-06-05T11:37:00Z"), now).text(),
            "3\u{a0}мин\u{a0}назад"
        );
        assert_eq!(
            phone("992900000501"),
            "+992\u{a0}90\u{a0}000\u{a0}05\u{a0}01"
        );
    }
}
