//! The sums of a sale: as a till sends them, and as the rules use them (seed, step 2).

use crate::field_error::FieldError;
use crate::money::{BasisPoints, Money};
use crate::programme::{AccrualBase, Terms};
use crate::refusal::Refusal;

/// The way in which the till shows redeemed bonuses (seed, step 2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RedeemMode {
    /// As a kind of payment: `total_amount` is the price of all goods.
    #[default]
    PaymentType,
    /// As a discount: `total_amount` is the rest after the discount.
    Discount,
}

impl RedeemMode {
    /// Returns the text used in requests and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PaymentType => "payment_type",
            Self::Discount => "discount",
        }
    }

    /// Returns the mode that is written as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::PaymentType, Self::Discount]
            .into_iter()
            .find(|mode| mode.as_str() == text)
    }
}

/// The largest allowed difference between a till's gross and total + bonuses. Tills round the price
/// of each line, so the two may differ.
const LINE_ROUNDING: Money = Money::from_dirams(5);

/// The sums of a sale as the till sent them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckSums {
    /// The way in which the till shows the bonuses.
    pub mode: RedeemMode,
    /// The total: the price of all goods, before or after the discount, depending on `mode`.
    pub total: Money,
    /// The price of all goods before the discount, if the till sent it.
    pub gross: Option<Money>,
    /// The bonuses that the client wants to pay with.
    pub redeem: Money,
}

impl CheckSums {
    /// Checks that the sums agree with each other and returns them as a [`Check`].
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming the field that contradicts the others.
    pub fn check(self) -> Result<Check, Refusal> {
        Check::new(self.mode, self.total, self.gross, self.redeem)
    }

    /// Returns the same sums with the bonuses that an earlier redemption of this sale has taken.
    /// The till may send their amount again.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] if the till sends a different amount.
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

/// The sums of a sale, known to agree with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    total: Money,
    gross: Money,
    redeem: Money,
    mode: RedeemMode,
}

impl Check {
    /// Makes the sums of a sale of `total`, of which the client wants to pay `redeem` with bonuses.
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

    /// Makes the sums of a sale that was recorded, and so was checked before.
    pub(crate) const fn recorded(
        mode: RedeemMode,
        total: Money,
        gross: Money,
        redeem: Money,
    ) -> Self {
        Self {
            total,
            gross,
            redeem,
            mode,
        }
    }

    /// Returns the sums of the same goods with at most `limit` bonuses: money pays the rest.
    pub(crate) fn cut_to(self, limit: Money) -> Self {
        let redeem = self.redeem.min(limit);
        let total = match self.mode {
            RedeemMode::PaymentType => self.total,
            RedeemMode::Discount => self.total + (self.redeem - redeem),
        };
        Self {
            total,
            redeem,
            ..self
        }
    }

    /// Returns the total as the till sent it: the price of all goods, before or after the discount.
    pub fn total(&self) -> Money {
        self.total
    }

    /// Returns the way in which the till shows the bonuses.
    pub fn mode(&self) -> RedeemMode {
        self.mode
    }

    /// Returns the price of all goods before bonuses. Limits and minimums apply to this amount.
    pub fn gross(&self) -> Money {
        self.gross
    }

    /// Returns the bonuses that the client wants to pay with.
    pub fn redeem(&self) -> Money {
        self.redeem
    }

    /// Returns the amount that the client pays with money.
    pub fn paid(&self) -> Money {
        match self.mode {
            RedeemMode::PaymentType => self.total - self.redeem,
            RedeemMode::Discount => self.total,
        }
    }

    /// Returns the cashback for the sale, without extra bonuses.
    pub fn cashback(&self, terms: &Terms<'_>) -> Money {
        let base = match terms.programme.accrual_base {
            AccrualBase::NetCash => self.paid(),
            AccrualBase::Gross => self.gross,
        };
        base.percent_half_up(terms.bonus_percent)
    }
}

/// The rates of [`explain_cashback`] are multiples of this: programmes have such rates.
const USUAL_STEP: i64 = 25;

/// Finds the rate and the amount that give a recorded cashback, to show how it was counted: a sale
/// does not keep its programme. Tries the money paid first, then the price of all goods. Returns
/// `None` if no usual rate gives exactly this cashback.
pub fn explain_cashback(accrued: Money, paid: Money, gross: Money) -> Option<(BasisPoints, Money)> {
    [paid, gross].into_iter().find_map(|base| {
        if !accrued.is_positive() || base < accrued {
            return None;
        }
        let rate = Money::from_dirams(BasisPoints::WHOLE.get()).pro_rata(accrued, base);
        let steps = (rate.dirams() + USUAL_STEP / 2) / USUAL_STEP;
        let rate = BasisPoints::new(steps * USUAL_STEP);
        (base.percent_half_up(rate) == accrued).then_some((rate, base))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somoni(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn a_cashback_is_explained_by_a_usual_rate_or_not_at_all() {
        let explained = |accrued, paid, gross| {
            let found = explain_cashback(somoni(accrued), somoni(paid), somoni(gross));
            found.map(|(rate, base)| (rate.get(), base.to_string()))
        };
        let five = |base: &str| Some((500, somoni(base).to_string()));
        assert_eq!(explained("61.03", "1220.50", "1250.50"), five("1220.50"));
        assert_eq!(explained("62.53", "1220.50", "1250.50"), five("1250.50"));
        assert_eq!(explained("61.04", "1220.50", "1250.50"), None);
        assert_eq!(explained("0", "1220.50", "1250.50"), None);
        assert_eq!(explained("5", "0", "0"), None);
        assert_eq!(explained("9", "5", "5"), None);
    }
}
