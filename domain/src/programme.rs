//! The loyalty programme of a store, as its owner has set it.

use std::str::FromStr;

use crate::field_error::FieldError;
use crate::money::{BasisPoints, Money};
use crate::refusal::Refusal;

/// What the cashback is a percentage of (seed, on the base of the cashback).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccrualBase {
    /// The money part of the check.
    #[default]
    NetCash,
    /// The whole check, bonuses included.
    Gross,
}

impl AccrualBase {
    /// As stored and as shown to tills.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NetCash => "net_cash",
            Self::Gross => "gross",
        }
    }
}

impl FromStr for AccrualBase {
    type Err = UnknownAccrualBase;

    fn from_str(text: &str) -> Result<Self, UnknownAccrualBase> {
        match text {
            "net_cash" => Ok(Self::NetCash),
            "gross" => Ok(Self::Gross),
            _ => Err(UnknownAccrualBase),
        }
    }
}

/// The text names no accrual base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown accrual base")]
pub struct UnknownAccrualBase;

/// A step of the programme that a client reaches by spending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The store's number of the tier.
    pub id: i64,
    /// Shown to client and cashier.
    pub name: String,
    /// `#RRGGBB`.
    pub color: String,
    /// `total_spent` from which a client is in this tier.
    pub from_spent: Money,
    /// Instead of the programme's own, where set.
    pub bonus_percent: Option<BasisPoints>,
    /// Instead of the programme's own, where set.
    pub max_redeem_percent: Option<BasisPoints>,
}

/// The settings of a store's programme. A bonus of zero or a term of zero days is switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// ISO 4217.
    pub currency: String,
    /// Cashback.
    pub bonus_percent: BasisPoints,
    /// The largest part of a check that bonuses may pay.
    pub max_redeem_percent: BasisPoints,
    /// What the cashback is counted from.
    pub accrual_base: AccrualBase,
    /// How long bonuses earned by buying wait before they can be spent.
    pub redeem_hold_seconds: i64,
    /// How long a bonus lives; 0 = for ever.
    pub bonus_expiry_days: i64,
    /// How many days before expiry the client is reminded; 0 = never.
    pub bonus_expiry_reminder_days: i64,
    /// Checks below this take no part in the programme.
    pub min_purchase: Money,
    /// Given on registration.
    pub welcome_bonus: Money,
    /// Welcome bonuses pay only checks of at least this gross.
    pub welcome_min_redeem: Money,
    /// Given to the one who invited a client, on that client's first purchase.
    pub referral_bonus: Money,
    /// Days without a purchase after which the next one earns the reactivation bonus.
    pub reactivation_days: i64,
    /// Given for the purchase that ends such a pause.
    pub reactivation_bonus: Money,
    /// Days after the first purchase within which the second earns its bonus.
    pub second_purchase_days: i64,
    /// Given for that second purchase.
    pub second_purchase_bonus: Money,
    /// In any order.
    pub tiers: Vec<Tier>,
}

/// What the programme grants one client today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms<'p> {
    /// The programme they come from.
    pub programme: &'p Programme,
    /// The client's tier.
    pub tier: Option<&'p Tier>,
    /// Cashback.
    pub bonus_percent: BasisPoints,
    /// The largest part of a check that bonuses may pay.
    pub max_redeem_percent: BasisPoints,
}

impl Programme {
    /// Whether the settings make sense together.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where a bonus would end before it can be spent.
    pub fn check(&self) -> Result<(), Refusal> {
        let lifetime = self.bonus_expiry_days.saturating_mul(86_400);
        if lifetime > 0 && self.redeem_hold_seconds >= lifetime {
            let error = FieldError::HoldOutlivesBonuses;
            return Err(Refusal::field("redeem_hold_seconds", error));
        }
        Ok(())
    }

