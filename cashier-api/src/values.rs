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
    let text = number_text(raw).ok_or("должно быть числом")?;
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

/// A quantity in stock: an item may be sold out.
pub(crate) fn quantity(raw: &RawValue) -> Result<Quantity, Message> {
    number(raw, domain::Quantity::parse).map(Quantity)
}

/// A quantity sold.
pub(crate) fn positive_quantity(raw: &RawValue) -> Result<Quantity, Message> {
    let quantity = quantity(raw)?;
    if quantity.0.thousandths() > 0 {
        Ok(quantity)
    } else {
        Err(NOT_POSITIVE.into())
    }
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
    Identifier::parse(&string(raw)?)
        .map(ClientIdentifier)
        .map_err(|error| error.to_string().into())
}

pub(crate) fn phone(raw: &RawValue) -> Result<PhoneNumber, Message> {
    Phone::parse(&string(raw)?)
        .map(PhoneNumber)
        .map_err(|error| error.to_string().into())
}

pub(crate) fn mode(raw: &RawValue) -> Result<Mode, Message> {
    RedeemMode::parse(&string(raw)?)
        .map(Mode)
        .ok_or_else(|| "должно быть payment_type или discount".into())
}

/// Text of at most `max` characters, without the blanks around it.
pub(crate) fn text(raw: &RawValue, max: usize) -> Result<String, Message> {
    let text = string(raw)?;
    let text = text.trim();
    if text.contains('\0') {
        return Err("содержит недопустимый символ".into());
    }
    if text.chars().count() > max {
        return Err(format!("не длиннее {max} символов").into());
    }
    Ok(text.to_owned())
}

/// A name that tills write as a number or as text.
pub(crate) fn number_or_text(raw: &RawValue, max: usize) -> Result<String, Message> {
    match raw.get().as_bytes().first() {
        Some(b'-' | b'0'..=b'9') if raw.get().len() <= max => Ok(raw.get().to_owned()),
        _ => text(raw, max),
    }
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
