//! The session of a till: the till itself and the programme of its store.

use std::fmt;

use domain::{AccrualBase, Programme};
use serde::{Deserialize, Serialize};

use crate::messages;
use crate::scalars::{Amount, Moment, Percent};

/// The till, its store and the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionData {
    /// The name of the store.
    #[cfg_attr(feature = "openapi", schema(example = "Магазин"))]
    pub store_name: String,
    /// The name of the till.
    #[cfg_attr(feature = "openapi", schema(example = "Касса 1"))]
    pub cashier_name: String,
    /// The name of the till's branch.
    #[cfg_attr(feature = "openapi", schema(example = "Центральный"))]
    pub branch: String,
    /// The till's number.
    #[cfg_attr(feature = "openapi", schema(example = 1))]
    pub cashier_node_id: i64,
    /// The device that the till is bound to.
    #[cfg_attr(feature = "openapi", schema(example = "web-1f0c6f0e"))]
    pub device_id: String,
    /// The moment when it was bound.
    pub device_bound_at: Moment,
    /// The currency in ISO 4217.
    #[cfg_attr(feature = "openapi", schema(example = "TJS"))]
    pub currency: String,
    /// The programme.
    pub loyalty: ProgrammeData,
    /// The server's time.
    pub server_time: Moment,
}

/// What a paired device needs to be a till.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairData {
    /// The store's token, for `X-Tenant-Token`.
    #[cfg_attr(feature = "openapi", schema(example = "4be0…19d2"))]
    pub tenant_token: String,
    /// The till's token, for `X-Cashier-Token`.
    #[cfg_attr(feature = "openapi", schema(example = "9f3c…a71e"))]
    pub cashier_token: String,
    /// The name of the store.
    #[cfg_attr(feature = "openapi", schema(example = "Магазин"))]
    pub store_name: String,
    /// The name of the till's branch.
    #[cfg_attr(feature = "openapi", schema(example = "Центральный"))]
    pub branch: String,
    /// The name of the till.
    #[cfg_attr(feature = "openapi", schema(example = "Касса 1"))]
    pub cashier_name: String,
    /// The till's number.
    #[cfg_attr(feature = "openapi", schema(example = 1))]
    pub cashier_node_id: i64,
}

/// Prints no tokens: they must stay out of logs.
impl fmt::Debug for PairData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairData")
    }
}

/// The public settings of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgrammeData {
    /// The cashback.
    pub bonus_percent: Percent,
    /// The largest part of a sale that bonuses may pay.
    pub max_redeem_percent: Percent,
    /// The amount that the cashback is computed from: `net_cash` or `gross`.
    #[cfg_attr(feature = "openapi", schema(example = "net_cash"))]
    pub accrual_base: String,
    /// The hold of earned bonuses, in seconds.
    pub redeem_hold_seconds: i64,
    /// The hold in words: `24 ч`.
    #[cfg_attr(feature = "openapi", schema(example = "24 ч"))]
    pub redeem_hold_human: String,
    /// The lifetime of a bonus in days; 0 means no end.
    pub bonus_expiry_days: i64,
    /// The smallest sale that takes part in the programme.
    pub min_purchase_amount: Amount,
    /// The bonuses given on registration.
    pub welcome_bonus_amount: Amount,
    /// The smallest sale that welcome bonuses may pay for.
    pub welcome_min_redeem_amount: Amount,
    /// The tiers of the programme.
    pub tiers: Vec<ProgrammeTier>,
}

/// A tier of the programme and the terms that it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProgrammeTier {
    /// The tier's number in the store.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The color: `#RRGGBB`.
    pub color: String,
    /// The `total_spent` from which a client has this tier.
    pub min_total_spent: Amount,
    /// The cashback of the tier; null means the programme's.
    pub bonus_percent: Option<Percent>,
    /// The largest part of a sale that bonuses may pay; null means the programme's.
    pub max_redeem_percent: Option<Percent>,
}

