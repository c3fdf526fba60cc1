//! The values that requests and answers consist of, in their JSON form.

use std::fmt;

use domain::sales::RedeemMode;
use domain::{BasisPoints, CardNumber, DocumentDate, Identifier, Money, Phone, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

use crate::number_text::number_text;

/// Money or bonuses in somoni: a JSON number with at most two decimals, in the shortest form
/// (`150`, `7.5`, `107.55`). A string of digits is accepted too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = f64, example = 107.55)
)]
pub struct Amount(pub Money);

/// A percentage: `5`, `7.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = f64, example = 5)
)]
pub struct Percent(pub BasisPoints);

/// The quantity of an item: a JSON number, rounded to three decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = f64, example = 2)
)]
pub struct Quantity(pub domain::Quantity);

/// A moment in an answer, in UTC: `2026-06-05T14:30:00+00:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, format = DateTime, example = "2026-06-05T14:30:00+00:00")
)]
pub struct Moment(pub Timestamp);

/// The date that a till gives a document, in ISO 8601. Without an offset it is read as UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, example = "2026-06-05T14:30:00+05:00")
)]
pub struct SentDate(pub DocumentDate);

impl From<Timestamp> for SentDate {
    fn from(at: Timestamp) -> Self {
        Self(DocumentDate {
            at,
            has_offset: true,
        })
    }
}

/// An identifier of a client: a phone, a club card `001-0000123`, or the card's EAN-13.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, example = "+992901234567")
)]
pub struct ClientIdentifier(pub Identifier);

/// A club card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, example = "001-0000123")
)]
pub struct Card(pub CardNumber);

/// A phone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, example = "+992901234567")
)]
pub struct PhoneNumber(pub Phone);

/// `payment_type` (bonuses are a kind of payment, and the total includes them) or `discount` (the
/// total is what is left after the discount).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(value_type = String, example = "payment_type", default = "payment_type")
)]
pub struct Mode(pub RedeemMode);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        number(self.0, serializer)
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        number(self.0, serializer)
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        number(self.0, serializer)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for SentDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.at)
    }
}

impl Serialize for ClientIdentifier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Identifier::Phone(phone) => serializer.collect_str(phone),
            Identifier::Card(card) => serializer.collect_str(card),
            Identifier::Ean13(barcode) => serializer.collect_str(barcode),
        }
    }
}

impl Serialize for Card {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Serialize for Mode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hundredths(deserializer).map(|hundredths| Self(Money::from_dirams(hundredths)))
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hundredths(deserializer).map(|hundredths| Self(BasisPoints::new(hundredths)))
    }
}

impl<'de> Deserialize<'de> for Moment {
    /// Reads a moment from an answer, which always has an offset.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Timestamp::parse_rfc3339(&text)
            .map(Self)
            .map_err(de::Error::custom)
    }
}

/// Writes a number from its decimal text, so that it is never converted to a binary fraction.
fn number<S: Serializer>(value: impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(value.to_string())
        .map_err(ser::Error::custom)?
        .serialize(serializer)
}

/// Reads a number with at most two decimals from an answer. A debt may make it negative.
fn hundredths<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    // One word is enough, because the browser does not show this message.
    let unreadable = || de::Error::custom("amount");
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    let text = number_text(&raw).ok_or_else(unreadable)?;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, &*text),
    };
    Money::parse_sum(digits)
        .map(|money| sign * money.dirams())
        .map_err(|_| unreadable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_both_ways() {
        for (json, dirams) in [
            ("150", 15_000),
            ("7.5", 750),
            ("107.55", 10_755),
            ("-50", -5_000),
            ("0.07", 7),
            ("999999999.99", 99_999_999_999),
            ("1000000010", 100_000_001_000),
            ("-92233720368547758.07", -i64::MAX),
        ] {
            let amount = Amount(Money::from_dirams(dirams));
            assert_eq!(serde_json::to_string(&amount).unwrap(), json);
            assert_eq!(serde_json::from_str::<Amount>(json).unwrap(), amount);
        }
        let text = serde_json::from_str::<Amount>(r#""107.50""#).unwrap();
        assert_eq!(text, Amount(Money::from_dirams(10_750)));
        for json in ["0.001", "true", "null", r#""ten""#, "[1]"] {
            assert!(serde_json::from_str::<Amount>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_moment_is_answered_in_utc() {
        let moment: Moment = serde_json::from_str(r#""2026-06-05T19:30:00+05:00""#).unwrap();
        let json = serde_json::to_string(&moment).unwrap();
        assert_eq!(json, r#""2026-06-05T14:30:00+00:00""#);
    }
}
