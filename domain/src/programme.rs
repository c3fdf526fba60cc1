//! The loyalty programme of a store, with the settings of its owner.

use std::collections::BTreeSet;
use std::str::FromStr;

use crate::field_error::FieldError;
use crate::money::{BasisPoints, Money};
use crate::refusal::Refusal;

/// The amount that the cashback is a percentage of (seed, on the base of the cashback).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccrualBase {
    /// The part of the sale that is paid with money.
    #[default]
    NetCash,
    /// The price of all goods, including the part paid with bonuses.
    Gross,
}

impl AccrualBase {
    /// Returns the text stored and shown to tills.
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

/// The error for a text that is not an accrual base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown accrual base")]
pub struct UnknownAccrualBase;

/// A level of the programme that a client reaches by spending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The number of the tier within the store.
    pub id: i64,
    /// The name shown to client and cashier.
    pub name: String,
    /// The colour as `#RRGGBB`.
    pub color: String,
    /// The `total_spent` from which a client is in this tier.
    pub from_spent: Money,
    /// The cashback of this tier, if it replaces the programme's.
    pub bonus_percent: Option<BasisPoints>,
    /// The redemption limit of this tier, if it replaces the programme's.
    pub max_redeem_percent: Option<BasisPoints>,
}

/// The settings of a store's programme. A bonus of zero or a period of zero days switches that part
/// of the programme off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// The currency code (ISO 4217).
    pub currency: String,
    /// The cashback.
    pub bonus_percent: BasisPoints,
    /// The largest part of a sale that bonuses may pay.
    pub max_redeem_percent: BasisPoints,
    /// The amount that the cashback is a percentage of.
    pub accrual_base: AccrualBase,
    /// The time in seconds before bonuses earned by a purchase can be spent.
    pub redeem_hold_seconds: i64,
    /// The life of a bonus in days; 0 = for ever.
    pub bonus_expiry_days: i64,
    /// The number of days before the expiry in which the client is reminded; 0 = never.
    pub bonus_expiry_reminder_days: i64,
    /// The smallest sale that takes part in the programme.
    pub min_purchase: Money,
    /// The bonus given at registration.
    pub welcome_bonus: Money,
    /// The smallest gross of a sale that welcome bonuses may pay.
    pub welcome_min_redeem: Money,
    /// The bonus given to a client for the first purchase of another client whom they invited.
    pub referral_bonus: Money,
    /// The number of days without a purchase after which the next purchase earns a bonus.
    pub reactivation_days: i64,
    /// The bonus for the first purchase after such a pause.
    pub reactivation_bonus: Money,
    /// The number of days after the first purchase in which a second purchase earns a bonus.
    pub second_purchase_days: i64,
    /// The bonus for such a second purchase.
    pub second_purchase_bonus: Money,
    /// The tiers, in any order.
    pub tiers: Vec<Tier>,
}

/// The conditions of the programme that apply to one client today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms<'p> {
    /// The programme that the terms come from.
    pub programme: &'p Programme,
    /// The client's tier.
    pub tier: Option<&'p Tier>,
    /// The cashback of this client.
    pub bonus_percent: BasisPoints,
    /// The largest part of a sale of this client that bonuses may pay.
    pub max_redeem_percent: BasisPoints,
}

impl Programme {
    /// Checks that the settings agree with each other.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] if a bonus would end before it can be spent, or if two tiers begin at
    /// the same amount, so that it would depend on chance which of them a client has.
    pub fn check(&self) -> Result<(), Refusal> {
        let thresholds: BTreeSet<Money> = self.tiers.iter().map(|tier| tier.from_spent).collect();
        if thresholds.len() < self.tiers.len() {
            return Err(Refusal::field("tiers", FieldError::Repeated));
        }
        let lifetime = self.bonus_expiry_days.saturating_mul(86_400);
        if lifetime > 0 && self.redeem_hold_seconds >= lifetime {
            let error = FieldError::HoldOutlivesBonuses;
            return Err(Refusal::field("redeem_hold_seconds", error));
        }
        Ok(())
    }

    /// Returns whether both programmes have the same settings, in whatever order their tiers are.
    pub fn is_same(&self, other: &Self) -> bool {
        let sorted = |programme: &Self| {
            let mut programme = programme.clone();
            programme
                .tiers
                .sort_by_key(|tier| (tier.from_spent, tier.id));
            programme
        };
        sorted(self) == sorted(other)
    }

    /// Returns the terms of a client who has spent `total_spent`, without what returns have paid
    /// back.
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
    /// Returns the defaults of the seed: cashback 5 %, limit 30 %, hold 24 hours, expiry 180 days,
    /// minimum purchase 10 somoni, and no extra bonuses.
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

/// The unit in which a duration is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationUnit {
    /// Seconds, if no larger unit divides the duration.
    Seconds,
    /// Minutes of 60 seconds.
    Minutes,
    /// Hours of 60 minutes.
    Hours,
    /// Days of 24 hours.
    Days,
}

/// Returns a duration in the largest unit that divides it. Days are used only above 24 hours
/// (contract, "GET /cashier/client").
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
    fn two_tiers_must_not_begin_at_the_same_amount() {
        let tier = |id| Tier {
            id,
            name: String::new(),
            color: String::new(),
            from_spent: Money::from_somoni(1_000),
            bonus_percent: None,
            max_redeem_percent: None,
        };
        let with = |tiers| Programme {
            tiers,
            ..Programme::default()
        };
        assert!(with(vec![tier(1)]).check().is_ok());
        assert!(with(vec![tier(1), tier(2)]).check().is_err());
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
