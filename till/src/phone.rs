//! A client's phone, typed after a fixed `+992`.

use domain::Phone;

use crate::amount::Key;
use crate::format::national_phone;

const COUNTRY: &str = "992";
/// The number of digits of a Tajik number after the country code.
const NATIONAL_DIGITS: usize = 9;

/// A phone that is being typed: at most nine digits.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct PhoneEntry {
    digits: String,
}

impl PhoneEntry {
    /// Sets the digits from the whole text of the input field, typed or pasted. Removes the country
    /// code in each of its spellings (`+992`, `00992`, and `992` before more than nine digits) and
    /// everything that is not a digit. A pasted `+…` replaces the text before it.
    ///
    /// Returns `false` and changes nothing for a number that is too long or of another country, and
    /// for two numbers at once. A part of such a text would look like the number of another client.
    pub fn set(&mut self, typed_or_pasted: &str) -> bool {
        let pasted = typed_or_pasted
            .strip_prefix(self.text().as_str())
            .filter(|pasted| pasted.trim_start().starts_with('+'))
            .unwrap_or(typed_or_pasted);
        if let Some((before, number)) = pasted.split_once('+') {
            if before.contains(|c: char| c.is_ascii_digit()) || number.contains('+') {
                return false;
            }
            // The country code is still being typed.
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

    /// Handles a key of the keypad.
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

    /// Adds a digit if there is room. If the digits turn out to begin with the country code,
    /// removes the code first.
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

    /// Returns whether nine digits begin with the country code. They may be a whole number, or the
    /// beginning of a longer text that includes the code.
    pub fn may_go_on(&self) -> bool {
        self.digits.len() == NATIONAL_DIGITS && self.after_code().is_some()
    }

    fn after_code(&self) -> Option<&str> {
        let digits = self.digits.strip_prefix("00").unwrap_or(&self.digits);
        digits.strip_prefix(COUNTRY)
    }

    /// Removes the last digit.
    pub fn backspace(&mut self) {
        self.digits.pop();
    }

    /// Returns the digits typed so far, for an input field: `90 123 4`.
    pub fn text(&self) -> String {
        national_phone(&self.digits, ' ')
    }

    /// Returns `+992901234567` if the digits are a whole number that a client can have.
    pub fn e164(&self) -> Option<String> {
        let phone = Phone::parse(&format!("+{COUNTRY}{}", self.digits)).ok()?;
        Some(phone.to_string())
    }

    /// Returns the digits typed, without the country code.
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

/// Returns the digits after the country code; `None` for a number of another country.
fn national(text: &str) -> Option<String> {
    let first = text.chars().find(|&c| c == '+' || c.is_ascii_digit());
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let without_code = if first == Some('+') {
        digits.strip_prefix(COUNTRY)
    } else if digits.len() > NATIONAL_DIGITS {
        // Nine digits are a Tajik number, even if they begin like the country code.
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
    fn a_phone_can_be_typed_digit_by_digit_with_its_code() {
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
    fn the_country_code_is_removed_as_soon_as_it_is_recognised() {
        for typed in ["992900000500", "00992900000500", "900000500"] {
            let mut entry = PhoneEntry::default();
            for key in typed.bytes() {
                entry.press(key - b'0');
            }
            assert_eq!(entry.digits(), "900000500", "{typed}");
            assert!(!entry.may_go_on());
            // One digit too many changes nothing.
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
    fn two_numbers_at_once_change_nothing() {
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
    fn a_number_that_begins_like_the_code_is_not_cut() {
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
    fn only_a_number_that_can_exist_is_whole() {
        assert_eq!(set("90123456").e164(), None);
        for whole in ["901234567", "001234567", "021234567", "00992 12 34"] {
            assert!(set(whole).e164().is_some(), "{whole}");
        }
    }

    #[test]
    fn a_number_too_long_is_not_cut_into_another_number() {
        assert_eq!(set("8900000501").digits(), "");
        let mut entry = set("901234567");
        entry.set("90 123 45 678");
        assert_eq!(entry.digits(), "901234567");
    }

    #[test]
    fn a_pasted_phone_replaces_the_digits_before_it() {
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
