//! A client as the ledger sees one.

use domain::sales::PurchaseHistory;
use domain::{Account, CardNumber, Money, Phone, Timestamp};

/// A client with the account, as stored or about to be stored.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) tenant_id: i64,
    pub(crate) id: i64,
    /// `None` for a client whose name and phone were erased.
    pub(crate) phone: Option<Phone>,
    pub(crate) full_name: Option<String>,
    pub(crate) card_number: CardNumber,
    pub(crate) is_blocked: bool,
    pub(crate) referred_by: Option<i64>,
    pub(crate) total_spent: Money,
    pub(crate) history: PurchaseHistory,
    /// The moment of the last redemption without a sale. A sale of the same purchase may follow it.
    pub(crate) last_redemption_at: Option<Timestamp>,
    pub(crate) account: Account,
    pub(crate) family: Family,
}

/// The numbers under which a client's documents and entries are stored: the client's own, and those
/// of the clients who were merged into this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Family {
    id: i64,
    absorbed: Vec<i64>,
}

impl Family {
    pub(crate) const fn new(id: i64, absorbed: Vec<i64>) -> Self {
        Self { id, absorbed }
    }

    /// Returns the number of the client that the others were merged into.
    pub(crate) const fn id(&self) -> i64 {
        self.id
    }

    /// Returns whether a document of client `id` is this client's.
    pub(crate) fn has(&self, id: i64) -> bool {
        id == self.id || self.absorbed.contains(&id)
    }

    /// Returns whether no other client was merged into this one.
    pub(crate) const fn is_single(&self) -> bool {
        self.absorbed.is_empty()
    }
}
