//! The results of recording: sales, redemptions, returns, receipts, stock.

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
    /// The sale's number in the store.
    pub id: i64,
    /// The total as sent.
    pub total_amount: Amount,
    /// The cashback.
    pub bonus_accrued: Amount,
    /// The amount that bonuses paid.
    pub bonus_redeemed: Amount,
    /// The client's balance after the sale.
    pub new_balance: Amount,
    /// The date as sent, or the moment when the sale was recorded.
    pub sale_date: Moment,
    /// All bonuses that the sale gave the client.
    pub accruals: Vec<Accrual>,
    /// The number of lines that were left out. Present only if there are such lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines_skipped: Option<usize>,
}

/// Bonuses given to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accrual {
    /// The reason: `purchase`, `reactivation`, `second_purchase`.
    #[cfg_attr(feature = "openapi", schema(example = "purchase"))]
    pub kind: String,
    /// The amount.
    pub amount: Amount,
    /// The moment from which they can be spent.
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
    /// The number in the store of the sale that was recorded for it.
    pub id: i64,
    /// The amount that bonuses paid.
    pub bonus_redeemed: Amount,
    /// The client's balance after the redemption.
    pub new_balance: Amount,
}

/// A calculation that shows whether a client's bonuses cover what a return takes back.
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
    /// The result.
    pub status: ReturnStatus,
    /// The client's whole balance.
    pub available_bonuses: Amount,
    /// The bonuses that the return takes back.
    pub bonus_to_revoke: Amount,
    /// The missing bonuses. Present only if bonuses are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortage_bonuses: Option<Amount>,
    /// The amount by which the cash must be reduced. Present only if bonuses are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortage_cash_equivalent: Option<Amount>,
    /// The cash to pay out, less a shortage. Present only if the request had `return_amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_refund_amount: Option<Amount>,
    /// The redeemed bonuses that will be given back. Present only if the request had
    /// `return_amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonus_restored: Option<Amount>,
    /// The part of a shortage that is settled with withheld cash. Present only if the request had
    /// `return_amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonus_shortage_settled: Option<Amount>,
}

/// A result of comparing a client's bonuses with what a return takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReturnStatus {
    /// The bonuses are enough.
    Ok,
    /// The bonuses are not enough.
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
    /// The return's number in the store.
    pub id: i64,
    /// The value of the returned goods.
    pub return_amount: Amount,
    /// The cash paid out.
    pub cash_refund_amount: Amount,
    /// The bonuses taken back.
    pub bonus_revoked: Amount,
    /// The redeemed bonuses given back.
    pub bonus_restored: Amount,
    /// The bonuses that the client was short of.
    pub bonus_shortage: Amount,
    /// The part of the shortage that was settled with withheld cash.
    pub bonus_shortage_settled: Amount,
    /// The client's balance after the return.
    pub new_balance: Amount,
}

/// A sale that was undone as if it had never been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "id": 1001,
        "bonus_revoked": 7.5,
        "bonus_restored": 50,
        "new_balance": 150
    }))
)]
pub struct VoidSaleData {
    /// The sale's number in the store; `null` if nothing was recorded under the id.
    pub id: Option<i64>,
    /// The bonuses that the sale had given and that were taken back.
    pub bonus_revoked: Amount,
    /// The bonuses that the sale had taken and that were given back.
    pub bonus_restored: Amount,
    /// The client's balance afterwards. It is below zero if the client has spent meanwhile what the
    /// sale gave.
    pub new_balance: Amount,
}

/// A recorded receipt: a purchase without a client.
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
    /// The receipt's number in the store.
    pub id: i64,
    /// The total as sent.
    pub total_amount: Amount,
    /// The date as sent, or the moment when the receipt was recorded.
    pub receipt_date: Moment,
}

/// The numbers of items that a synchronisation has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({ "received": 1, "created": 1, "updated": 0, "deactivated": 3 }))
)]
pub struct SyncData {
    /// The items in the request.
    pub received: i64,
    /// The new items.
    pub created: i64,
    /// The known items.
    pub updated: i64,
    /// The known items that were deactivated because the request did not name them.
    pub deactivated: i64,
    /// The items that could not be used. Present only if there are such items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub skipped: Vec<SkippedItem>,
}

/// An item of a synchronisation that could not be used. If the article is known, it stays
/// unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkippedItem {
    /// The position in the list, from 0.
    pub index: usize,
    /// The article, if it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The reason why the item could not be used.
    #[cfg_attr(feature = "openapi", schema(example = "sku — обязательное поле"))]
    pub reason: String,
}
