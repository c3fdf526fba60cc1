//! What the state machine does to a shop, and what may come of it.

use domain::returns::{ReturnRequest, ReturnedSale};
use domain::sales::{Accrue, RedeemMode};
use domain::{LotKind, Money};

/// What happens next. Client 0 has invited client 1.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Sell(Sell),
    Return(GiveBack),
    Grant {
        client: usize,
        kind: LotKind,
        amount: i64,
        /// How long it lives; none: for ever.
        days: Option<i64>,
    },
    Sweep {
        client: usize,
    },
    Wait {
        seconds: i64,
    },
}

/// A check.
#[derive(Clone, Debug)]
pub(crate) struct Sell {
    pub(crate) client: usize,
    pub(crate) mode: RedeemMode,
    pub(crate) gross: i64,
    /// In `discount`: the till sends `gross_amount` too.
    pub(crate) says_gross: bool,
    pub(crate) ask: Ask,
    pub(crate) accrue: Accrue,
}

/// How much of a check the client wants to pay with bonuses.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ask {
    Most,
    OneMoreThanMost,
    Share { permille: i64 },
}

impl Ask {
    /// In dirams, never over the check.
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
    /// Which of the sales so far; none: a return without its sale.
    pub(crate) sale: Option<usize>,
    /// Of what is left of the sale; none: all of it.
    pub(crate) goods_permille: Option<i64>,
    /// The till's own figures, right and wrong.
    pub(crate) cash: Option<Figure>,
    pub(crate) revoke: Option<Figure>,
    pub(crate) restore: Option<Figure>,
    pub(crate) settled: bool,
}

/// A sum that a till names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Figure {
    Sum(i64),
    /// A part of what the sale had of it.
    Share {
        permille: i64,
    },
}

impl Figure {
    /// In dirams, `whole` being what the sale had.
    pub(crate) fn dirams(self, whole: i64) -> i64 {
        match self {
            Self::Sum(dirams) => dirams,
            Self::Share { permille } => whole * permille / 1_000,
        }
    }
}

impl GiveBack {
    /// The request, `sale` being what goods come back from.
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

/// What a step came to, in dirams.
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
