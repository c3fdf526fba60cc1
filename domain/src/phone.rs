//! Phone numbers in E.164, as the QR code of a client carries them.

use std::fmt;

/// A phone in E.164: `+` and 8 to 15 digits. Normalised as the public document's
/// "Формат QR клиента" says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads a phone as people and scanners write it: spaces, brackets and hyphens go; nine
    /// digits get `+992`; `992…` and `00992…` get `+`.
    ///
    /// # Errors
    /// [`PhoneError`] where the result is not E.164.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        if text.len() > 64 {
            return Err(PhoneError);
        }
        let bare: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{2011}' | '\t' | '(' | ')' | '-'))
            .collect();
        let (plus, digits) = match bare.strip_prefix('+') {
            Some(digits) => (true, digits),
            None => (false, bare.as_str()),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneError);
        }
        let international = match (plus, digits.len()) {
            (true, _) => digits.to_owned(),
            (false, 9) => format!("992{digits}"),
            (false, 12) if digits.starts_with("992") => digits.to_owned(),
            (false, 14) if digits.starts_with("00992") => digits.chars().skip(2).collect(),
            _ => return Err(PhoneError),
        };
        let e164 = (8..=15).contains(&international.len()) && !international.starts_with('0');
        // A Tajik number has nine digits after 992, and none begins with a zero.
        let known_plan = match international.strip_prefix("992") {
            Some(national) => national.len() == 9 && !national.starts_with('0'),
            None => true,
        };
        if e164 && known_plan {
            Ok(Self(format!("+{international}")))
        } else {
            Err(PhoneError)
        }
    }

    /// In E.164, with the plus.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For logs: all but the last two digits hidden.
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

/// The text is no phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("введите телефон: 9 цифр или международный номер с +")]
pub struct PhoneError;

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
            assert_eq!(Phone::parse(text), Err(PhoneError), "{text}");
        }
    }
}
