//! A client, as the lookup shows them.

use domain::{Figures, Money, Terms};
use serde::{Deserialize, Serialize};

use crate::messages;
use crate::scalars::{Amount, Percent};

/// A client: name, balances, and what the programme grants them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "id": 42,
        "phone": "+992901234567",
        "full_name": "Парвиз Солиев",
        "card_number": "001-0000123",
        "ean13": "2000100001233",
        "bonus_balance": 150,
        "redeemable_balance": 120,
        "held_balance": 30,
        "welcome_bonus_balance": 0,
        "total_spent": 1200,
        "tier": { "id": 2, "name": "Gold", "color": "#C9A227" },
        "is_blocked": false,
        "loyalty": {
            "bonus_percent": 5,
            "max_redeem_percent": 30,
            "redeem_hold_seconds": 86400,
            "redeem_hold_human": "24 ч",
            "redeemable_balance": 120,
            "held_balance": 30,
            "min_purchase_amount": 10,
            "currency": "TJS",
            "max_redeem_amount": 60
        }
    }))
)]
pub struct ClientData {
    /// The store's number of the client.
    pub id: i64,
    /// E.164.
    pub phone: String,
    /// As registered.
    pub full_name: Option<String>,
    /// `001-0000123`.
    pub card_number: String,
    /// The card's barcode.
    pub ean13: String,
    /// Everything unexpired, less the debt.
    pub bonus_balance: Amount,
    /// What can be spent now.
    pub redeemable_balance: Amount,
    /// What waits for the end of the hold.
    pub held_balance: Amount,
    /// The welcome bonuses left.
    pub welcome_bonus_balance: Amount,
    /// The money paid for goods kept.
    pub total_spent: Amount,
    /// The step of the programme reached.
    pub tier: Option<Tier>,
    /// Always false here: a blocked client is refused.
    pub is_blocked: bool,
    /// What the programme grants this client.
    pub loyalty: Loyalty,
}

/// A step of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tier {
    /// The store's number of it.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `#RRGGBB`.
    pub color: String,
}

/// What the programme grants a client today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Loyalty {
    /// Cashback.
    pub bonus_percent: Percent,
    /// The largest part of a check that bonuses may pay.
    pub max_redeem_percent: Percent,
    /// How long earned bonuses wait.
    pub redeem_hold_seconds: i64,
    /// The same for people: `24 ч`.
    pub redeem_hold_human: String,
    /// What can be spent now.
    pub redeemable_balance: Amount,
    /// What waits for the end of the hold.
    pub held_balance: Amount,
    /// Checks below this take no part.
    pub min_purchase_amount: Amount,
    /// ISO 4217.
    pub currency: String,
    /// What the open check may be paid with; only where `check_amount` was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_redeem_amount: Option<Amount>,
}

impl Loyalty {
    /// The terms of a client with these balances, for an open check where there is one.
    pub fn new(terms: &Terms<'_>, figures: &Figures, check_amount: Option<Money>) -> Self {
        let programme = terms.programme;
        let open_check = check_amount.filter(|amount| amount.is_positive());
        Self {
            bonus_percent: Percent(terms.bonus_percent),
            max_redeem_percent: Percent(terms.max_redeem_percent),
            redeem_hold_seconds: programme.redeem_hold_seconds,
            redeem_hold_human: messages::duration(programme.redeem_hold_seconds),
            redeemable_balance: Amount(figures.redeemable),
            held_balance: Amount(figures.held),
            min_purchase_amount: Amount(programme.min_purchase),
            currency: programme.currency.clone(),
            max_redeem_amount: open_check.map(|gross| Amount(figures.max_redeem(gross, terms))),
        }
    }
}

impl From<&domain::Tier> for Tier {
    fn from(tier: &domain::Tier) -> Self {
        Self {
            id: tier.id,
            name: tier.name.clone(),
            color: tier.color.clone(),
        }
    }
}
