//! The documents of a store as its people read them: sales, redemptions, returns and receipts.
//! Nothing here writes.

mod filter;
mod list;
mod sale;
mod sql;

pub use filter::{Bonuses, Filter, Kinds, Place};
pub use list::{Page, Totals, first, list, totals};
pub use sale::{
    DocumentClient, DocumentPlace, GivenLot, ReceiptView, ReturnView, SaleLineView, SaleReturnView,
    SaleView, TakenLot, receipt, sale, single_return,
};

use domain::{Money, Timestamp};

/// The kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A purchase of a client.
    Sale,
    /// Bonuses spent without a sale.
    Redemption,
    /// Goods that came back.
    Return,
    /// A purchase without a client.
    Receipt,
}

/// A document in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The kind.
    pub kind: Kind,
    /// The number, which is unique among the documents of the kind.
    pub id: i64,
    /// The moment at which it happened.
    pub at: Timestamp,
    /// The number that the till gave it.
    pub number: Option<String>,
    /// The sale whose goods a return brought back.
    pub returned_sale: Option<i64>,
    /// The number of the till.
    pub till_id: i64,
    /// The name of the till.
    pub till: String,
    /// The name of the branch.
    pub branch: String,
    /// The cashier, as the till names them.
    pub cashier: Option<String>,
    /// The client: number, name and phone.
    pub client: Option<(i64, Option<String>, String)>,
    /// The value of the goods.
    pub total: Money,
    /// The bonuses that a sale gave; negative if a return took them back.
    pub accrued: Money,
    /// The bonuses that paid; negative if a return gave them back.
    pub redeemed: Money,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts.
    Valid,
    /// A sale of which all goods came back.
    AllReturned,
    /// Its till has voided it: it counts nowhere.
    Void,
}
