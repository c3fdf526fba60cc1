//! The past sales of a client.

use serde::{Deserialize, Serialize};

use crate::scalars::{Amount, Moment};

/// The last sales to a client by all tills of the store, sorted by date, the newest first.
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
    /// The phone in E.164.
    pub phone: String,
    /// The name, if the client has given one.
    pub full_name: Option<String>,
    /// At most 50 sales.
    pub sales: Vec<PastSale>,
    /// `true` if there are older sales.
    pub has_more: bool,
}

/// A sale by any till of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastSale {
    /// The sale's number in the store.
    pub id: i64,
    /// The external id that its till gave it. A return names the sale by this id.
    pub external_sale_id: Option<String>,
    /// The date as sent, or the moment when the sale was recorded.
    pub sale_date: Moment,
    /// The total as sent. Returns are counted in it.
    pub total_amount: Amount,
    /// The price of all goods, before bonuses are deducted.
    pub gross_amount: Amount,
    /// The amount that bonuses paid.
    pub bonus_redeemed: Amount,
    /// The cashback.
    pub bonus_accrued: Amount,
    /// The value of the goods returned so far.
    pub returned_amount: Amount,
    /// The name of the till.
    pub cashier_name: String,
    /// The name of the till's branch.
    pub branch: String,
}
