//! The choice of documents to list.

use domain::{Money, Timestamp};

/// The kinds of documents to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kinds {
    /// All of them.
    #[default]
    All,
    /// Purchases with and without a client.
    Purchases,
    /// Purchases with a client.
    Sales,
    /// Purchases without a client.
    Receipts,
    /// Returns.
    Returns,
    /// Redemptions without a sale.
    Redemptions,
}

impl Kinds {
    /// Returns the value that the statements compare.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Purchases => "purchase",
            Self::Sales => "sale",
            Self::Receipts => "receipt",
            Self::Returns => "return",
            Self::Redemptions => "redemption",
        }
    }
}

/// What documents must have done with bonuses to be listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bonuses {
    /// Anything or nothing.
    #[default]
    Any,
    /// They gave bonuses.
    Given,
    /// They took bonuses as payment. A sale that has taken an earlier redemption as its own took
    /// none itself.
    Taken,
}

impl Bonuses {
    /// Returns the value that the statements compare.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Given => "given",
            Self::Taken => "taken",
        }
    }
}

/// A place in the list: the documents after it happened earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The moment of the document before the place.
    pub at: Timestamp,
    /// The order of its kind among documents of one moment.
    pub source: i64,
    /// Its number.
    pub id: i64,
}

impl Place {
    /// The place before every document.
    pub(super) const FIRST: Self = Self {
        at: Timestamp::MAX,
        source: i64::MAX,
        id: i64::MAX,
    };

    /// The place before every document that happened earlier than a moment.
    pub(super) const FIRST_OF_MOMENT: Self = Self {
        at: Timestamp::MAX,
        source: 0,
        id: 0,
    };
}

/// The documents to list. The default is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Only the documents after this place.
    pub after: Option<Place>,
    /// Only since this moment.
    pub from: Option<Timestamp>,
    /// Only before this moment.
    pub until: Option<Timestamp>,
    /// Only these kinds.
    pub kinds: Kinds,
    /// Only with this effect on bonuses.
    pub bonuses: Bonuses,
    /// Only of this branch.
    pub branch_id: Option<i64>,
    /// Only of this till.
    pub till_id: Option<i64>,
    /// Only of this client.
    pub client_id: Option<i64>,
    /// Only of this cashier, as tills name them; empty for all.
    pub cashier: &'a str,
    /// Only with this number of the till or of its fiscal printer; empty for all.
    pub number: &'a str,
    /// Only of at least this value.
    pub least: Option<Money>,
    /// Only of at most this value.
    pub most: Option<Money>,
}

impl Filter<'_> {
    /// Returns whether documents must be looked through to find those that pass, because no index
    /// leads to them.
    pub(super) fn is_search(&self) -> bool {
        let is_found = self.client_id.is_some() || !self.number.is_empty();
        !is_found && (self.branch_id.is_some() || !self.is_of_whole_tills())
    }

    /// Returns whether all documents of tills pass, of some kinds and days. So the sums of days are
    /// those of the documents.
    pub(super) fn is_of_whole_tills(&self) -> bool {
        self.client_id.is_none()
            && self.number.is_empty()
            && self.cashier.is_empty()
            && self.bonuses == Bonuses::Any
            && self.least.is_none()
            && self.most.is_none()
    }
}
