//! What the events of a client's feed were.

use domain::{LotKind, Money};

/// What an event was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A purchase or a redemption of this client.
    Sale(FeedSale),
    /// A return: the goods, counted in the total of the sale, the sale and that total.
    Return {
        /// The value of the goods.
        amount: Money,
        /// The part that came back, counted in the total of the sale.
        counted: Money,
        /// The sale and its total.
        sale: Option<(i64, Money)>,
    },
    /// The till undid a purchase or redemption of this client: its number and total.
    Void(i64, Money),
    /// Another client's purchase or return that changed a bonus for inviting them.
    Friend,
    /// A person gave or took bonuses.
    ByHand {
        /// The name of the person.
        who: String,
        /// The reason.
        reason: String,
    },
    /// A merge with this client, done by a person.
    Merge {
        /// The other client.
        other_id: i64,
        /// The name of the person.
        who: String,
        /// The reason.
        reason: String,
    },
    /// Bonuses without a document: of this kind.
    Credit(LotKind),
    /// Bonuses expired.
    Expiry,
}

/// A sale in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedSale {
    /// The number.
    pub id: i64,
    /// `true` for a redemption without a purchase.
    pub is_redemption: bool,
    /// The total.
    pub total: Money,
    /// The price of all goods.
    pub gross: Money,
    /// The part paid with money.
    pub paid: Money,
    /// The cashback.
    pub accrued: Money,
}
