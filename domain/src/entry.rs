//! The parts of a ledger: lots, and the entries that explain how lots change.

use crate::money::Money;
use crate::time::Timestamp;

/// The reason why a lot was given (rules, "Lots").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LotKind {
    /// The cashback of a sale.
    Purchase,
    /// The registration of the client.
    Welcome,
    /// The first purchase of a client whom the owner of the lot invited.
    Referral,
    /// A purchase after a long pause.
    Reactivation,
    /// The client's second purchase.
    SecondPurchase,
    /// Redeemed bonuses that a return gave back after their lot had expired.
    Restore,
    /// Cash that a return withheld because the client had spent the bonuses.
    Settlement,
    /// A gift that the store gave by hand.
    Manual,
    /// The balance that a client brought along from another system.
    Opening,
}

impl LotKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Purchase,
        Self::Welcome,
        Self::Referral,
        Self::Reactivation,
        Self::SecondPurchase,
        Self::Restore,
        Self::Settlement,
        Self::Manual,
        Self::Opening,
    ];

    /// Returns the text stored and shown to tills.
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
            Self::Opening => "opening",
        }
    }

    /// Returns the kind that is stored as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// The effect of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// It opened a lot.
    Credit(LotKind),
    /// It paid part of a sale with bonuses.
    Redeem,
    /// It took back what a sale had given, because of a return.
    Revoke,
    /// It gave back what a sale had redeemed, because of a return.
    Restore,
    /// It ended a lot that was not fully spent.
    Expire,
    /// A person took bonuses by hand.
    Adjust,
    /// The client was merged into another one: it took everything that the account held.
    MergeOut,
    /// Another client was merged into this one: it opened one of the other's lots here, or took
    /// over the other's debt.
    MergeIn,
}

impl EntryKind {
    /// Returns the text stored in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credit(kind) => kind.as_str(),
            Self::Redeem => "redeem",
            Self::Revoke => "revoke",
            // A restoration has one kind, even if part of it opens a lot.
            Self::Restore => LotKind::Restore.as_str(),
            Self::Expire => "expire",
            Self::Adjust => "adjust",
            Self::MergeOut => "merge_out",
            Self::MergeIn => "merge_in",
        }
    }

    /// Returns the kind that is stored as `text`.
    pub fn parse(text: &str) -> Option<Self> {
        let others = [
            Self::Redeem,
            Self::Revoke,
            Self::Restore,
            Self::Expire,
            Self::Adjust,
            Self::MergeOut,
            Self::MergeIn,
        ];
        let other = others.into_iter().find(|kind| kind.as_str() == text);
        other.or_else(|| LotKind::parse(text).map(Self::Credit))
    }
}

/// Bonuses that can be spent until they expire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// The number of the entry that opened the lot, within the client's entries.
    pub seq: i64,
    /// The reason why it was given.
    pub kind: LotKind,
    /// The amount credited.
    pub amount: Money,
    /// The part of the amount that no allocation has taken.
    pub remaining: Money,
    /// The moment from which it can be spent; until then the lot is held.
    pub available_at: Timestamp,
    /// The moment from which it can no longer be spent; `None` means that it never expires.
    pub expires_at: Option<Timestamp>,
    /// The sale that the lot was given for.
    pub sale_id: Option<i64>,
}

impl Lot {
    /// Returns whether the lot has expired at `now`, even if the nightly job has not ended it yet.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|expires_at| expires_at <= now)
    }

    /// Returns whether the lot still waits for the end of its hold.
    pub fn is_held(&self, now: Timestamp) -> bool {
        now < self.available_at
    }

    /// Returns whether bonuses of this lot may pay a sale. `welcome_allowed` says whether this
    /// sale may take welcome bonuses.
    pub(crate) fn is_spendable(&self, now: Timestamp, welcome_allowed: bool) -> bool {
        !self.is_held(now)
            && !self.is_expired(now)
            && (welcome_allowed || self.kind != LotKind::Welcome)
    }

    /// Returns the sort key of the spending order: the soonest to expire first, then the oldest.
    pub(crate) fn spending_order(&self) -> (Timestamp, i64) {
        (self.expires_at.unwrap_or(Timestamp::MAX), self.seq)
    }
}

/// The amount that an entry took from a lot, or gave back to it if negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// The number of the lot.
    pub lot_seq: i64,
    /// The amount taken.
    pub amount: Money,
}

/// The sale, return or act of a person that caused an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The sale.
    pub sale_id: Option<i64>,
    /// The return.
    pub return_id: Option<i64>,
    /// The change by hand, or the merge.
    pub act_id: Option<i64>,
}

/// An entry of the ledger. It never changes once it is stored. This always holds:
/// `amount = lot.amount − Σ allocations − debt_change`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number within the client's entries: from 1, without gaps.
    pub seq: i64,
    /// The effect of the entry.
    pub kind: EntryKind,
    /// The change of the balance: positive for credits, negative for debits.
    pub amount: Money,
    /// The change of the debt.
    pub debt_change: Money,
    /// The amounts taken from lots.
    pub allocations: Vec<Allocation>,
    /// The amount of the lot that the entry opened. That lot has the same number as the entry.
    pub opened: Option<Money>,
    /// The document or act that caused the entry.
    pub source: Source,
    /// The moment when the entry was made.
    pub at: Timestamp,
}
