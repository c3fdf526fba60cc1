//! Reading amounts and quantities from decimal text.

use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::field_error::FieldError;
use crate::money::{Money, Quantity};

/// The longest text accepted as a number, in bytes: longer than any real amount and short enough to
/// be cheap to parse.
const MAX_NUMBER_TEXT: usize = 40;

impl Money {
    /// Reads an amount in somoni with at most two decimals, such as `107.55`.
    ///
    /// # Errors
    /// [`FieldError`]: not a number, negative, too precise, too large.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        scaled(text, 2, Self::MAX_INPUT.dirams()).map(Self::from_dirams)
    }

    /// Reads an amount in somoni of an answer. It may be the sum of many, so it is not limited to
    /// [`Money::MAX_INPUT`].
    ///
    /// # Errors
    /// The errors of [`Money::parse`].
    pub fn parse_sum(text: &str) -> Result<Self, FieldError> {
        scaled(text, 2, i64::MAX).map(Self::from_dirams)
    }

    /// Reads an amount that is only stored as a description. It may be negative, and more than two
    /// decimals are rounded. Returns `None` if it is not a number or its size is above
    /// [`Money::MAX_INPUT`].
    pub fn parse_rounded(text: &str) -> Option<Self> {
        rounded(text, 2, Self::MAX_INPUT.dirams()).map(Self::from_dirams)
    }
}

impl FromStr for Money {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        Self::parse(text)
    }
}

impl Quantity {
    /// Reads a quantity with at most three decimals.
    ///
    /// # Errors
    /// [`FieldError`], as for money.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        scaled(text, 3, Self::MAX_INPUT).map(Self::from_thousandths)
    }

    /// Reads a quantity that is only stored as a description. It may be negative, and more than
    /// three decimals are rounded. Returns `None` if it is not a number or is too large.
    pub fn parse_rounded(text: &str) -> Option<Self> {
        rounded(text, 3, Self::MAX_INPUT).map(Self::from_thousandths)
    }
}

/// Reads a non-negative decimal as an integer in units of 10^-`decimals`. Never uses binary
/// floating point, so that no digit is lost.
fn scaled(text: &str, decimals: u32, max: i64) -> Result<i64, FieldError> {
    if text.len() > MAX_NUMBER_TEXT {
        return Err(FieldError::TooLarge);
    }
    let text = text.trim();
    // `rust_decimal` also accepts digits grouped by underscores.
    if text.contains('_') {
        return Err(FieldError::NotANumber);
    }
    let number = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text)
    } else {
        Decimal::from_str_exact(text)
    }
    .map_err(|error| match error {
        rust_decimal::Error::ExceedsMaximumPossibleValue => FieldError::TooLarge,
        // The library returns the same error for 1e400 and for 1e-400.
        rust_decimal::Error::ScaleExceedsMaximumPrecision(_)
            if !text.contains("e-") && !text.contains("E-") =>
        {
            FieldError::TooLarge
        }
        rust_decimal::Error::Underflow | rust_decimal::Error::ScaleExceedsMaximumPrecision(_) => {
            FieldError::TooPrecise { decimals }
        }
        // The library has no specific error for more digits than it can hold.
        _ if text.len() > 28
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.') =>
        {
            FieldError::TooLarge
        }
        _ => FieldError::NotANumber,
    })?
    .normalize();
    if number.is_sign_negative() && !number.is_zero() {
        return Err(FieldError::Negative);
    }
    if number.scale() > decimals {
        return Err(FieldError::TooPrecise { decimals });
    }
    let units = number
        .checked_mul(Decimal::from(10_i64.pow(decimals)))
        .and_then(|units| i64::try_from(units).ok())
        .filter(|units| *units <= max);
    units.ok_or(FieldError::TooLarge)
}

/// Reads a decimal of either sign and rounds it to an integer in units of 10^-`decimals`.
fn rounded(text: &str, decimals: u32, max: i64) -> Option<i64> {
    let text = text.trim();
    // A binary fraction that is printed with all its digits has about fifty of them.
    if text.len() > 2 * MAX_NUMBER_TEXT || text.contains('_') {
        return None;
    }
    let number = if text.contains(['e', 'E']) {
        Decimal::from_scientific(text).ok()?
    } else {
        Decimal::from_str(text).ok()?
    };
    let number = number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let units = number.checked_mul(Decimal::from(10_i64.pow(decimals)))?;
    let units = i64::try_from(units).ok()?;
    (-max..=max).contains(&units).then_some(units)
}
