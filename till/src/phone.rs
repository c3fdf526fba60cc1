//! A client's phone, typed behind a fixed `+992`.

use domain::Phone;

use crate::amount::Key;
use crate::format::national_phone;

const COUNTRY: &str = "992";
/// Digits of a Tajik number after the country's code.
const NATIONAL_DIGITS: usize = 9;

/// A phone in the middle of being typed: at most nine digits.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct PhoneEntry {
    digits: String,
}

impl PhoneEntry {
    /// Takes the whole text of the field, typed or pasted: the country's code goes in each of its
    /// spellings (`+992`, `00992`, and `992` before more than nine digits), and so does everything that
    /// is no digit. What stood before a pasted `+` gives way to it. A digit too many, a number that is longer or of
    /// another country, and two numbers at once change nothing, since a piece of them would look like one of ours:
    /// false then.
    pub fn set(&mut self, typed_or_pasted: &str) -> bool {
        let pasted = typed_or_pasted
            .strip_prefix(self.text().as_str())
            .filter(|pasted| pasted.trim_start().starts_with('+'))
            .unwrap_or(typed_or_pasted);
        if let Some((before, number)) = pasted.split_once('+') {
            if before.contains(|c: char| c.is_ascii_digit()) || number.contains('+') {
                return false;
            }
            // The code in the middle of being typed.
            if COUNTRY.starts_with(number) {
                return true;
            }
        }
        let national = national(pasted).filter(|digits| digits.len() <= NATIONAL_DIGITS);
        if let Some(national) = national {
            self.digits = national;
            return true;
        }
        false
    }

    /// A key of the keypad.
    pub fn key(&mut self, key: Key) {
        match key {
            Key::Digit(digit) => self.press(digit),
            Key::DoubleZero => {
                self.press(0);
                self.press(0);
            }
            Key::Backspace => self.backspace(),
            Key::Clear => *self = Self::default(),
            Key::Comma => {}
        }
    }

    /// Adds a digit, where there is room for it. What has turned out to be the country's code goes then.
    pub fn press(&mut self, digit: u8) {
        let Some(digit) = char::from_digit(digit.into(), 10) else {
            return;
        };
        if self.digits.len() == NATIONAL_DIGITS {
            let Some(after_code) = self.after_code() else {
                return;
            };
            self.digits = after_code.to_owned();
        }
        self.digits.push(digit);
    }

    /// Whether it may be whole, or a number that began with the country's code and goes on.
    pub fn may_go_on(&self) -> bool {
        self.digits.len() == NATIONAL_DIGITS && self.after_code().is_some()
    }

    fn after_code(&self) -> Option<&str> {
        let digits = self.digits.strip_prefix("00").unwrap_or(&self.digits);
        digits.strip_prefix(COUNTRY)
    }

    /// Takes back the last digit.
    pub fn backspace(&mut self) {
        self.digits.pop();
    }

    /// As far as typed, for an input: `90 123 4`.
    pub fn text(&self) -> String {
        national_phone(&self.digits, ' ')
    }

    /// `+992901234567`, where it is a whole number that a client can have.
    pub fn e164(&self) -> Option<String> {
        let phone = Phone::parse(&format!("+{COUNTRY}{}", self.digits)).ok()?;
        Some(phone.to_string())
    }