impl From<&Programme> for ProgrammeData {
    fn from(programme: &Programme) -> Self {
        Self {
            bonus_percent: Percent(programme.bonus_percent),
            max_redeem_percent: Percent(programme.max_redeem_percent),
            accrual_base: programme.accrual_base.as_str().to_owned(),
            redeem_hold_seconds: programme.redeem_hold_seconds,
            redeem_hold_human: messages::duration(programme.redeem_hold_seconds),
            bonus_expiry_days: programme.bonus_expiry_days,
            min_purchase_amount: Amount(programme.min_purchase),
            welcome_bonus_amount: Amount(programme.welcome_bonus),
            welcome_min_redeem_amount: Amount(programme.welcome_min_redeem),
            tiers: programme.tiers.iter().map(ProgrammeTier::from).collect(),
        }
    }
}

/// Makes the programme from what a till gets of it. The bonuses that only the server gives are zero
/// here. If the accrual base is unknown, it is the one that promises the smaller cashback.
impl From<&ProgrammeData> for Programme {
    fn from(data: &ProgrammeData) -> Self {
        Self {
            bonus_percent: data.bonus_percent.0,
            max_redeem_percent: data.max_redeem_percent.0,
            accrual_base: data.accrual_base.parse().unwrap_or(AccrualBase::NetCash),
            redeem_hold_seconds: data.redeem_hold_seconds,
            bonus_expiry_days: data.bonus_expiry_days,
            min_purchase: data.min_purchase_amount.0,
            welcome_bonus: data.welcome_bonus_amount.0,
            welcome_min_redeem: data.welcome_min_redeem_amount.0,
            tiers: data.tiers.iter().map(domain::Tier::from).collect(),
            ..Self::default()
        }
    }
}

impl From<&domain::Tier> for ProgrammeTier {
    fn from(tier: &domain::Tier) -> Self {
        Self {
            id: tier.id,
            name: tier.name.clone(),
            color: tier.color.clone(),
            min_total_spent: Amount(tier.from_spent),
            bonus_percent: tier.bonus_percent.map(Percent),
            max_redeem_percent: tier.max_redeem_percent.map(Percent),
        }
    }
}

impl From<&ProgrammeTier> for domain::Tier {
    fn from(tier: &ProgrammeTier) -> Self {
        Self {
            id: tier.id,
            name: tier.name.clone(),
            color: tier.color.clone(),
            from_spent: tier.min_total_spent.0,
            bonus_percent: tier.bonus_percent.map(|percent| percent.0),
            max_redeem_percent: tier.max_redeem_percent.map(|percent| percent.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{BasisPoints, Money, Tier};

    use super::*;

    #[test]
    fn a_till_reads_the_programme_that_the_server_wrote() {
        let programme = Programme {
            bonus_percent: BasisPoints::new(750),
            max_redeem_percent: BasisPoints::from_percent(40),
            accrual_base: AccrualBase::Gross,
            redeem_hold_seconds: 60,
            bonus_expiry_days: 90,
            min_purchase: Money::from_dirams(1_050),
            welcome_bonus: Money::from_somoni(20),
            welcome_min_redeem: Money::from_somoni(100),
            tiers: vec![Tier {
                id: 2,
                name: "Gold".to_owned(),
                color: "#C9A227".to_owned(),
                from_spent: Money::from_somoni(5_000),
                bonus_percent: Some(BasisPoints::from_percent(7)),
                max_redeem_percent: None,
            }],
            ..Programme::default()
        };
        let json = serde_json::to_string(&ProgrammeData::from(&programme)).unwrap();
        let data: ProgrammeData = serde_json::from_str(&json).unwrap();
        assert_eq!(Programme::from(&data), programme);
    }

    #[test]
    fn an_unknown_base_promises_the_smaller_cashback() {
        let data = ProgrammeData {
            accrual_base: "by_the_moon".to_owned(),
            ..ProgrammeData::from(&Programme::default())
        };
        assert_eq!(Programme::from(&data).accrual_base, AccrualBase::NetCash);
    }
}
