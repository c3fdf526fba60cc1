//! Returns of goods: `POST /cashier/return/calculate` and `POST /cashier/return`; and sales that a
//! till undoes: `POST /cashier/sale/void`.

mod calculate;
mod original;
mod record;
mod rewards;
mod sql;
mod void;

pub use calculate::calculate;
pub(crate) use sql::{GivenReward, forget_unseen, mark_taken_back, referral_rewards};

use domain::returns::{ReturnPlan, ReturnRequest};
use domain::{Identifier, Money, ReturnBalance};

use crate::tills::AuthenticatedTill;

/// A return as the till sent it.
#[derive(Clone, Debug)]
pub struct ReturnGoods<'a> {
    /// The till.
    pub till: &'a AuthenticatedTill,
    /// The client who bought the goods.
    pub client: Identifier,
    /// The external id of the sale that the goods were bought with.
    pub original_external_sale_id: Option<String>,
    /// The till's own id. A return with the same id is recorded once, however often it is sent.
    pub external_return_id: Option<String>,
    /// The sums.
    pub request: ReturnRequest,
}

/// A recorded return, as answered to the till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRecord {
    /// The public number.
    pub id: i64,
    /// The value of the returned goods.
    pub return_amount: Money,
    /// The cash paid out.
    pub cash_refund_amount: Money,
    /// Bonuses taken back, the settled shortage included.
    pub bonus_revoked: Money,
    /// The redeemed bonuses given back.
    pub bonus_restored: Money,
    /// The bonuses to take back that the client no longer had.
    pub bonus_shortage: Money,
    /// The part of the shortage that the till withheld from the cash.
    pub bonus_shortage_settled: Money,
    /// The client's balance after the return.
    pub new_balance: Money,
}

/// The effect that a return would have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculation {
    /// The bonuses that it takes back, compared with those that the client has.
    pub balance: ReturnBalance,
    /// The whole effect if the till settles a shortage. `None` if the till has not said how much
    /// comes back.
    pub plan: Option<ReturnPlan>,
}

/// A return with its effect by the rules, ready to be stored.
struct Planned {
    /// The sale that the goods were bought with, if the till has named it.
    sale_id: Option<i64>,
    plan: ReturnPlan,
    record: ReturnRecord,
    kind: Kind,
}

/// What a row of `returns` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Goods came back.
    OfGoods,
    /// The sale was undone as if it had never been.
    Void,
}

/// A request to undo a sale or a redemption of the till as if it had never been: a print failed, or
/// the check was given up (contract, "sale/void").
#[derive(Clone, Debug)]
pub struct VoidSale<'a> {
    /// The till. It can undo only its own sales.
    pub till: &'a AuthenticatedTill,
    /// The client of the sale.
    pub client: Identifier,
    /// The till's own id of the sale. If nothing is recorded under it, nothing can be from then on.
    pub external_sale_id: String,
}

/// A sale that was undone, as answered to the till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidRecord {
    /// The public number of the sale; `None` if nothing was recorded under the id.
    pub id: Option<i64>,
    /// The bonuses that the sale had given and that were taken back.
    pub bonus_revoked: Money,
    /// The bonuses that the sale had taken and that were given back.
    pub bonus_restored: Money,
    /// The client's balance afterwards; below zero if the client has spent what the sale gave.
    pub new_balance: Money,
}
