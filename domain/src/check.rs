//! The sums of a check, as a till sends them and as the rules look at them (seed, step 2).

use crate::field_error::FieldError;
use crate::money::Money;
use crate::programme::{AccrualBase, Terms};
use crate::refusal::Refusal;

/// How the till shows redeemed bonuses (seed, step 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RedeemMode {
    /// As a kind of payment: the total of the check stays whole.
    #[default]
    PaymentType,
    /// As a discount: the total is what is left after it.
    Discount,
}

impl RedeemMode {
    /// As on the wire and as stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaymentType => "payment_type",
            Self::Discount => "discount",
        }
    }

    /// The mode written as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::PaymentType, Self::Discount]
            .into_iter()
            .find(|mode| mode.as_str() == text)
    }
}

/// By how much a till's gross may differ from total + bonuses: it rounds the price of each line.
const LINE_ROUNDING: Money = Money::from_dirams(5);

/// The sums of a check as the till sent them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckSums {
    /// How the till shows the bonuses.
    pub mode: RedeemMode,
    /// Whole, or after the discount.
    pub total: Money,
    /// The whole check before a discount, if the till says it.
    pub gross: Option<Money>,
    /// Bonuses asked for.
    pub redeem: Money,
}

impl CheckSums {
    /// The check.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field that contradicts the others.
    pub fn check(self) -> Result<Check, Refusal> {
        Check::new(self.mode, self.total, self.gross, self.redeem)
    }

    /// The same sums with the bonuses that a redemption of this check has already taken. The till may
    /// repeat their amount.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] if it names another amount.
    pub fn after_redemption(self, redeemed: Money) -> Result<Self, Refusal> {
        if self.redeem.is_zero() || self.redeem == redeemed {
            return Ok(Self {
                redeem: redeemed,
                ..self
            });
        }
        let error = FieldError::RedeemedBefore { redeemed };
        Err(Refusal::field("bonus_redeem_amount", error))
    }
}

/// The sums of a check as the till sent them, found consistent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    total: Money,
    gross: Money,
    redeem: Money,
    mode: RedeemMode,
}

impl Check {
    /// A check of `total`, of which `redeem` is asked to be paid with bonuses.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field that contradicts the others.
    pub fn new(
        mode: RedeemMode,
        total: Money,
        gross: Option<Money>,
        redeem: Money,
    ) -> Result<Self, Refusal> {
        if gross.is_some_and(|gross| gross < total) {
            return Err(Refusal::field("gross_amount", FieldError::BelowTotal));
        }
        let gross = match mode {
            RedeemMode::PaymentType if redeem > total => {
                let error = FieldError::AboveCheck;
                return Err(Refusal::field("bonus_redeem_amount", error));
            }
            RedeemMode::PaymentType => total,
            RedeemMode::Discount => {
                let sum = total + redeem;
                let gross = gross.unwrap_or(sum);
                if gross > sum + LINE_ROUNDING || gross + LINE_ROUNDING < sum {
                    return Err(Refusal::field("gross_amount", FieldError::NotTheSum));
                }
                gross
            }
        };
        Ok(Self {
            total,
            gross,
            redeem,
            mode,
        })
    }

    /// As the till sent it: whole, or after the discount.
    pub fn total(&self) -> Money {
        self.total
    }

    /// How the till shows the bonuses.
    pub fn mode(&self) -> RedeemMode {
        self.mode
    }

    /// The whole check before bonuses; limits and minimums look at it.
    pub fn gross(&self) -> Money {
        self.gross
    }

    /// Bonuses asked for.
    pub fn redeem(&self) -> Money {
        self.redeem
    }

    /// What the client pays with money.
    pub fn paid(&self) -> Money {
        match self.mode {
            RedeemMode::PaymentType => self.total - self.redeem,
            RedeemMode::Discount => self.total,
        }
    }

    /// The cashback for it, without extras.
    pub fn cashback(&self, terms: &Terms<'_>) -> Money {
        let base = match terms.programme.accrual_base {
            AccrualBase::NetCash => self.paid(),
            AccrualBase::Gross => self.gross,
        };
        base.percent_half_up(terms.bonus_percent)
    }
}
