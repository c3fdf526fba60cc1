//! Everything that a cashier scans or types to find a client: a phone, a club card or the card's
//! EAN-13.

use std::fmt;

use crate::field_error::FieldError;
use crate::marks;
use crate::phone::Phone;

/// The longest text accepted as an identifier, in bytes.
const MAX_TEXT: usize = 128;

/// A club card number in the form `SSS-NNNNNNN`: series and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardNumber {
    series: u16,
    number: u32,
}

impl CardNumber {
    /// The first series of every store.
    pub const FIRST_SERIES: u16 = 1;

    /// Makes a card number. Returns `None` if the series has more than three digits or the number
    /// more than seven.
    pub fn new(series: u16, number: u32) -> Option<Self> {
        (series <= 999 && number <= 9_999_999).then_some(Self { series, number })
    }

    /// Reads `001-0000123`, with any kind of hyphen.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text
            .chars()
            .filter(|&c| !c.is_whitespace() && !marks::is_invisible(c))
            .map(|c| if marks::is_hyphen(c) { '-' } else { c })
            .collect();
        let (series, number) = text.split_once('-')?;
        let digits = |part: &str, length| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(series, 3) || !digits(number, 7) {
            return None;
        }
        Self::new(series.parse().ok()?, number.parse().ok()?)
    }

    /// Reads the number of a card, or its barcode.
    ///
    /// # Errors
    /// [`FieldError::NotACard`], [`FieldError::WrongCheckDigit`].
    pub fn read(text: &str) -> Result<Self, FieldError> {
        match Identifier::parse(text) {
            Ok(Identifier::Card(card)) => Ok(card),
            Ok(Identifier::Ean13(barcode)) => Self::of_ean13(&barcode).ok_or(FieldError::NotACard),
            Err(FieldError::WrongCheckDigit) => Err(FieldError::WrongCheckDigit),
            Ok(Identifier::Phone(_)) | Err(_) => Err(FieldError::NotACard),
        }
    }

    /// Returns the card with this barcode. The barcode has only the last two digits of the series,
    /// so this is the card of the first 99 series. Returns `None` if they have no such card.
    pub fn of_ean13(barcode: &Ean13) -> Option<Self> {
        let series = barcode.0.get(3..5)?.parse().ok()?;
        let number = barcode.0.get(5..12)?.parse().ok()?;
        Self::new(series, number).filter(|card| card.series >= Self::FIRST_SERIES)
    }

    /// Returns the barcode printed on the card: `200`, the last two digits of the series, the
    /// number and the check digit.
    pub fn ean13(self) -> Ean13 {
        let body = format!("200{:02}{:07}", self.series % 100, self.number);
        let check = check_digit(&body);
        Ean13(format!("{body}{check}"))
    }
}

impl fmt::Display for CardNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}-{:07}", self.series, self.number)
    }
}

/// The EAN-13 of a club card, with a correct check digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ean13(String);

impl Ean13 {
    /// Returns the thirteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ean13 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Computes the check digit from the first twelve digits (GS1 General Specifications, 7.9).
fn check_digit(body: &str) -> u32 {
    let sum: u32 = body
        .chars()
        .take(12)
        .filter_map(|digit| digit.to_digit(10))
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    (10 - sum % 10) % 10
}

/// A scanned or typed text that names a client. The seed treats the content of a QR code, a scanned
/// barcode and typed digits alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identifier {
    /// A phone.
    Phone(Phone),
    /// A club card.
    Card(CardNumber),
    /// The barcode of a club card.
    Ean13(Ean13),
}

impl Identifier {
    /// Reads a scanned or typed text.
    ///
    /// # Errors
    /// [`FieldError::NotAnIdentifier`], [`FieldError::WrongCheckDigit`].
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        if text.len() > MAX_TEXT {
            return Err(FieldError::NotAnIdentifier);
        }
        if let Some(card) = CardNumber::parse(text) {
            return Ok(Self::Card(card));
        }
        let bare: String = text.chars().filter(|&c| !marks::is_filler(c)).collect();
        let thirteen_digits = bare.len() == 13 && bare.bytes().all(|byte| byte.is_ascii_digit());
        if thirteen_digits && bare.starts_with("200") {
            let right = bare
                .chars()
                .next_back()
                .and_then(|digit| digit.to_digit(10))
                == Some(check_digit(&bare));
            return if right {
                Ok(Self::Ean13(Ean13(bare)))
            } else {
                Err(FieldError::WrongCheckDigit)
            };
        }
        Phone::parse(text)
            .map(Self::Phone)
            .map_err(|_| FieldError::NotAnIdentifier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_and_its_barcode_are_two_spellings() {
        let card = CardNumber::parse("001-0000123").unwrap();
        assert_eq!(card.ean13().as_str(), "2000100001233");
        assert_eq!(card.to_string(), "001-0000123");
        assert_eq!(Identifier::parse("001-0000123"), Ok(Identifier::Card(card)));
        assert_eq!(
            Identifier::parse("2000100001233"),
            Ok(Identifier::Ean13(card.ean13()))
        );
        assert_eq!(
            Identifier::parse("2000100001234"),
            Err(FieldError::WrongCheckDigit)
        );
    }

    #[test]
    fn a_card_is_read_with_any_hyphen_space_and_mark() {
        let card = CardNumber::parse("001-0000123").unwrap();
        for text in [
            "001\u{2011}0000123",
            "001\u{2013}0000123",
            "001\u{2212}0000123",
            "\u{feff}001 - 0000123\u{202c}",
            "001\u{ad}-\u{200b}0000123\r\n",
            "\u{a0}001\u{2010}000\u{202f}0123",
        ] {
            assert_eq!(
                Identifier::parse(text),
                Ok(Identifier::Card(card)),
                "{text:?}"
            );
        }
        for text in [
            "2 000100 001233",
            "2\u{2011}000100\u{2011}001233",
            "\u{200e}2000100001233",
        ] {
            let ean13 = Identifier::Ean13(card.ean13());
            assert_eq!(Identifier::parse(text), Ok(ean13), "{text:?}");
        }
    }

    #[test]
    fn other_text_is_a_phone_or_is_refused() {
        assert!(matches!(
            Identifier::parse("90 123-45-67"),
            Ok(Identifier::Phone(_))
        ));
        for text in [
            "",
            "abc",
            "4006381333931",
            "01-000012",
            "0010000123",
            "τεστ",
            "001-00001234",
        ] {
            assert_eq!(
                Identifier::parse(text),
                Err(FieldError::NotAnIdentifier),
                "{text}"
            );
        }
    }
}
