//! A client, as a lookup answers.

use domain::{Figures, Money, Terms};
use serde::{Deserialize, Serialize};

use crate::messages;
use crate::scalars::{Amount, Moment, Percent};

/// A client: name, balances, and the terms of the programme for this client.
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
    /// The client's number in the store.
    pub id: i64,
    /// The phone in E.164.
    pub phone: String,
    /// The name, if the client has given one.
    pub full_name: Option<String>,
    /// The club card: `001-0000123`.
    pub card_number: String,
    /// The card's barcode.
    pub ean13: String,
    /// All unexpired bonuses, less the debt.
    pub bonus_balance: Amount,
    /// The bonuses that can be spent now.
    pub redeemable_balance: Amount,
    /// The bonuses that wait for the end of the hold.
    pub held_balance: Amount,
    /// The remaining welcome bonuses.
    pub welcome_bonus_balance: Amount,
    /// The money paid for goods that were kept.
    pub total_spent: Amount,
    /// The tier that the client has reached.
    pub tier: Option<Tier>,
    /// Always `false`, because a blocked client is refused.
    pub is_blocked: bool,
    /// The terms of the programme for this client.
    pub loyalty: Loyalty,
}

/// A tier of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tier {
    /// The tier's number in the store.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The color: `#RRGGBB`.
    pub color: String,
}

/// The terms of the programme for a client today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Loyalty {
    /// The cashback.
    pub bonus_percent: Percent,
    /// The largest part of a sale that bonuses may pay.
    pub max_redeem_percent: Percent,
    /// The hold of earned bonuses, in seconds.
    pub redeem_hold_seconds: i64,
    /// The hold in words: `24 ч`.
    pub redeem_hold_human: String,
    /// The bonuses that can be spent now.
    pub redeemable_balance: Amount,
    /// The bonuses that wait for the end of the hold.
    pub held_balance: Amount,
    /// The smallest sale that takes part in the programme.
    pub min_purchase_amount: Amount,
    /// The currency in ISO 4217.
    pub currency: String,
    /// The most that bonuses may pay of the open sale. Present only if the request had
    /// `check_amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_redeem_amount: Option<Amount>,
    /// The moment from which bonuses can be spent. Present only within a day after the client's
    /// phone was changed; until then nothing can be spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redeem_from: Option<Moment>,
}

impl Loyalty {
    /// Makes the terms of a client with these balances, for the open sale if there is one.
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
            redeem_from: figures.frozen_until.map(Moment),
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
