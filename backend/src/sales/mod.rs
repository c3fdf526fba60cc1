//! Sales: `POST /cashier/sale` and `POST /cashier/redeem`, and the list of past sales.

mod past_sales;
mod record;
mod sql;

pub use past_sales::past_sales;

use domain::sales::{Accrual, Accrue, CheckSums, SalePlan};
use domain::{DocumentDate, Identifier, Money, Phone, Quantity, Timestamp};

use crate::tills::AuthenticatedTill;

/// A sale or a redemption as the till sent it.
#[derive(Clone, Debug)]
pub struct RecordSale<'a> {
    /// The till.
    pub till: &'a AuthenticatedTill,
    /// The client who buys.
    pub client: Identifier,
    /// Its sums.
    pub sums: CheckSums,
    /// `Yes` for a sale, which gives bonuses; `No` for a redemption, which gives no bonuses.
    pub accrue: Accrue,
    /// The till's own id. A document with the same id is recorded once, however often it is sent.
    pub external_sale_id: Option<String>,
    /// The fiscal number.
    pub receipt_number: Option<String>,
    /// The number that the till sent as its own. It must be the number of the token's till.
    pub cashier_node_id: Option<i64>,
    /// The cashier, as the till names them.
    pub cashier_id: Option<String>,
    /// The payment method: `card`, `cash`, or another text of the till.
    pub payment_method: Option<String>,
    /// The date and time by the till's clock. No rule of the ledger depends on it.
    pub sale_date: Option<DocumentDate>,
    /// The goods.
    pub lines: Vec<SaleLine>,
}

/// A line of a sale.
#[derive(Clone, Debug)]
pub struct SaleLine {
    /// The shop's article number.
    pub sku: Option<String>,
    /// The shop's category.
    pub category_code: Option<String>,
    /// The name as printed.
    pub name: String,
    /// The quantity.
    pub quantity: Quantity,
    /// The price of one unit.
    pub unit_price: Money,
    /// The amount of the whole line.
    pub line_amount: Money,
}

/// A recorded sale or redemption, as answered to the till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleRecord {
    /// The public number.
    pub id: i64,
    /// The total as the till sent it.
    pub total_amount: Money,
    /// The cashback, without extras.
    pub bonus_accrued: Money,
    /// The amount that bonuses paid.
    pub bonus_redeemed: Money,
    /// The client's balance after the sale.
    pub new_balance: Money,
    /// The till's date, or the moment of the commit.
    pub sale_date: Timestamp,
    /// All bonuses that the client was given.
    pub accruals: Vec<Accrual>,
}

/// A redemption whose sale has not followed yet.
struct Redemption {
    id: i64,
    redeemed: Money,
    /// `true` if some of the bonuses were welcome bonuses.
    took_welcome: bool,
}

/// A sale with the plan that the rules make of it, about to be stored.
struct Planned {
    plan: SalePlan,
    /// The redemption that has taken the sale's bonuses.
    redemption_id: Option<i64>,
    record: SaleRecord,
}
/// A client and their sales, the newest first by the tills' dates.
#[derive(Clone, Debug)]
pub struct PastSales {
    /// The phone in E.164.
    pub phone: Phone,
    /// The name, if the client has given one.
    pub full_name: Option<String>,
    /// The fifty sales that were recorded last, by all tills of the store.
    pub sales: Vec<PastSale>,
    /// `true` if there are older sales.
    pub has_more: bool,
}

/// A sale by any till of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastSale {
    /// The public number.
    pub id: i64,
    /// The till's own id. Goods of a sale without an id cannot be returned to it.
    pub external_sale_id: Option<String>,
    /// The till's date, or the moment of the commit.
    pub sale_date: Timestamp,
    /// The total as the till sent it.
    pub total_amount: Money,
    /// The price of all goods, before bonuses are deducted.
    pub gross_amount: Money,
    /// The amount that bonuses paid.
    pub bonus_redeemed: Money,
    /// The cashback, without extras.
    pub bonus_accrued: Money,
    /// The value of the returned goods, counted as in the sale's own total.
    pub returned_amount: Money,
    /// The name of the till.
    pub till_name: String,
    /// The name of the till's branch.
    pub branch_name: String,
}
