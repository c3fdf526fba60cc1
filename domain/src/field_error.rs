//! What can be wrong with the fields of a request.

use std::collections::BTreeMap;
use std::fmt;

use crate::money::Money;

/// Why the value of a field is not taken. `cashier_api::messages` words it for a cashier; the text
/// here is for logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// It is missing.
    #[error("required")]
    Required,
    /// It is missing, and so is `original_external_sale_id`; one of them must be there.
    #[error("required without original_external_sale_id")]
    RequiredWithoutSale,
    /// It cannot be decoded.
    #[error("unreadable")]
    Unreadable,
    /// It is no JSON object.
    #[error("not an object")]
    NotAnObject,
    /// It is no JSON array.
    #[error("not a list")]
    NotAList,
    /// It is no text.
    #[error("not a string")]
    NotAString,
    /// It is neither true nor false.
    #[error("not a boolean")]
    NotABoolean,
    /// It is no decimal number.
    #[error("not a number")]
    NotANumber,
    /// It is no whole number above zero that a record of ours could have.
    #[error("not a whole number")]
    NotWhole,
    /// It names no way to show redeemed bonuses.
    #[error("not a redeem mode")]
    NotARedeemMode,
    /// It is no phone number.
    #[error("not a phone")]
    NotAPhone,
    /// It is neither a phone, nor a card, nor a card's barcode.
    #[error("neither phone nor card nor barcode")]
    NotAnIdentifier,
    /// It is a card's barcode that was read or typed wrongly.
    #[error("wrong check digit")]
    WrongCheckDigit,
    /// It holds a character that the database cannot store.
    #[error("holds a forbidden character")]
    ForbiddenCharacter,
    /// It is no ASCII text of 1 to `max` printable characters.
    #[error("not 1 to {max} printable ASCII characters")]
    NotPrintable {
        /// Characters allowed.
        max: usize,
    },
    /// It is too long a text.
    #[error("longer than {max} characters")]
    TooLong {
        /// Characters allowed.
        max: usize,
    },
    /// It is too long a list.
    #[error("more than {max} rows")]
    TooManyRows {
        /// Rows allowed.
        max: usize,
    },
    /// The store would have too many articles with it.
    #[error("more than {max} products in the store")]
    TooManyProducts {
        /// Articles allowed.
        max: i64,
    },
    /// It stands in the list before.
    #[error("repeated")]
    Repeated,
    /// It has no usable item, and what it does not name would be switched off: all of the stock.
    #[error("names no product to keep")]
    KeepsNothing,
    /// It is below zero.
    #[error("negative")]
    Negative,
    /// It is not above zero.
    #[error("not positive")]
    NotPositive,
    /// It has more decimals than its unit.
    #[error("more than {decimals} decimals")]
    TooPrecise {
        /// Decimals allowed.
        decimals: u32,
    },
    /// It is a number over the bound for input.
    #[error("too large")]
    TooLarge,
    /// It is below `total_amount`.
    #[error("below total_amount")]
    BelowTotal,
    /// It is above `total_amount`.
    #[error("above total_amount")]
    AboveTotal,
    /// It is above the sum of the check.
    #[error("above the check")]
    AboveCheck,
    /// It is not `total_amount` and `bonus_redeem_amount` together.
    #[error("not total_amount + bonus_redeem_amount")]
    NotTheSum,
    /// A redemption of this check has taken another amount.
    #[error("{redeemed} redeemed before")]
    RedeemedBefore {
        /// What it has taken.
        redeemed: Money,
    },
    /// Bonuses would end before this hold does.
    #[error("not shorter than the life of a bonus")]
    HoldOutlivesBonuses,
}

/// The wrong fields of a request, each with what is wrong about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(BTreeMap<String, FieldError>);

impl FieldErrors {
    /// One wrong field.
    pub fn one(field: &str, error: FieldError) -> Self {
        let mut errors = Self::default();
        errors.add(field, error);
        errors
    }

    /// Notes a wrong field; the first error of it stays.
    pub fn add(&mut self, field: &str, error: FieldError) {
        self.0.entry(field.to_owned()).or_insert(error);
    }

    /// True if nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Field and error, by field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, FieldError)> {
        self.0.iter().map(|(field, error)| (field.as_str(), *error))
    }
}

/// `amount: negative; client_phone: required`.
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