    /// The digits typed, without the country's code.
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

/// The digits after the country's code; none for a number of another country.
fn national(text: &str) -> Option<String> {
    let first = text.chars().find(|&c| c == '+' || c.is_ascii_digit());
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let without_code = if first == Some('+') {
        digits.strip_prefix(COUNTRY)
    } else if digits.len() > NATIONAL_DIGITS {
        // Nine digits are a number of ours, even where they begin like the code.
        let after_zeros = digits.strip_prefix("00").unwrap_or(&digits);
        after_zeros.strip_prefix(COUNTRY)
    } else {
        None
    };
    match without_code {
        Some(national) => Some(national.to_owned()),
        None if first == Some('+') && !digits.is_empty() => None,
        None => Some(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> PhoneEntry {
        let mut entry = PhoneEntry::default();
        entry.set(text);
        entry
    }

    #[test]
    fn every_way_of_writing_a_phone_can_be_pasted() {
        for text in [
            "901234567",
            "90 123 45 67",
            "+992901234567",
            "+992 (90) 123-45-67",
            "tel: +992 90 123 45 67",
            "992901234567",
            "00992 90 123 45 67",
            "\u{202d}+992\u{a0}90\u{a0}1234567\u{202c}",
        ] {
            let entry = set(text);
            assert_eq!(entry.e164().as_deref(), Some("+992901234567"), "{text}");
            assert_eq!(entry.text(), "90 123 45 67");
        }
    }

    #[test]
    fn a_phone_typed_digit_by_digit_is_what_was_typed() {
        for typed in ["901234567", "992901234567", "00992901234567"] {
            let mut entry = PhoneEntry::default();
            for key in typed.chars() {
                let field = format!("{}{key}", entry.text());
                entry.set(&field);
            }
            assert_eq!(entry.e164().as_deref(), Some("+992901234567"), "{typed}");
        }
    }

    #[test]
    fn the_country_s_code_goes_as_soon_as_it_is_known_to_be_one() {
        for typed in ["992900000500", "00992900000500", "900000500"] {
            let mut entry = PhoneEntry::default();
            for key in typed.bytes() {
                entry.press(key - b'0');
            }
            assert_eq!(entry.digits(), "900000500", "{typed}");
            assert!(!entry.may_go_on());
            // A digit too many changes nothing.
            entry.press(7);
            assert_eq!(entry.digits(), "900000500", "{typed}");
        }
        assert!(set("992123456").may_go_on());
        assert!(!set("99212345").may_go_on());
    }

    #[test]
    fn a_leading_plus_is_understood_while_it_is_typed() {
        let mut entry = PhoneEntry::default();
        let mut field = String::new();
        for key in "+992900000500".chars() {
            field.push(key);
            assert!(entry.set(&field), "{field}");
        }
        assert_eq!(entry.digits(), "900000500");
    }

    #[test]
    fn two_numbers_name_nobody() {
        for two in [
            "901234567 918887766",
            "901234567, +992918887766",
            "+992901234567 +992918887766",
            "+992901234567/+992918887766",
            "8900000501",
        ] {
            let mut entry = set("90");
            assert!(!entry.set(two), "{two}");
            assert_eq!(entry.digits(), "90");
        }
    }

    #[test]
    fn a_number_that_begins_like_the_country_is_not_cut() {
        assert_eq!(set("992 12 34 56").digits(), "992123456");
        assert_eq!(set("992123").text(), "99 212 3");
    }

    #[test]
    fn a_number_of_another_country_changes_nothing() {
        let mut entry = set("90 12");
        for foreign in [
            "+7 916 123-45-67",
            "89161234567",
            "+90 123 45 67",
            "00 7 916 123 45 67",
        ] {
            entry.set(foreign);
            assert_eq!(entry.digits(), "9012", "{foreign}");
        }
        entry.set("");
        assert_eq!(entry, PhoneEntry::default());
    }

    #[test]
    fn only_a_number_that_can_be_is_whole() {
        assert_eq!(set("90123456").e164(), None);
        for whole in ["901234567", "001234567", "021234567", "00992 12 34"] {
            assert!(set(whole).e164().is_some(), "{whole}");
        }
    }

    #[test]
    fn what_is_too_long_is_not_cut_into_somebody_else_s() {
        assert_eq!(set("8900000501").digits(), "");
        let mut entry = set("901234567");
        entry.set("90 123 45 678");
        assert_eq!(entry.digits(), "901234567");
    }

    #[test]
    fn a_pasted_phone_takes_the_place_of_what_was_begun() {
        let mut entry = set("90");
        entry.set("90+992900000501");
        assert_eq!(entry.digits(), "900000501");
    }

    #[test]
    fn keys_add_and_take_back_digits() {
        let mut entry = PhoneEntry::default();
        for digit in [9, 0, 10, 255, 1] {
            entry.press(digit);
        }
        assert_eq!((entry.digits(), entry.text().as_str()), ("901", "90 1"));
        entry.backspace();
        assert_eq!(entry.text(), "90");
        for _ in 0..20 {
            entry.press(7);
        }
        assert_eq!(entry.digits(), "907777777");
    }
}
