//! The cells of a table as spreadsheets and people write them.

use super::{Column, Fault, MAX_NAME};
use crate::field_error::FieldError;
use crate::identifier::CardNumber;
use crate::money::Money;
use crate::phone::Phone;

/// Reads the cell of a phone.
///
/// # Errors
/// The [`Fault`] of the cell.
pub fn read_phone(text: &str) -> Result<Phone, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::NoPhone);
    }
    // A spreadsheet adds a decimal to numbers: `992901234567.0`.
    let whole = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0"));
    Phone::parse(whole.unwrap_or(text)).map_err(|_| {
        if is_rounded(text) {
            return Fault::Rounded(Column::Phone);
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let others = text.chars().any(char::is_alphabetic);
        if digits == 0 || others {
            Fault::NotAPhone
        } else {
            Fault::PhoneLength(digits)
        }
    })
}

/// Reads the cell of a name. Spaces around and line breaks within are not part of a name.
///
/// # Errors
/// [`Fault::NameTooLong`].
pub fn read_name(text: &str) -> Result<Option<String>, Fault> {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let name = words.join(" ");
    if name.chars().count() > MAX_NAME {
        return Err(Fault::NameTooLong);
    }
    Ok((!name.is_empty()).then_some(name))
}

/// Reads the cell of an amount as spreadsheets and people write it: `1 250,50`, `1250.5`,
/// `1,250.50`. An empty cell is zero.
///
/// # Errors
/// The [`Fault`] of the cell.
pub fn read_amount(column: Column, text: &str) -> Result<Money, Fault> {
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\'' && *letter != '\u{2019}')
        .map(|letter| if letter == '\u{2212}' { '-' } else { letter })
        .collect();
    let plain = without_currency(&plain);
    if plain.is_empty() || plain == "-" {
        return Ok(Money::ZERO);
    }
    if is_rounded(plain) {
        return Err(Fault::Rounded(column));
    }
    let number = with_point(plain);
    Money::parse(&number).map_err(|error| match error {
        FieldError::Negative => Fault::Negative(column),
        FieldError::TooPrecise { .. } => Fault::TooPrecise(column),
        FieldError::TooLarge => Fault::TooLarge(column),
        _ => match Money::parse(&number.replace(is_letter_o, "0")) {
            Ok(meant) => Fault::LetterO(column, meant),
            Err(_) => Fault::NotANumber(column),
        },
    })
}

/// Reads the cell of a card: its number or its barcode.
///
/// # Errors
/// The [`Fault`] of the cell.
pub fn read_card(text: &str) -> Result<Option<CardNumber>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if is_rounded(text) {
        return Err(Fault::Rounded(Column::Card));
    }
    let card = CardNumber::read(text).map_err(|error| match error {
        FieldError::WrongCheckDigit => Fault::WrongCheckDigit,
        _ => Fault::NotACard,
    })?;
    // Only a barcode that stands for this card alone may come from elsewhere.
    if CardNumber::of_ean13(&card.ean13()) == Some(card) {
        Ok(Some(card))
    } else {
        Err(Fault::NotACard)
    }
}

/// Returns whether a spreadsheet has replaced the last digits by a power of ten.
fn is_rounded(text: &str) -> bool {
    let Some((mantissa, power)) = text.split_once(['e', 'E', '\u{415}', '\u{435}']) else {
        return false;
    };
    let is_number = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
    };
    is_number(mantissa.trim_start_matches(['+', '-']))
        && is_number(power.trim_start_matches(['+', '-']))
}

/// The capital and small O of Latin and Cyrillic.
const fn is_letter_o(letter: char) -> bool {
    matches!(letter, 'O' | 'o' | '\u{41e}' | '\u{43e}')
}

/// Removes the words after a number, which name its currency.
fn without_currency(text: &str) -> &str {
    let begins = |letter: char| letter.is_alphabetic() && !is_letter_o(letter);
    let number_ends = text.rfind(|letter: char| letter.is_ascii_digit());
    let (number, words) = match number_ends {
        Some(last) => text.split_at(last + 1),
        None => return text,
    };
    let is_currency = words.starts_with(begins)
        && words
            .chars()
            .all(|letter| letter.is_alphabetic() || letter == '.');
    // `1e5` is not five with a currency, but nothing follows the digits there.
    if is_currency { number } else { text }
}

/// Returns a number with a point before its decimals and without marks between thousands.
fn with_point(text: &str) -> String {
    let commas = text.matches(',').count();
    match (text.rfind(','), text.rfind('.')) {
        // `1.250,50` and `1,250.50`: the last mark is the one before the decimals.
        (Some(comma), Some(point)) if comma > point => text.replace('.', "").replace(',', "."),
        (Some(_), None) if commas == 1 => text.replace(',', "."),
        (Some(_), _) => text.replace(',', ""),
        (None, _) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_spreadsheets_write_them() {
        for (text, dirams) in [
            ("", 0),
            ("-", 0),
            ("0", 0),
            ("12", 1_200),
            ("1\u{a0}250,50", 125_050),
            ("1 250.5", 125_050),
            ("1,250.50", 125_050),
            ("1.250,50", 125_050),
            ("1,250,300", 125_030_000),
            ("15,00\u{440}.", 1_500),
            ("12 TJS", 1_200),
        ] {
            let read = read_amount(Column::Balance, text);
            assert_eq!(read, Ok(Money::from_dirams(dirams)), "{text}");
        }
    }

    #[test]
    fn an_amount_is_refused_with_its_reason() {
        let column = Column::Spent;
        for (text, fault) in [
            ("\u{2212}20", Fault::Negative(column)),
            ("abc", Fault::NotANumber(column)),
            ("1,234", Fault::TooPrecise(column)),
            ("9,92E+05", Fault::Rounded(column)),
            ("99999999999999", Fault::TooLarge(column)),
            (
                "1\u{41e}5,00",
                Fault::LetterO(column, Money::from_somoni(105)),
            ),
            ("=1+1", Fault::NotANumber(column)),
        ] {
            assert_eq!(read_amount(column, text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_phone_is_refused_with_its_reason() {
        assert_eq!(
            read_phone("992901234567.0").unwrap().as_str(),
            "+992901234567"
        );
        for (text, fault) in [
            (" ", Fault::NoPhone),
            ("9,92E+11", Fault::Rounded(Column::Phone)),
            ("9.92E+11", Fault::Rounded(Column::Phone)),
            ("90 12 34", Fault::PhoneLength(6)),
            ("none", Fault::NotAPhone),
            ("90123456O", Fault::NotAPhone),
        ] {
            assert_eq!(read_phone(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_card_is_read_from_its_number_or_barcode() {
        let card = CardNumber::parse("001-0000123");
        assert_eq!(read_card("001-0000123"), Ok(card));
        assert_eq!(read_card("2000100001233"), Ok(card));
        assert_eq!(read_card(""), Ok(None));
        assert_eq!(read_card("2000100001234"), Err(Fault::WrongCheckDigit));
        for text in ["4006381333931", "901234567", "101-0000123", "000-0000123"] {
            assert_eq!(read_card(text), Err(Fault::NotACard), "{text}");
        }
        assert_eq!(read_card("2,0001E+12"), Err(Fault::Rounded(Column::Card)));
    }

    #[test]
    fn a_name_is_one_line() {
        let read = read_name(" Zebo\r\n Karimova\t").unwrap();
        assert_eq!(read.as_deref(), Some("Zebo Karimova"));
        assert_eq!(read_name("  "), Ok(None));
        assert_eq!(read_name(&"x".repeat(256)), Err(Fault::NameTooLong));
    }
}