    /// The terms of a client who has spent `total_spent`, returns deducted.
    pub fn terms(&self, total_spent: Money) -> Terms<'_> {
        let tier = self
            .tiers
            .iter()
            .filter(|tier| tier.from_spent <= total_spent)
            .max_by_key(|tier| tier.from_spent);
        Terms {
            programme: self,
            tier,
            bonus_percent: tier
                .and_then(|tier| tier.bonus_percent)
                .unwrap_or(self.bonus_percent),
            max_redeem_percent: tier
                .and_then(|tier| tier.max_redeem_percent)
                .unwrap_or(self.max_redeem_percent),
        }
    }
}

impl Default for Programme {
    /// The defaults of the public document: 5 %, limit 30 %, hold 24 hours, expiry 180 days, minimum
    /// purchase 10 somoni; every extra bonus off.
    fn default() -> Self {
        Self {
            currency: "TJS".to_owned(),
            bonus_percent: BasisPoints::from_percent(5),
            max_redeem_percent: BasisPoints::from_percent(30),
            accrual_base: AccrualBase::NetCash,
            redeem_hold_seconds: 86_400,
            bonus_expiry_days: 180,
            bonus_expiry_reminder_days: 7,
            min_purchase: Money::from_somoni(10),
            welcome_bonus: Money::ZERO,
            welcome_min_redeem: Money::ZERO,
            referral_bonus: Money::ZERO,
            reactivation_days: 0,
            reactivation_bonus: Money::ZERO,
            second_purchase_days: 0,
            second_purchase_bonus: Money::ZERO,
            tiers: Vec::new(),
        }
    }
}

/// What a duration is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationUnit {
    /// Where no larger one divides it.
    Seconds,
    /// Of 60 seconds.
    Minutes,
    /// Of 60 minutes.
    Hours,
    /// Of 24 hours.
    Days,
}

/// A duration in the largest unit that divides it, in days only above 24 hours (contract, "GET /cashier/client").
pub fn whole_units(seconds: i64) -> (i64, DurationUnit) {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    match seconds {
        s if s > DAY && s % DAY == 0 => (s / DAY, DurationUnit::Days),
        s if s >= HOUR && s % HOUR == 0 => (s / HOUR, DurationUnit::Hours),
        s if s >= MINUTE && s % MINUTE == 0 => (s / MINUTE, DurationUnit::Minutes),
        s => (s, DurationUnit::Seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_the_largest_unit_that_divides_it() {
        for (seconds, count, unit) in [
            (0, 0, DurationUnit::Seconds),
            (1, 1, DurationUnit::Seconds),
            (300, 5, DurationUnit::Minutes),
            (86_400, 24, DurationUnit::Hours),
            (90_000, 25, DurationUnit::Hours),
            (15_552_000, 180, DurationUnit::Days),
        ] {
            assert_eq!(whole_units(seconds), (count, unit));
        }
    }

    #[test]
    fn a_bonus_must_not_end_before_it_can_be_spent() {
        for (hold, days, allowed) in [
            (86_400, 1, false),
            (86_399, 1, true),
            (2_592_000, 1, false),
            (2_592_000, 0, true),
            (0, 1, true),
        ] {
            let programme = Programme {
                redeem_hold_seconds: hold,
                bonus_expiry_days: days,
                ..Programme::default()
            };
            assert_eq!(programme.check().is_ok(), allowed, "{hold} s, {days} days");
        }
    }

    #[test]
    fn the_highest_tier_reached_sets_the_terms() {
        let tier = |id, from, percent| Tier {
            id,
            name: String::new(),
            color: String::new(),
            from_spent: Money::from_somoni(from),
            bonus_percent: percent,
            max_redeem_percent: None,
        };
        let programme = Programme {
            tiers: vec![
                tier(2, 5000, Some(BasisPoints::from_percent(7))),
                tier(1, 1000, None),
            ],
            ..Programme::default()
        };
        let terms = |spent| {
            let terms = programme.terms(Money::from_somoni(spent));
            (terms.tier.map(|tier| tier.id), terms.bonus_percent)
        };
        assert_eq!(terms(999), (None, BasisPoints::from_percent(5)));
        assert_eq!(terms(1000), (Some(1), BasisPoints::from_percent(5)));
        assert_eq!(terms(5000), (Some(2), BasisPoints::from_percent(7)));
    }
}
