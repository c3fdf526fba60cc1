//! The errors that fields of a request can have.

use std::collections::BTreeMap;
use std::fmt;

use crate::money::Money;

/// The reason why the value of a field is refused. `cashier_api::messages` turns it into a text for
/// the cashier; the text here is for logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// It is missing.
    #[error("required")]
    Required,
    /// It is missing, and `original_external_sale_id` is missing too. One of the two is required.
    #[error("required without original_external_sale_id")]
    RequiredWithoutSale,
    /// It cannot be decoded.
    #[error("unreadable")]
    Unreadable,
    /// It is not a JSON object.
    #[error("not an object")]
    NotAnObject,
    /// It is not a JSON array.
    #[error("not a list")]
    NotAList,
    /// It is not a string.
    #[error("not a string")]
    NotAString,
    /// It is neither `true` nor `false`.
    #[error("not a boolean")]
    NotABoolean,
    /// It is not a decimal number.
    #[error("not a number")]
    NotANumber,
    /// It is not a whole number above zero, or it is greater than any number of a record.
    #[error("not a whole number")]
    NotWhole,
    /// It is not one of the ways to show redeemed bonuses.
    #[error("not a redeem mode")]
    NotARedeemMode,
    /// It is not a phone number.
    #[error("not a phone")]
    NotAPhone,
    /// It is neither a phone, nor a card, nor a card's barcode.
    #[error("neither phone nor card nor barcode")]
    NotAnIdentifier,
    /// It is a card's barcode with a wrong check digit: it was scanned or typed wrongly.
    #[error("wrong check digit")]
    WrongCheckDigit,
    /// It is neither a card nor a card's barcode.
    #[error("neither card nor barcode")]
    NotACard,
    /// It is not one of the cards that the store has reserved.
    #[error("card not reserved")]
    UnknownCard,
    /// A client has or had the card.
    #[error("card taken")]
    CardTaken,
    /// The client has another card.
    #[error("the client has another card")]
    HasOtherCard,
    /// It holds a character that the database cannot store.
    #[error("holds a forbidden character")]
    ForbiddenCharacter,
    /// It is not 1 to `max` printable ASCII characters.
    #[error("not 1 to {max} printable ASCII characters")]
    NotPrintable {
        /// The largest number of characters.
        max: usize,
    },
    /// The text is too long.
    #[error("longer than {max} characters")]
    TooLong {
        /// The largest number of characters.
        max: usize,
    },
    /// The list is too long.
    #[error("more than {max} rows")]
    TooManyRows {
        /// The largest number of rows.
        max: usize,
    },
    /// With it the store would have too many products.
    #[error("more than {max} products in the store")]
    TooManyProducts {
        /// The largest number of products.
        max: i64,
    },
    /// The list already contains it.
    #[error("repeated")]
    Repeated,
    /// The object has the field more than once.
    #[error("repeated field")]
    RepeatedField,
    /// The list contains no usable item. Products that the list does not name are switched off, so
    /// this list would switch off all products of the store.
    #[error("names no product to keep")]
    KeepsNothing,
    /// It is below zero.
    #[error("negative")]
    Negative,
    /// It is not above zero.
    #[error("not positive")]
    NotPositive,
    /// It has more decimals than its unit allows.
    #[error("more than {decimals} decimals")]
    TooPrecise {
        /// The largest number of decimals.
        decimals: u32,
    },
    /// It is above the largest number accepted as input.
    #[error("too large")]
    TooLarge,
    /// It is below `total_amount`.
    #[error("below total_amount")]
    BelowTotal,
    /// It is above `total_amount`.
    #[error("above total_amount")]
    AboveTotal,
    /// It is above the total of the sale.
    #[error("above the total of the sale")]
    AboveCheck,
    /// It is not the sum of `total_amount` and `bonus_redeem_amount`.
    #[error("not total_amount + bonus_redeem_amount")]
    NotTheSum,
    /// An earlier redemption of this sale took a different amount.
    #[error("{redeemed} redeemed before")]
    RedeemedBefore {
        /// The amount that the redemption took.
        redeemed: Money,
    },
    /// The hold is not shorter than the life of a bonus, so bonuses would end before they can be
    /// spent.
    #[error("not shorter than the life of a bonus")]
    HoldOutlivesBonuses,
}

/// The wrong fields of a request, each with its error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<String, FieldError>);

impl FieldErrors {
    /// Makes the errors of a request with one wrong field.
    pub fn one(field: &str, error: FieldError) -> Self {
        let mut errors = Self::default();
        errors.add(field, error);
        errors
    }

    /// Records that a field is wrong. If the field already has an error, that first error stays.
    pub fn add(&mut self, field: &str, error: FieldError) {
        self.0.entry(field.to_owned()).or_insert(error);
    }

    /// Returns whether no field is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the fields with their errors, sorted by field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, FieldError)> {
        self.0.iter().map(|(field, error)| (field.as_str(), *error))
    }
}

/// Writes all fields and errors: `amount: negative; client_phone: required`.
impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (field, error)) in self.iter().enumerate() {
            let separator = if place == 0 { "" } else { "; " };
            write!(f, "{separator}{field}: {error}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_names_every_field_and_the_first_error_of_each() {
        let mut errors = FieldErrors::one("total_amount", FieldError::TooPrecise { decimals: 2 });
        errors.add("client_phone", FieldError::Required);
        errors.add("client_phone", FieldError::NotAString);
        assert_eq!(
            errors.to_string(),
            "client_phone: required; total_amount: more than 2 decimals"
        );
    }
}
