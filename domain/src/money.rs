//! Money, bonuses, percentages and quantities as scaled integers.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::field_error::FieldError;

/// The longest text accepted as a number, in bytes: longer than any real amount and short enough to
/// be cheap to parse.
const MAX_NUMBER_TEXT: usize = 40;

/// Money or bonuses in dirams (1/100 somoni); one bonus is one somoni.
///
/// An amount that a till sends is at most [`Money::MAX_INPUT`], so that sums of such amounts fit
/// into `i64`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// Zero.
    pub const ZERO: Self = Self(0);
    /// The largest amount accepted as input: 1,000,000,000 somoni.
    pub const MAX_INPUT: Self = Self(100_000_000_000);

    /// Makes an amount from dirams.
    pub const fn from_dirams(dirams: i64) -> Self {
        Self(dirams)
    }

    /// Makes an amount from whole somoni.
    pub const fn from_somoni(somoni: i64) -> Self {
        Self(somoni * 100)
    }

    /// Returns the amount in dirams.
    pub const fn dirams(self) -> i64 {
        self.0
    }

    /// Returns whether the amount is zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Returns whether the amount is above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Returns the amount, or zero if it is negative.
    #[must_use]
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// Returns `rate` of the amount, rounded half up to a diram. Accruals use it (rules,
    /// "Figures").
    #[must_use]
    pub fn percent_half_up(self, rate: BasisPoints) -> Self {
        self.share(rate.0, BasisPoints::WHOLE.0)
    }

    /// Returns `rate` of the amount, rounded down to a diram. The redemption limit uses it (rules,
    /// "Figures").
    #[must_use]
    pub fn percent_floor(self, rate: BasisPoints) -> Self {
        Self(narrow(
            (i128::from(self.0) * i128::from(rate.0)).div_euclid(i128::from(BasisPoints::WHOLE.0)),
        ))
    }

    /// Returns the amount × `part` ÷ `whole`, rounded half up to a diram. Returns the whole amount
    /// if `whole` is zero.
    #[must_use]
    pub fn pro_rata(self, part: Money, whole: Money) -> Self {
        if whole.0 <= 0 {
            return self;
        }
        self.share(part.0, whole.0)
    }

    fn share(self, part: i64, whole: i64) -> Self {
        let (product, whole) = (i128::from(self.0) * i128::from(part), i128::from(whole));
        Self(narrow((2 * product + whole).div_euclid(2 * whole)))
    }

    /// Reads an amount in somoni with at most two decimals, such as `107.55`.
    ///
    /// # Errors
    /// [`FieldError`]: not a number, negative, too precise, too large.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        scaled(text, 2, Self::MAX_INPUT.0).map(Self)
    }

    /// Reads an amount that is only stored as a description. It may be negative, and more than two
    /// decimals are rounded. Returns `None` if it is not a number or its size is above
    /// [`Money::MAX_INPUT`].
    pub fn parse_rounded(text: &str) -> Option<Self> {
        rounded(text, 2, Self::MAX_INPUT.0).map(Self)
    }
}

fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
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

/// Writes the shortest form: `150`, `7.5`, `107.55`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shortest(self.0, 100, 2))
    }
}

/// Formats `units / scale` without trailing zeros. `decimals` is the number of decimals of `scale`.
fn shortest(units: i64, scale: u64, decimals: usize) -> String {
    let (sign, units) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    let (whole, fraction) = (units / scale, units % scale);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let fraction = format!("{fraction:0decimals$}");
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}

impl FromStr for Money {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        Self::parse(text)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A percentage in basis points (1/100 of a percent): 5 % is 500.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasisPoints(i64);

impl BasisPoints {
    /// 100 %.
    pub const WHOLE: Self = Self(10_000);

    /// Makes a percentage from basis points.
    pub const fn new(basis_points: i64) -> Self {
        Self(basis_points)
    }

    /// Makes a percentage from whole percents.
    pub const fn from_percent(percent: i64) -> Self {
        Self(percent * 100)
    }

    /// Returns the percentage in basis points.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// Writes the percentage in its shortest form, without the sign: `5`, `7.5`.
impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shortest(self.0, 100, 2))
    }
}

/// A quantity of an item in thousandths of its unit (pieces, kilograms).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(i64);

impl Quantity {
    /// The largest quantity accepted as input, in thousandths.
    const MAX_INPUT: i64 = 1_000_000_000_000;

    /// Makes a quantity from thousandths.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// Returns the quantity in thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Reads a quantity with at most three decimals.
    ///
    /// # Errors
    /// [`FieldError`], as for money.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        scaled(text, 3, Self::MAX_INPUT).map(Self)
    }

    /// Reads a quantity that is only stored as a description. It may be negative, and more than
    /// three decimals are rounded. Returns `None` if it is not a number or is too large.
    pub fn parse_rounded(text: &str) -> Option<Self> {
        rounded(text, 3, Self::MAX_INPUT).map(Self)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shortest(self.0, 1000, 3))
    }
}

#[cfg(test)]
mod tests;
