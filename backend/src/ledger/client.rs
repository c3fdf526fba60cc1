//! A client as the ledger sees one.

use domain::sales::PurchaseHistory;
use domain::{Account, CardNumber, Money, Phone, Timestamp};

/// A client with the account, as stored or about to be stored.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) tenant_id: i64,
    pub(crate) id: i64,
    pub(crate) phone: Phone,
    pub(crate) full_name: Option<String>,
    pub(crate) card_number: CardNumber,
    pub(crate) is_blocked: bool,
    pub(crate) referred_by: Option<i64>,
    pub(crate) total_spent: Money,
    pub(crate) history: PurchaseHistory,
    /// The moment of the last redemption without a sale. A sale of the same purchase may follow it.
    pub(crate) last_redemption_at: Option<Timestamp>,
    pub(crate) account: Account,
}
