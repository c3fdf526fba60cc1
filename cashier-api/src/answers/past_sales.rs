//! What a client has bought before.

use serde::{Deserialize, Serialize};

use crate::scalars::{Amount, Moment};

/// A client's last checks, the newest first by their dates, whichever till of the store made them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(example = json!({
        "phone": "+992901234567",
        "full_name": "Парвиз Солиев",
        "sales": [{
            "id": 1001,
            "external_sale_id": "uuid-чека",
            "sale_date": "2026-06-05T14:30:00+00:00",
            "total_amount": 200,
            "gross_amount": 200,
            "bonus_redeemed": 50,
            "bonus_accrued": 7.5,
            "returned_amount": 0,
            "cashier_name": "Касса 1",
            "branch": "Центр"
        }],
        "has_more": false
    }))
)]
pub struct PastSalesData {
    /// E.164.
    pub phone: String,
    /// As registered.
    pub full_name: Option<String>,
    /// At most 50.
    pub sales: Vec<PastSale>,
    /// There are older ones.
    pub has_more: bool,
}

/// A check of some till of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastSale {
    /// The store's number of it.
    pub id: i64,
    /// What its till called it; a return names it so.
    pub external_sale_id: Option<String>,
    /// As sent, or when it was recorded.
    pub sale_date: Moment,
    /// As sent; returns are counted in it.
    pub total_amount: Amount,
    /// The whole check before bonuses.
    pub gross_amount: Amount,
    /// What bonuses paid.
    pub bonus_redeemed: Amount,
    /// The cashback.
    pub bonus_accrued: Amount,
    /// What has come back of it.
    pub returned_amount: Amount,
    /// The till that made it.
    pub cashier_name: String,
    /// Where that till stands.
    pub branch: String,
}
