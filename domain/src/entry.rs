//! What a ledger is made of: lots, and the entries that explain them.

use crate::money::Money;
use crate::time::Timestamp;

/// What a lot was given for (rules, "Lots").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LotKind {
    /// Cashback of a sale.
    Purchase,
    /// Registration.
    Welcome,
    /// A friend's first purchase.
    Referral,
    /// A purchase after a long pause.
    Reactivation,
    /// The second purchase.
    SecondPurchase,
    /// Redeemed bonuses that came back after their lot had expired.
    Restore,
    /// Cash withheld at a return in place of spent bonuses.
    Settlement,
    /// By hand of the store.
    Manual,
}

impl LotKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Purchase,
        Self::Welcome,
        Self::Referral,
        Self::Reactivation,
        Self::SecondPurchase,
        Self::Restore,
        Self::Settlement,
        Self::Manual,
    ];

    /// As stored and as shown to tills.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Welcome => "welcome",
            Self::Referral => "referral",
            Self::Reactivation => "reactivation",
            Self::SecondPurchase => "second_purchase",
            Self::Restore => "restore",
            Self::Settlement => "settlement",
            Self::Manual => "manual",
        }
    }

    /// The kind stored as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// What an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// Opened a lot.
    Credit(LotKind),
    /// Bonuses paid part of a check.
    Redeem,
    /// A return took back what a sale had given.
    Revoke,
    /// A return gave back what a sale had redeemed.
    Restore,
    /// A lot ended unspent.
    Expire,
}

impl EntryKind {
    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credit(kind) => kind.as_str(),
            Self::Redeem => "redeem",
            Self::Revoke => "revoke",
            // An entry that restores is one thing, whether or not part of it opens a lot.
            Self::Restore => LotKind::Restore.as_str(),
            Self::Expire => "expire",
        }
    }
}

/// A credit that can be spent until it expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// The number of the entry that opened it, within the client.
    pub seq: i64,
    /// What it was given for.
    pub kind: LotKind,
    /// As credited.
    pub amount: Money,
    /// Of that, what no allocation has taken.
    pub remaining: Money,
    /// Held before this moment.
    pub available_at: Timestamp,
    /// Gone from this moment on.
    pub expires_at: Option<Timestamp>,
    /// The sale it was given for.
    pub sale_id: Option<i64>,
}

impl Lot {
    /// True from the moment it can no longer be spent, swept or not.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at <= now)
    }

    /// True while it waits for the end of the hold.
    pub fn is_held(&self, now: Timestamp) -> bool {
        now < self.available_at
    }

    /// Whether a check may be paid from it, `welcome_allowed` or not.
    pub(crate) fn is_spendable(&self, now: Timestamp, welcome_allowed: bool) -> bool {
        !self.is_held(now)
            && !self.is_expired(now)
            && (welcome_allowed || self.kind != LotKind::Welcome)
    }

    /// Soonest to expire first, then the oldest.
    pub(crate) fn spending_order(&self) -> (Timestamp, i64) {
        (self.expires_at.unwrap_or(Timestamp::MAX), self.seq)
    }
}

/// How much an entry took from a lot (negative: gave back to it).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// The lot.
    pub lot_seq: i64,
    /// The amount taken.
    pub amount: Money,
}

/// The sale or return an entry belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The sale.
    pub sale_id: Option<i64>,
    /// The return.
    pub return_id: Option<i64>,
}

/// One line of the ledger, never changed once stored. Always:
/// `amount = lot.amount − Σ allocations − debt_change`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number within the client, from 1, without gaps.
    pub seq: i64,
    /// What it did.
    pub kind: EntryKind,
    /// What it did to the balance: credits positive, debits negative.
    pub amount: Money,
    /// What it did to the debt.
    pub debt_change: Money,
    /// What it took from which lots.
    pub allocations: Vec<Allocation>,
    /// The amount of the lot it opened, which has the entry's own number.
    pub opened: Option<Money>,
    /// What caused it.
    pub source: Source,
    /// When it was made.
    pub at: Timestamp,
}
