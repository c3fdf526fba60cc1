//! Reads one JSON value of a request, or returns the error of its field.

use domain::marks::is_invisible;
use domain::sales::RedeemMode;
use domain::{CardNumber, DocumentDate, FieldError, FieldErrors, Identifier, Money, Phone};
use serde_json::value::RawValue;

use crate::number_text::number_text;
use crate::scalars::{Amount, Card, ClientIdentifier, Mode, PhoneNumber, Quantity, SentDate};

/// The longest text that is accepted as a date, in characters.
const MAX_DATE: usize = 1000;

fn number<T>(
    raw: &RawValue,
    parse: impl Fn(&str) -> Result<T, FieldError>,
) -> Result<T, FieldError> {
    parse(&number_text(raw).ok_or(FieldError::NotANumber)?)
}

fn string(raw: &RawValue) -> Result<String, FieldError> {
    serde_json::from_str(raw.get()).map_err(|_| FieldError::NotAString)
}

pub(crate) fn amount(raw: &RawValue) -> Result<Amount, FieldError> {
    number(raw, Money::parse).map(Amount)
}

pub(crate) fn positive_amount(raw: &RawValue) -> Result<Amount, FieldError> {
    let amount = amount(raw)?;
    if amount.0.is_positive() {
        Ok(amount)
    } else {
        Err(FieldError::NotPositive)
    }
}

/// Reads an amount that no rule uses: it is rounded, and may be negative.
pub(crate) fn described_amount(raw: &RawValue) -> Result<Amount, FieldError> {
    let text = number_text(raw).ok_or(FieldError::NotANumber)?;
    let money = Money::parse_rounded(&text).ok_or(FieldError::NotANumber)?;
    Ok(Amount(money))
}

/// Reads a quantity that no rule uses: it is rounded, and may be negative.
pub(crate) fn described_quantity(raw: &RawValue) -> Result<Quantity, FieldError> {
    let text = number_text(raw).ok_or(FieldError::NotANumber)?;
    let quantity = domain::Quantity::parse_rounded(&text).ok_or(FieldError::NotANumber)?;
    Ok(Quantity(quantity))
}

/// Reads the number of a record of Bonex.
pub(crate) fn record_id(raw: &RawValue) -> Result<i64, FieldError> {
    number(raw, |text| {
        let id = text.trim().parse().ok().filter(|id| *id > 0);
        id.ok_or(FieldError::NotWhole)
    })
}

pub(crate) fn boolean(raw: &RawValue) -> Result<bool, FieldError> {
    serde_json::from_str(raw.get()).map_err(|_| FieldError::NotABoolean)
}

/// Reads a till's date. Returns `None` for an empty or unreadable date, so that a document is not
/// refused because of its date. A wrong JSON type or a text of more than [`MAX_DATE`] characters is
/// still an error.
pub(crate) fn document_date(raw: &RawValue) -> Result<Option<SentDate>, FieldError> {
    Ok(DocumentDate::parse(&text(raw, MAX_DATE)?).map(SentDate))
}

pub(crate) fn identifier(raw: &RawValue) -> Result<ClientIdentifier, FieldError> {
    Identifier::parse(&string_or_number(raw)?).map(ClientIdentifier)
}

pub(crate) fn phone(raw: &RawValue) -> Result<PhoneNumber, FieldError> {
    Phone::parse(&string_or_number(raw)?).map(PhoneNumber)
}

/// Reads a card by its number or barcode. An empty text is no card.
pub(crate) fn card(raw: &RawValue) -> Result<Option<Card>, FieldError> {
    let text = string_or_number(raw)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    CardNumber::read(&text).map(|card| Some(Card(card)))
}

pub(crate) fn mode(raw: &RawValue) -> Result<Mode, FieldError> {
    RedeemMode::parse(&string(raw)?)
        .map(Mode)
        .ok_or(FieldError::NotARedeemMode)
}

/// Reads a text, or a number in its place, because some tills send codes as numbers.
fn string_or_number(raw: &RawValue) -> Result<String, FieldError> {
    match raw.get().as_bytes().first() {
        Some(b'-' | b'0'..=b'9') => Ok(raw.get().to_owned()),
        _ => string(raw),
    }
}

/// Reads a text or a number of at most `max` characters, without surrounding whitespace.
pub(crate) fn text(raw: &RawValue, max: usize) -> Result<String, FieldError> {
    let text = string_or_number(raw)?;
    let text = text.trim();
    if text.contains('\0') {
        return Err(FieldError::ForbiddenCharacter);
    }
    if text.chars().count() > max {
        return Err(FieldError::TooLong { max });
    }
    Ok(text.to_owned())
}

/// Reads the first `max` characters of a text that no rule uses.
pub(crate) fn cut_text(raw: &RawValue, max: usize) -> Result<String, FieldError> {
    let text = text(raw, usize::MAX)?;
    let cut: String = text.chars().take(max).collect();
    Ok(cut.trim_end().to_owned())
}

/// Returns whether a text is the nil UUID (RFC 9562, 5.9) in any spelling.
pub(crate) fn is_nil_uuid(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let text = text.strip_prefix("urn:uuid:").unwrap_or(&text);
    let digits: Vec<char> = text
        .chars()
        .filter(|c| !matches!(c, '-' | '{' | '}'))
        .collect();
    digits.len() == 32 && digits.iter().all(|digit| *digit == '0')
}

/// Reads a person's name. Invisible characters alone are not a name.
pub(crate) fn name(raw: &RawValue, max: usize) -> Result<String, FieldError> {
    let name = text(raw, max)?;
    let is_blank = |c: char| c.is_whitespace() || is_invisible(c);
    Ok(if name.chars().all(is_blank) {
        String::new()
    } else {
        name
    })
}

/// Reads `check_amount` from the query of a lookup. Returns `None` if it is missing or empty.
///
/// # Errors
/// [`FieldErrors`] for the field.
pub fn check_amount(text: Option<&str>) -> Result<Option<Money>, FieldErrors> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => Money::parse(text)
            .map(Some)
            .map_err(|error| FieldErrors::one("check_amount", error)),
    }
}

/// Reads the client's identifier from the path of a lookup.
///
/// # Errors
/// [`FieldErrors`] for the field.
pub fn identifier_text(text: &str) -> Result<Identifier, FieldErrors> {
    Identifier::parse(text).map_err(|error| FieldErrors::one("identifier", error))
}
