//! Phone numbers in E.164, the form that a client's QR code contains.

use std::fmt;

use crate::field_error::FieldError;
use crate::marks;

/// The longest text accepted as a phone, in bytes. It has room for a mark of three bytes next to
/// every digit.
const MAX_TEXT: usize = 128;

/// A phone in E.164: `+` and 8 to 15 digits. It is normalised as the seed says of a client's QR
/// code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads a phone as people and scanners write it. Spaces, brackets, hyphens and invisible marks
    /// are removed. Nine digits, the first of which may be a zero, get `+992` in front. Nine digits
    /// after `992` or `00992` get `+992`.
    ///
    /// # Errors
    /// [`FieldError::NotAPhone`] if the result is not E.164.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        if text.len() > MAX_TEXT {
            return Err(FieldError::NotAPhone);
        }
        let bare: String = text.chars().filter(|&c| !marks::is_filler(c)).collect();
        let (plus, digits) = match bare.strip_prefix('+') {
            Some(digits) => (true, digits),
            None => (false, bare.as_str()),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FieldError::NotAPhone);
        }
        let international = match (plus, digits.len()) {
            (true, _) => digits.to_owned(),
            (false, 9) => format!("992{digits}"),
            (false, 12) if digits.starts_with("992") => digits.to_owned(),
            (false, 14) if digits.starts_with("00992") => digits.chars().skip(2).collect(),
            _ => return Err(FieldError::NotAPhone),
        };
        let e164 = (8..=15).contains(&international.len()) && !international.starts_with('0');
        // A Tajik number has nine digits after 992; some of them begin with zeros (+992 00, 01, 02,
        // 07).
        let known_plan = match international.strip_prefix("992") {
            Some(national) => national.len() == 9,
            None => true,
        };
        if e164 && known_plan {
            Ok(Self(format!("+{international}")))
        } else {
            Err(FieldError::NotAPhone)
        }
    }

    /// Returns the number in E.164, with the plus.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns a form for logs that hides all but the last two digits.
    pub fn masked(&self) -> String {
        let tail: String = self
            .0
            .chars()
            .skip(self.0.len().saturating_sub(2))
            .collect();
        format!("+…{tail}")
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_gives_one_number() {
        for text in [
            "+992901234567",
            "992901234567",
            "00992901234567",
            "901234567",
            "90 123 45 67",
            "(90) 123-45-67",
            " +992 90 123-45-67 ",
        ] {
            assert_eq!(
                Phone::parse(text).unwrap().as_str(),
                "+992901234567",
                "{text}"
            );
        }
        assert_eq!(
            Phone::parse("+79161234567").unwrap().as_str(),
            "+79161234567"
        );
        assert_eq!(Phone::parse("901234567").unwrap().masked(), "+…67");
    }

    #[test]
    fn a_number_may_begin_with_zeros() {
        for national in [
            "001234567",
            "009920000",
            "011234567",
            "021234567",
            "071234567",
        ] {
            let expected = format!("+992{national}");
            for prefix in ["", "992", "00992", "+992", "+992 "] {
                let phone = Phone::parse(&format!("{prefix}{national}"));
                assert_eq!(phone.unwrap().as_str(), expected, "{prefix}");
            }
        }
        assert_eq!(
            Phone::parse("00992 12 34").unwrap().as_str(),
            "+992009921234"
        );
    }

    #[test]
    fn marks_between_the_digits_do_not_matter() {
        for mark in [
            "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}",
            "\u{a0}", "\u{202f}", "\u{2009}", "\u{2007}", "\u{3000}", "\u{200e}", "\u{202a}",
            "\u{202c}", "\u{2066}", "\u{2069}", "\u{ad}", "\u{feff}", "\u{200b}", "\u{ff08}",
            "\u{ff09}", "[", "]", "\t", "\n",
        ] {
            let text: String = "+992001234567"
                .chars()
                .flat_map(|digit| [mark.to_owned(), digit.to_string()])
                .collect();
            let phone = Phone::parse(&format!("{text}{mark}"));
            assert_eq!(phone.unwrap().as_str(), "+992001234567", "{mark:?}");
        }
        assert_eq!(Phone::parse("901234567\0"), Err(FieldError::NotAPhone));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "+",
            "12345678",
            "+99290123456",
            "+0992901234567",
            "9o1234567",
            "٩٠١٢٣٤٥٦٧",
            "89161234567",
        ] {
            assert_eq!(Phone::parse(text), Err(FieldError::NotAPhone), "{text}");
        }
    }
}
