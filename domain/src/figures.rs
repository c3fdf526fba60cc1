//! What a client can see and spend now (rules, "Figures").

use crate::account::Account;
use crate::entry::{Lot, LotKind};
use crate::money::Money;
use crate::programme::Terms;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A client's balances at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Everything unexpired, less the debt.
    pub bonus_balance: Money,
    /// The part of it still waiting for the end of the hold.
    pub held: Money,
    /// What can be spent now, welcome bonuses included.
    pub redeemable: Money,
    /// Unexpired welcome bonuses.
    pub welcome: Money,
    /// What can be spent now on a check too small for welcome bonuses.
    redeemable_without_welcome: Money,
}

/// What lots hold at a moment, those that have expired by then left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Can be spent, welcome bonuses included.
    pub available: Money,
    /// Waits for the end of the hold, welcome bonuses included.
    pub held: Money,
    /// Of what is available, welcome bonuses.
    pub available_welcome: Money,
    /// Of what is held, welcome bonuses.
    pub held_welcome: Money,
}

impl Holdings {
    /// All of it.
    pub fn total(&self) -> Money {
        self.available + self.held
    }

    pub(crate) fn count(&mut self, lot: &Lot, now: Timestamp) {
        self.change(lot, lot.remaining, now);
    }

    pub(crate) fn discount(&mut self, lot: &Lot, now: Timestamp) {
        self.change(lot, -lot.remaining, now);
    }

    fn change(&mut self, lot: &Lot, by: Money, now: Timestamp) {
        if lot.is_expired(now) {
            return;
        }
        let (sum, welcome) = if lot.is_held(now) {
            (&mut self.held, &mut self.held_welcome)
        } else {
            (&mut self.available, &mut self.available_welcome)
        };
        *sum += by;
        if lot.kind == LotKind::Welcome {
            *welcome += by;
        }
    }
}

impl Account {
    /// The client's balances at `now`.
    pub fn figures(&self, now: Timestamp) -> Figures {
        let holdings = self.holdings(now);
        let free = holdings.available - self.debt();
        Figures {
            bonus_balance: holdings.total() - self.debt(),
            held: holdings.held,
            redeemable: free.or_zero(),
            welcome: holdings.available_welcome + holdings.held_welcome,
            redeemable_without_welcome: (free - holdings.available_welcome).or_zero(),
        }
    }
}

impl Figures {
    /// The balances that a lookup has shown, for a till that knows no lots. Welcome bonuses are never
    /// held, so that what can be spent without them follows.
    pub fn shown(bonus_balance: Money, held: Money, redeemable: Money, welcome: Money) -> Self {
        Self {
            bonus_balance,
            held,
            redeemable,
            welcome,
            redeemable_without_welcome: (redeemable - welcome).or_zero(),
        }
    }

    /// The most that a check of `gross` may be paid with: a share of the check, never of the balance
    /// (seed, the formula of the limit).
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

    /// Whether `amount` may be taken off a check of `gross`. Allowed exactly up to
    /// [`Figures::max_redeem`].
    ///
    /// # Errors
    /// The first rule broken: too small a check, balance, hold, share of the check, welcome minimum.
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

/// Whether a check of `gross` may take welcome bonuses.
pub(crate) fn welcome_allowed(gross: Money, terms: &Terms<'_>) -> bool {
    gross >= terms.programme.welcome_min_redeem
}
