//! Returns of goods: `POST /cashier/return/calculate` and `POST /cashier/return`.

mod calculate;
mod original;
mod record;
mod rewards;
mod sql;

pub use calculate::calculate;
pub(crate) use sql::{GivenReward, mark_taken_back, referral_rewards};

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
}
