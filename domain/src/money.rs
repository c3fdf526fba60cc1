//! Money, bonuses, percentages and quantities as scaled integers.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

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
}

fn narrow(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
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
    /// 0 %.
    pub const ZERO: Self = Self(0);
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
    pub(crate) const MAX_INPUT: i64 = 1_000_000_000_000;

    /// Makes a quantity from thousandths.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// Returns the quantity in thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shortest(self.0, 1000, 3))
    }
}

#[cfg(test)]
mod tests;
