//! Reading of the values of a form. A value that cannot be read becomes a problem of its field.

use domain::{BasisPoints, Money};

use super::problem::Problem;
use super::state::{Field, FormState};

impl<F: Field> FormState<F> {
    /// Reads a text of at most `max` characters; it may be empty.
    pub fn read_text(&mut self, field: F, max: usize) -> Option<String> {
        let text = self.value(field).to_owned();
        if text.chars().count() > max {
            self.wrong(field, Problem::TooLong(max));
            return None;
        }
        Some(text)
    }

    /// Reads a text of 1 to `max` characters.
    pub fn read_required(&mut self, field: F, max: usize) -> Option<String> {
        if self.value(field).is_empty() {
            self.wrong(field, Problem::Empty);
            return None;
        }
        self.read_text(field, max)
    }

    /// Reads an amount such as `1 250,50`. An empty field is zero.
    pub fn read_money(&mut self, field: F, max: Money) -> Option<Money> {
        let hundredths = self.read_hundredths(field)?;
        let amount = Money::from_dirams(hundredths);
        if amount > max {
            self.wrong(field, Problem::AboveAmount(max));
            return None;
        }
        Some(amount)
    }

    /// Reads a percentage such as `7,5`, at most 100. An empty field is zero.
    pub fn read_percent(&mut self, field: F) -> Option<BasisPoints> {
        let rate = BasisPoints::new(self.read_hundredths(field)?);
        if rate > BasisPoints::WHOLE {
            self.wrong(field, Problem::Above(100));
            return None;
        }
        Some(rate)
    }

    /// Reads a whole number from 0 to `max`. An empty field is zero.
    pub fn read_number(&mut self, field: F, max: i64) -> Option<i64> {
        let hundredths = self.read_hundredths(field)?;
        if hundredths % 100 != 0 {
            self.wrong(field, Problem::NotANumber);
            return None;
        }
        if hundredths / 100 > max {
            self.wrong(field, Problem::Above(max));
            return None;
        }
        Some(hundredths / 100)
    }

    fn read_hundredths(&mut self, field: F) -> Option<i64> {
        match hundredths(self.value(field)) {
            Ok(number) => Some(number),
            Err(problem) => {
                self.wrong(field, problem);
                None
            }
        }
    }
}

/// Reads a number with at most two decimals, after a comma or a point. Spaces between the digits
/// are ignored.
fn hundredths(text: &str) -> Result<i64, Problem> {
    let plain: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .map(|sign| if sign == ',' { '.' } else { sign })
        .collect();
    if plain.is_empty() {
        return Ok(0);
    }
    if plain.starts_with(['-', '\u{2212}']) {
        return Err(Problem::Negative);
    }
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_number = |digits: &str| digits.chars().all(|digit| digit.is_ascii_digit());
    let is_sound = is_number(whole) && is_number(fraction);
    // Twelve digits fit into every amount that is accepted as input.
    if !is_sound || whole.is_empty() || whole.len() > 12 || fraction.len() > 2 {
        return Err(Problem::NotANumber);
    }
    format!("{whole}{fraction:0<2}")
        .parse()
        .map_err(|_| Problem::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, number) in [
            ("", 0),
            ("5", 500),
            ("7,5", 750),
            ("1\u{a0}250.50", 125_050),
            ("0,07", 7),
        ] {
            assert_eq!(hundredths(text), Ok(number), "{text}");
        }
        for text in ["x", "1,234", "1.2.3", ".5", "1e3", "9999999999999", "١"] {
            assert_eq!(hundredths(text), Err(Problem::NotANumber), "{text}");
        }
        assert_eq!(hundredths("-1"), Err(Problem::Negative));
    }
}
