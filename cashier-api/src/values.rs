//! How one JSON value of a request becomes a value of ours, or a message for the cashier.

use std::borrow::Cow;

use domain::sale::RedeemMode;
use domain::{DocumentDate, FieldErrors, Identifier, Money, Phone};
use serde_json::value::RawValue;

use crate::scalars::{
    Amount, ClientIdentifier, Mode, PhoneNumber, Quantity, SentDate, WholeNumberError,
};

/// Why a value will not do, in Russian.
pub(crate) type Message = Cow<'static, str>;

/// The longest text taken for a date, in characters.
const MAX_DATE: usize = 1000;

const NOT_A_STRING: &str = "должно быть строкой";
const NOT_A_NUMBER: &str = "должно быть числом";
pub(crate) const NOT_POSITIVE: &str = "должно быть больше нуля";

/// The characters of a number, or of a string that may hold one.
pub(crate) fn number_text(raw: &RawValue) -> Option<Cow<'_, str>> {
    match raw.get().as_bytes().first()? {
        b'"' => serde_json::from_str(raw.get()).ok().map(Cow::Owned),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw.get())),
        _ => None,
    }
}

fn number<T, E: ToString>(
    raw: &RawValue,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<T, Message> {
    let text = number_text(raw).ok_or(NOT_A_NUMBER)?;
    parse(&text).map_err(|error| error.to_string().into())
}

fn string(raw: &RawValue) -> Result<String, Message> {
    serde_json::from_str(raw.get()).map_err(|_| NOT_A_STRING.into())
}

pub(crate) fn amount(raw: &RawValue) -> Result<Amount, Message> {
    number(raw, Money::parse).map(Amount)
}

pub(crate) fn positive_amount(raw: &RawValue) -> Result<Amount, Message> {
    let amount = amount(raw)?;
    if amount.0.is_positive() {
        Ok(amount)
    } else {
        Err(NOT_POSITIVE.into())
    }
}

/// An amount that only describes: rounded, of either sign.
pub(crate) fn described_amount(raw: &RawValue) -> Result<Amount, Message> {
    let text = number_text(raw).ok_or(NOT_A_NUMBER)?;
    let money = Money::parse_rounded(&text).ok_or(NOT_A_NUMBER)?;
    Ok(Amount(money))
}

/// A quantity that only describes: rounded, of either sign.
pub(crate) fn described_quantity(raw: &RawValue) -> Result<Quantity, Message> {
    let text = number_text(raw).ok_or(NOT_A_NUMBER)?;
    let quantity = domain::Quantity::parse_rounded(&text).ok_or(NOT_A_NUMBER)?;
    Ok(Quantity(quantity))
}

/// The number of a record of ours.
pub(crate) fn record_id(raw: &RawValue) -> Result<i64, Message> {
    number(raw, |text| {
        let id = text.trim().parse::<i64>().map_err(|_| WholeNumberError)?;
        (id > 0).then_some(id).ok_or(WholeNumberError)
    })
}

pub(crate) fn boolean(raw: &RawValue) -> Result<bool, Message> {
    serde_json::from_str(raw.get()).map_err(|_| "должно быть true или false".into())
}

/// A till's date; an empty or unreadable one is none, for a wrong clock must not lose a document.
pub(crate) fn document_date(raw: &RawValue) -> Result<Option<SentDate>, Message> {
    Ok(DocumentDate::parse(&text(raw, MAX_DATE)?).map(SentDate))
}

pub(crate) fn identifier(raw: &RawValue) -> Result<ClientIdentifier, Message> {
    Identifier::parse(&string_or_number(raw)?)
        .map(ClientIdentifier)
        .map_err(|error| error.to_string().into())
}

pub(crate) fn phone(raw: &RawValue) -> Result<PhoneNumber, Message> {
    Phone::parse(&string_or_number(raw)?)
        .map(PhoneNumber)
        .map_err(|error| error.to_string().into())
}

pub(crate) fn mode(raw: &RawValue) -> Result<Mode, Message> {
    RedeemMode::parse(&string(raw)?)
        .map(Mode)
        .ok_or_else(|| "должно быть payment_type или discount".into())
}

/// Text, or a number in its place: tills send codes so.
fn string_or_number(raw: &RawValue) -> Result<String, Message> {
    match raw.get().as_bytes().first() {
        Some(b'-' | b'0'..=b'9') => Ok(raw.get().to_owned()),
        _ => string(raw),
    }
}

/// Text or a number of at most `max` characters, without the blanks around it.
pub(crate) fn text(raw: &RawValue, max: usize) -> Result<String, Message> {
    let text = string_or_number(raw)?;
    let text = text.trim();
    if text.contains('\0') {
        return Err("содержит недопустимый символ".into());
    }
    if text.chars().count() > max {
        return Err(format!("не длиннее {max} символов").into());
    }
    Ok(text.to_owned())
}

/// At most the first `max` characters of a text that only describes.
pub(crate) fn cut_text(raw: &RawValue, max: usize) -> Result<String, Message> {
    let text = text(raw, usize::MAX)?;
    let cut: String = text.chars().take(max).collect();
    Ok(cut.trim_end().to_owned())
}

/// Reads `check_amount` of the lookup's query; nothing and an empty text mean none.
///
/// # Errors
/// [`FieldErrors`] for the field.
pub fn check_amount(text: Option<&str>) -> Result<Option<Money>, FieldErrors> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => Money::parse(text)
            .map(Some)
            .map_err(|error| FieldErrors::one("check_amount", error.to_string())),
    }
}

/// Reads the client named in the path of a lookup.
///
/// # Errors
/// [`FieldErrors`] for the field.
pub fn identifier_text(text: &str) -> Result<Identifier, FieldErrors> {
    Identifier::parse(text).map_err(|error| FieldErrors::one("identifier", error.to_string()))
}
