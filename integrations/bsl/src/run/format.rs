//! `Формат(…)`: the keys that modules use.

use std::fmt::Write as _;

use rust_decimal::{Decimal, RoundingStrategy};

use super::core::{Raised, Run, Value, grouped};
use crate::date::{civil, clock};
use crate::syntax::fold;

/// Writes a value by a format.
pub(super) fn format(value: &Value, keys: &str) -> Run<String> {
    let mut numbers = Numbers::default();
    let mut date = None;
    let mut is_zero_shown = None;
    for key in keys.split(';').map(str::trim).filter(|key| !key.is_empty()) {
        let (name, text) = key.split_once('=').unwrap_or((key, ""));
        let text = text.trim_matches(|sign| sign == '\'' || sign == '"');
        match fold(name.trim()).as_str() {
            "чрд" => text.clone_into(&mut numbers.point),
            "чрг" => text.clone_into(&mut numbers.group),
            "чг" => numbers.is_grouped = text != "0",
            "чдц" => numbers.places = text.parse().ok(),
            "чн" => is_zero_shown = Some(text.to_owned()),
            "чвн" => numbers.has_leading_zeros = true,
            "чц" => numbers.digits = text.parse().ok(),
            "дф" => date = Some(text.to_owned()),
            other => return Err(Raised::new(format!("Формат: {other} не поддержан"))),
        }
    }
    match value {
        Value::Number(number) if number.is_zero() => {
            // Without `ЧН` a zero is written as nothing.
            Ok(is_zero_shown.map_or(String::new(), |text| {
                if text == "0" || text.is_empty() {
                    numbers.write(*number)
                } else {
                    text
                }
            }))
        }
        Value::Number(number) => Ok(numbers.write(*number)),
        Value::Date(seconds) => Ok(write_date(
            *seconds,
            date.as_deref().unwrap_or("dd.MM.yyyy H:mm:ss"),
        )),
        other => Ok(other.written()),
    }
}

struct Numbers {
    point: String,
    group: String,
    is_grouped: bool,
    places: Option<u32>,
    has_leading_zeros: bool,
    digits: Option<usize>,
}

impl Default for Numbers {
    fn default() -> Self {
        Self {
            point: ",".to_owned(),
            group: "\u{a0}".to_owned(),
            is_grouped: true,
            places: None,
            has_leading_zeros: false,
            digits: None,
        }
    }
}

impl Numbers {
    fn write(&self, number: Decimal) -> String {
        let rounded = match self.places {
            Some(places) => {
                number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
            }
            None => number,
        };
        let group = if self.is_grouped {
            self.group.as_str()
        } else {
            ""
        };
        let mut written = grouped(rounded, &self.point, group);
        if let Some(places) = self.places.filter(|places| *places > 0) {
            let has = written
                .split_once(&self.point)
                .map_or(0, |(_, part)| part.chars().count());
            if has == 0 {
                written.push_str(&self.point);
            }
            let places = usize::try_from(places).unwrap_or(0);
            written.extend(std::iter::repeat_n('0', places.saturating_sub(has)));
        }
        if let (true, Some(digits)) = (self.has_leading_zeros, self.digits) {
            let missing = digits.saturating_sub(written.chars().count());
            written.insert_str(0, &"0".repeat(missing));
        }
        written
    }
}

fn write_date(seconds: i64, pattern: &str) -> String {
    let (year, month, day) = civil(seconds);
    let (hour, minute, second) = clock(seconds);
    let mut written = String::new();
    let mut rest = pattern;
    while let Some(sign) = rest.chars().next() {
        let run: String = rest.chars().take_while(|next| *next == sign).collect();
        rest = rest.get(run.len()..).unwrap_or_default();
        let width = run.chars().count();
        let number = match sign {
            'y' => Some(year),
            'M' => Some(month),
            'd' => Some(day),
            'H' => Some(hour),
            'm' => Some(minute),
            's' => Some(second),
            _ => None,
        };
        match number {
            Some(number) => drop(write!(written, "{number:0width$}")),
            None => written.push_str(&run),
        }
    }
    written
}
