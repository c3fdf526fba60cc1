//! Receipts, i.e. purchases without a client, which are recorded for the store's figures (seed,
//! "Чек без клиента").

mod record;
mod sql;
mod void;

use domain::{DocumentDate, Money, Timestamp};

use crate::tills::AuthenticatedTill;

/// A receipt as the till sent it.
#[derive(Clone, Debug)]
pub struct RecordReceipt<'a> {
    /// The till.
    pub till: &'a AuthenticatedTill,
    /// Its sum.
    pub total_amount: Money,
    /// The till's own id. A receipt with the same id is recorded once, however often it is sent.
    pub external_receipt_id: Option<String>,
    /// The number that the till sent as its own. It must be the number of the token's till.
    pub cashier_node_id: Option<i64>,
    /// The date and time by the till's clock.
    pub receipt_date: Option<DocumentDate>,
}

/// A recorded receipt, as answered to the till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptRecord {
    /// The public number.
    pub id: i64,
    /// Its sum.
    pub total_amount: Money,
    /// The till's date, or the moment of the commit.
    pub receipt_date: Timestamp,
}

/// A request to void a receipt that the till has recorded by mistake. The row stays, with the till
/// that voided it and the moment, but no longer counts in the sums.
#[derive(Clone, Debug)]
pub struct VoidReceipt<'a> {
    /// The till. It can void only its own receipts.
    pub till: &'a AuthenticatedTill,
    /// The till's own id of the receipt.
    pub external_receipt_id: String,
}
