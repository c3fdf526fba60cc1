//! Clients in a list.

use domain::{Figures, Money, Timestamp};

/// The place after which a list continues: a client's number, and for the list of
/// expiring bonuses the moment when the first of the client's expire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The client's number.
    pub id: i64,
    /// The moment; otherwise ignored.
    pub expires_at: Timestamp,
}

/// A client in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The number.
    pub id: i64,
    /// The phone in E.164; `None` if it was erased.
    pub phone: Option<String>,
    /// The name.
    pub full_name: Option<String>,
    /// The balances.
    pub figures: Figures,
    /// What expires within seven days, and the moment when the first of it does.
    pub expiring: Option<(Money, Timestamp)>,
    /// The number of kept purchases.
    pub purchases: i64,
    /// The money paid for kept goods.
    pub total_spent: Money,
    /// The last kept purchase.
    pub last_purchase: Option<Timestamp>,
    /// `true` if the client is blocked.
    pub is_blocked: bool,
}

/// The numbers of clients in the groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All clients.
    pub all: i64,
    /// Clients without a purchase for 90 days.
    pub sleeping: i64,
    /// Blocked clients.
    pub blocked: i64,
    /// The clients of each tier, in the order in which the tiers were named.
    pub tiers: Vec<i64>,
}
