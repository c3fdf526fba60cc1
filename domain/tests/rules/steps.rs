//! What the state machine does to a shop, and what may come of it.

use domain::returns::ReturnRequest;
use domain::sale::{Accrue, RedeemMode};
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
    /// The till's own figures.
    pub(crate) cash: Option<i64>,
    pub(crate) revoke: Option<i64>,
    pub(crate) restore: Option<i64>,
    pub(crate) settled: bool,
}

impl GiveBack {
    /// The request, `left` of the sale being to come back.
    pub(crate) fn request(&self, left: i64) -> ReturnRequest {
        let money = |dirams: Option<i64>| dirams.map(Money::from_dirams);
        let goods = self.goods_permille.map(|permille| left * permille / 1_000);
        ReturnRequest {
            return_amount: money(goods),
            cash_refund: money(self.cash),
            to_revoke: money(self.revoke),
            to_restore: money(self.restore),
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
        extras: i64,
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
