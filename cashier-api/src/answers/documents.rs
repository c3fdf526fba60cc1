//! What was recorded: sales, redemptions, returns, receipts, stock.

use domain::ReturnBalance;
use serde::{Deserialize, Serialize};

use crate::scalars::{Amount, Moment};

/// A recorded sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "id": 1001,
        "total_amount": 200,
        "bonus_accrued": 7.5,
        "bonus_redeemed": 50,
        "new_balance": 107.5,
        "sale_date": "2026-06-05T14:30:00+00:00",
        "accruals": [
            { "kind": "purchase", "amount": 7.5, "available_at": "2026-06-06T14:30:00+00:00" }
        ]
    }))
)]
pub struct SaleData {
    /// The store's number of the sale.
    pub id: i64,
    /// As sent.
    pub total_amount: Amount,
    /// The cashback.
    pub bonus_accrued: Amount,
    /// What bonuses paid.
    pub bonus_redeemed: Amount,
    /// The client's balance after it.
    pub new_balance: Amount,
    /// As sent, or when it was recorded.
    pub sale_date: Moment,
    /// Everything the sale gave the client.
    pub accruals: Vec<Accrual>,
    /// Lines of the check that were left out; only where some were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines_skipped: Option<usize>,
}

/// Bonuses given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accrual {
    /// What for: `purchase`, `reactivation`, `second_purchase`.
    #[cfg_attr(feature = "openapi", schema(example = "purchase"))]
    pub kind: String,
    /// How many.
    pub amount: Amount,
    /// When they can be spent.
    pub available_at: Moment,
}

/// A recorded redemption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "id": 1002, "bonus_redeemed": 50, "new_balance": 57.5 }))
)]
pub struct RedeemData {
    /// The store's number of the sale that was recorded for it.
    pub id: i64,
    /// What bonuses paid.
    pub bonus_redeemed: Amount,
    /// The client's balance after it.
    pub new_balance: Amount,
}

/// Whether a client's bonuses cover what a return takes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "status": "insufficient_bonuses",
        "available_bonuses": 0,
        "bonus_to_revoke": 50,
        "shortage_bonuses": 50,
        "shortage_cash_equivalent": 50
    }))
)]
pub struct ReturnCalculation {
    /// The verdict.
    pub status: ReturnStatus,
    /// The client's whole balance.
    pub available_bonuses: Amount,
    /// What the return takes back.
    pub bonus_to_revoke: Amount,
    /// What is missing; only where something is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortage_bonuses: Option<Amount>,
    /// By how much less money is to be given out; only where something is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortage_cash_equivalent: Option<Amount>,
    /// The money to give out, less a shortage; this and what follows as [`ReturnData`] will have it, and only where the
    /// question said how much comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_refund_amount: Option<Amount>,
    /// Redeemed bonuses that will be given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonus_restored: Option<Amount>,
    /// What of a shortage is settled with withheld money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonus_shortage_settled: Option<Amount>,
}

/// The verdict on a client's bonuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReturnStatus {
    /// They suffice.
    Ok,
    /// They do not.
    InsufficientBonuses,
}

impl From<ReturnBalance> for ReturnCalculation {
    fn from(balance: ReturnBalance) -> Self {
        let shortage = Some(Amount(balance.shortage())).filter(|amount| amount.0.is_positive());
        Self {
            status: match shortage {
                None => ReturnStatus::Ok,
                Some(_) => ReturnStatus::InsufficientBonuses,
            },
            available_bonuses: Amount(balance.available),
            bonus_to_revoke: Amount(balance.to_revoke),
            shortage_bonuses: shortage,
            shortage_cash_equivalent: shortage.map(|_| Amount(balance.cash_equivalent())),
            cash_refund_amount: None,
            bonus_restored: None,
            bonus_shortage_settled: None,
        }
    }
}

/// A recorded return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "id": 12,
        "return_amount": 1000,
        "cash_refund_amount": 950,
        "bonus_revoked": 50,
        "bonus_restored": 0,
        "bonus_shortage": 50,
        "bonus_shortage_settled": 50,
        "new_balance": 0
    }))
)]
pub struct ReturnData {
    /// The store's number of the return.
    pub id: i64,
    /// Goods that came back.
    pub return_amount: Amount,
    /// Money given out.
    pub cash_refund_amount: Amount,
    /// Bonuses taken back.
    pub bonus_revoked: Amount,
    /// Redeemed bonuses given back.
    pub bonus_restored: Amount,
    /// What the client was short of.
    pub bonus_shortage: Amount,
    /// What of it was settled with withheld money.
    pub bonus_shortage_settled: Amount,
    /// The client's balance after it.
    pub new_balance: Amount,
}

/// A recorded check without a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "id": 77,
        "total_amount": 150,
        "receipt_date": "2026-06-05T14:30:00+00:00"
    }))
)]
pub struct ReceiptData {
    /// The store's number of the check.
    pub id: i64,
    /// As sent.
    pub total_amount: Amount,
    /// As sent, or when it was recorded.
    pub receipt_date: Moment,
}

/// What a synchronisation did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "received": 1, "created": 1, "updated": 0, "deactivated": 3 }))
)]
pub struct SyncData {
    /// Items in the request.
    pub received: i64,
    /// New ones.
    pub created: i64,
    /// Known ones.
    pub updated: i64,
    /// Known ones the request did not name, switched off.
    pub deactivated: i64,
    /// Items that could not be used; only where some could not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub skipped: Vec<SkippedItem>,
}

/// An item of a synchronisation that could not be used. Of a known article everything stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkippedItem {
    /// Its place in the list, from 0.
    pub index: usize,
    /// The article, where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// What is wrong with it.
    #[cfg_attr(feature = "openapi", schema(example = "sku — обязательное поле"))]
    pub reason: String,
}
