//! The steps of the state machine, and their possible outcomes.

use domain::by_hand::Direction;
use domain::returns::{ReturnRequest, ReturnedSale};
use domain::sales::{Accrue, RedeemMode};
use domain::{LotKind, Money};

/// The next operation. Client 0 has invited client 1.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Sell(Sell),
    Return(GiveBack),
    Grant {
        client: usize,
        kind: LotKind,
        amount: i64,
        /// The life of the lot in days; `None` means for ever.
        days: Option<i64>,
    },
    Sweep {
        client: usize,
    },
    Adjust {
        client: usize,
        direction: Direction,
        amount: i64,
    },
    /// Merges a client into the other one.
    Merge {
        from: usize,
    },
    Wait {
        seconds: i64,
    },
}

/// A sale with its figures.
#[derive(Clone, Debug)]
pub(crate) struct Sell {
    pub(crate) client: usize,
    pub(crate) mode: RedeemMode,
    pub(crate) gross: i64,
    /// `true` if the till sends `gross_amount` too. Matters only in `discount`.
    pub(crate) says_gross: bool,
    pub(crate) ask: Ask,
    pub(crate) accrue: Accrue,
}

/// The part of a sale that the client wants to pay with bonuses.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ask {
    Most,
    OneMoreThanMost,
    Share { permille: i64 },
}

impl Ask {
    /// Returns the amount in dirams, never more than the sale.
    pub(crate) fn dirams(self, most: i64, gross: i64) -> i64 {
        match self {
            Self::Most => most,
            Self::OneMoreThanMost => (most + 1).min(gross),
            Self::Share { permille } => gross * permille / 1_000,
        }
    }
}

/// A return of goods.
#[derive(Clone, Debug)]
pub(crate) struct GiveBack {
    pub(crate) client: usize,
    /// The number of the sale among those so far; `None` is a return without its sale.
    pub(crate) sale: Option<usize>,
    /// The part of what is left of the sale; `None` is all of it.
    pub(crate) goods_permille: Option<i64>,
    /// The figures that the till names, right or wrong.
    pub(crate) cash: Option<Figure>,
    pub(crate) revoke: Option<Figure>,
    pub(crate) restore: Option<Figure>,
    pub(crate) settled: bool,
}

/// An amount that a till names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Figure {
    Sum(i64),
    /// A part of the sale's own figure.
    Share {
        permille: i64,
    },
}

impl Figure {
    /// Returns the amount in dirams. `whole` is the sale's own figure.
    pub(crate) fn dirams(self, whole: i64) -> i64 {
        match self {
            Self::Sum(dirams) => dirams,
            Self::Share { permille } => whole * permille / 1_000,
        }
    }
}

impl GiveBack {
    /// Makes the request. `sale` is the sale whose goods are returned.
    pub(crate) fn request(&self, sale: Option<&ReturnedSale>) -> ReturnRequest {
        let left = sale.map_or(Money::from_somoni(1_000), |sale| {
            sale.total - sale.before.returned
        });
        let goods = self
            .goods_permille
            .map(|permille| left.dirams() * permille / 1_000);
        let named = |figure: Option<Figure>, of: fn(&ReturnedSale) -> Money| {
            let whole = sale.map_or(0, |sale| of(sale).dirams());
            figure.map(|figure| Money::from_dirams(figure.dirams(whole)))
        };
        ReturnRequest {
            return_amount: goods.map(Money::from_dirams),
            cash_refund: named(self.cash, |sale| sale.paid),
            to_revoke: named(self.revoke, |sale| sale.accrued),
            to_restore: named(self.restore, |sale| sale.redeemed),
            shortage_settled: self.settled,
        }
    }
}

/// The outcome of a step, in dirams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Outcome {
    #[default]
    Nothing,
    Refused,
    Sold {
        redeemed: i64,
        cashback: i64,
        rewards: i64,
        referral: i64,
    },
    Returned {
        goods: i64,
        cash: i64,
        revoked: i64,
        restored: i64,
        settled: i64,
    },
}
