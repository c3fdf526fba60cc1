//! The balances that a client can see and spend now (rules, "Figures").

use crate::account::Account;
use crate::money::Money;
use crate::programme::Terms;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A client's balances at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// All unexpired bonuses, less the debt.
    pub bonus_balance: Money,
    /// The part that still waits for the end of its hold.
    pub held: Money,
    /// The part that can be spent now, welcome bonuses included.
    pub redeemable: Money,
    /// Unexpired welcome bonuses.
    pub welcome: Money,
    /// The moment before which nothing is redeemed, because the phone was changed; `None` if there
    /// is no such moment or it is over.
    pub frozen_until: Option<Timestamp>,
    /// The part that can be spent now on a sale that is too small for welcome bonuses.
    redeemable_without_welcome: Money,
}

impl Account {
    /// Returns the client's balances at `now`.
    pub fn figures(&self, now: Timestamp) -> Figures {
        let holdings = self.holdings(now);
        let frozen_until = self.frozen_until(now);
        let free = match frozen_until {
            Some(_) => Money::ZERO,
            None => holdings.available - self.debt(),
        };
        Figures {
            bonus_balance: holdings.total() - self.debt(),
            held: holdings.held,
            redeemable: free.or_zero(),
            welcome: holdings.available_welcome + holdings.held_welcome,
            frozen_until,
            redeemable_without_welcome: (free - holdings.available_welcome).or_zero(),
        }
    }
}

impl Figures {
    /// Makes the figures from the balances that a lookup shows, for a till that does not know the
    /// lots. Welcome bonuses are never held, so the part that can be spent without them follows
    /// from the other balances.
    pub fn shown(bonus_balance: Money, held: Money, redeemable: Money, welcome: Money) -> Self {
        Self {
            bonus_balance,
            held,
            redeemable,
            welcome,
            frozen_until: None,
            redeemable_without_welcome: (redeemable - welcome).or_zero(),
        }
    }

    /// Returns the largest amount of bonuses that a sale of `gross` may be paid with. The
    /// percentage is of the sale, never of the balance (seed, the formula of the limit).
    pub fn max_redeem(&self, gross: Money, terms: &Terms<'_>) -> Money {
        if gross < terms.programme.min_purchase {
            return Money::ZERO;
        }
        let spendable = if welcome_allowed(gross, terms) {
            self.redeemable
        } else {
            self.redeemable_without_welcome
        };
        gross.percent_floor(terms.max_redeem_percent).min(spendable)
    }

    /// Checks whether `amount` of bonuses may pay part of a sale of `gross`. If the sale is below
    /// the minimum of the programme, every amount is refused, even zero. Otherwise every amount up
    /// to [`Figures::max_redeem`] is allowed, and no larger one.
    ///
    /// # Errors
    /// The first broken rule, in this order: minimum of the sale, changed phone, balance, hold,
    /// share of the sale, minimum for welcome bonuses.
    pub fn check_redemption(
        &self,
        amount: Money,
        gross: Money,
        terms: &Terms<'_>,
    ) -> Result<(), Refusal> {
        let minimum = terms.programme.min_purchase;
        if gross < minimum {
            return Err(Refusal::BelowMinPurchase { minimum });
        }
        let max_redeem = self.max_redeem(gross, terms);
        if amount <= max_redeem {
            Ok(())
        } else if let Some(until) = self.frozen_until {
            Err(Refusal::PhoneChanged { until })
        } else if amount > self.bonus_balance {
            Err(Refusal::InsufficientBonuses { max_redeem })
        } else if amount > self.redeemable {
            Err(Refusal::BonusesOnHold { max_redeem })
        } else if amount > gross.percent_floor(terms.max_redeem_percent) {
            Err(Refusal::OverRedeemLimit { max_redeem })
        } else {
            let minimum = terms.programme.welcome_min_redeem;
            Err(Refusal::WelcomeBelowMinimum {
                max_redeem,
                minimum,
            })
        }
    }
}

/// Returns whether a sale of `gross` may be paid with welcome bonuses.
pub(crate) fn welcome_allowed(gross: Money, terms: &Terms<'_>) -> bool {
    gross >= terms.programme.welcome_min_redeem
}
