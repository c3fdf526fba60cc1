//! Values, and how the platform compares and writes them.

use std::fmt;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::objects::Object;

/// A value.
#[derive(Clone)]
pub enum Value {
    /// `Неопределено`
    Undefined,
    /// `Null`
    Null,
    /// `Истина`, `Ложь`
    Bool(bool),
    /// A number.
    Number(Decimal),
    /// A text.
    Text(Rc<str>),
    /// A date in seconds since 0001-01-01.
    Date(i64),
    /// A value of a system enumeration, such as `УровеньЖурналаРегистрации.Ошибка`.
    Enum(Rc<str>),
    /// An object.
    Object(Rc<dyn Object>),
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}({})", self.type_name(), self.written())
    }
}

/// The seconds of a day.
const DAY: i64 = 86_400;

impl Value {
    /// Makes a text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Rc::from(text.as_ref()))
    }

    /// Makes a whole number.
    pub fn number(number: i64) -> Self {
        Self::Number(Decimal::from(number))
    }

    /// Makes an object.
    pub fn object(object: impl Object + 'static) -> Self {
        Self::Object(Rc::new(object))
    }

    /// Returns the name of the type, in Russian.
    pub fn type_name(&self) -> String {
        match self {
            Self::Undefined => "Неопределено".to_owned(),
            Self::Null => "Null".to_owned(),
            Self::Bool(_) => "Булево".to_owned(),
            Self::Number(_) => "Число".to_owned(),
            Self::Text(_) => "Строка".to_owned(),
            Self::Date(_) => "Дата".to_owned(),
            Self::Enum(name) => name.split('.').next().unwrap_or_default().to_owned(),
            Self::Object(object) => object.type_name(),
        }
    }

    /// Returns what `Строка(…)` makes of it: numbers with a no-break space between groups and a
    /// comma, `Да` and `Нет`.
    pub fn written(&self) -> String {
        match self {
            Self::Undefined | Self::Null => String::new(),
            Self::Bool(true) => "Да".to_owned(),
            Self::Bool(false) => "Нет".to_owned(),
            Self::Number(number) => grouped(*number, ",", "\u{a0}"),
            Self::Text(text) => text.to_string(),
            Self::Date(0) => String::new(),
            Self::Date(seconds) => {
                let (year, month, day) = civil(*seconds);
                let (hour, minute, second) = clock(*seconds);
                format!("{day:02}.{month:02}.{year:04} {hour}:{minute:02}:{second:02}")
            }
            Self::Enum(name) => name.split('.').nth(1).unwrap_or_default().to_owned(),
            Self::Object(object) => object.written(),
        }
    }

    /// Returns whether two values are equal. Values of different types are not.
    pub fn is_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Undefined, Self::Undefined) | (Self::Null, Self::Null) => true,
            (Self::Bool(one), Self::Bool(two)) => one == two,
            (Self::Number(one), Self::Number(two)) => one == two,
            (Self::Text(one), Self::Text(two)) | (Self::Enum(one), Self::Enum(two)) => one == two,
            (Self::Date(one), Self::Date(two)) => one == two,
            (Self::Object(one), Self::Object(two)) => {
                Rc::ptr_eq(one, two) || one.identity().is_some() && one.identity() == two.identity()
            }
            _ => false,
        }
    }
}

/// Writes a number with these signs.
pub(super) fn grouped(number: Decimal, point: &str, group: &str) -> String {
    let plain = number.normalize().abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut written = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            written.push_str(group);
        }
        written.push(digit);
    }
    if !fraction.is_empty() {
        written.push_str(point);
        written.push_str(fraction);
    }
    if number.is_sign_negative() && !number.is_zero() {
        written.insert(0, '-');
    }
    written
}

/// Returns year, month and day of a moment (days_from_civil of Howard Hinnant, turned around).
pub(super) fn civil(seconds: i64) -> (i64, i64, i64) {
    let days = seconds.div_euclid(DAY) + 306;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era =
        (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096).div_euclid(365);
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Returns hour, minute and second of a moment.
pub(super) const fn clock(seconds: i64) -> (i64, i64, i64) {
    let of_day = seconds.rem_euclid(DAY);
    (of_day / 3_600, of_day / 60 % 60, of_day % 60)
}

/// Returns the moment of a date and time.
pub fn moment(year: i64, month: i64, day: i64, of_day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + of_era - 306) * DAY + of_day
}

/// Reads a date of digits: `20260605`, `20260605143000`, with signs between them or not.
pub fn date_of_digits(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i64>().ok();
    let of_day = match digits.len() {
        8 => 0,
        14 => number(8, 10)? * 3_600 + number(10, 12)? * 60 + number(12, 14)?,
        _ => return None,
    };
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let fits = year >= 1 && (1..=12).contains(&month) && (1..=31).contains(&day) && of_day < DAY;
    fits.then(|| moment(year, month, day, of_day))
}
