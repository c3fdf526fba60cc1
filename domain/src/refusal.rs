//! The reasons for which the rules refuse a request.

use crate::field_error::{FieldError, FieldErrors};
use crate::money::Money;
use crate::time::Timestamp;

/// The client's bonuses compared with the bonuses that a return takes back (seed, on returns, step
/// 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnBalance {
    /// The client's whole balance, held bonuses included.
    pub available: Money,
    /// The bonuses to take back.
    pub to_revoke: Money,
    /// The cash due for the goods before anything is withheld. `None` if the return names no sale.
    pub cash_due: Option<Money>,
}

impl ReturnBalance {
    /// Returns the bonuses that are missing; zero if the bonuses suffice.
    pub fn shortage(self) -> Money {
        (self.to_revoke - self.available).or_zero()
    }

    /// Returns the amount by which the till must reduce the cash: the shortage, but never more than
    /// the cash due. One bonus is one somoni.
    pub fn cash_equivalent(self) -> Money {
        let shortage = self.shortage();
        self.cash_due.map_or(shortage, |due| shortage.min(due))
    }
}

/// A rule that a request breaks. The request changes nothing. `cashier_api::messages` turns the
/// refusal into a text for the cashier; the text here is for logs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Some fields are wrong or missing.
    #[error("wrong fields: {0}")]
    Invalid(FieldErrors),
    /// The store has no such client.
    #[error("client not found")]
    ClientNotFound,
    /// The store has blocked the client.
    #[error("client blocked")]
    ClientBlocked,
    /// The sale is too small for the programme.
    #[error("sale below {minimum}")]
    BelowMinPurchase {
        /// The programme's minimum.
        minimum: Money,
    },
    /// The redemption is larger than the client's balance.
    #[error("insufficient bonuses, at most {max_redeem} can be redeemed")]
    InsufficientBonuses {
        /// The most bonuses that this sale could take.
        max_redeem: Money,
    },
    /// The client has enough bonuses, but some of them are still held.
    #[error("bonuses on hold, at most {max_redeem} can be redeemed")]
    BonusesOnHold {
        /// The most bonuses that this sale could take.
        max_redeem: Money,
    },
    /// The redemption is larger than the share of a sale that the programme allows.
    #[error("over the limit of the sale, at most {max_redeem} can be redeemed")]
    OverRedeemLimit {
        /// The most bonuses that this sale could take.
        max_redeem: Money,
    },
    /// The redemption would take welcome bonuses, and the sale is too small for them.
    #[error("welcome bonuses need a sale of {minimum}, at most {max_redeem} can be redeemed")]
    WelcomeBelowMinimum {
        /// The most bonuses that this sale could take.
        max_redeem: Money,
        /// The smallest sale that welcome bonuses may pay.
        minimum: Money,
    },
    /// The client's phone was changed so recently that nothing is redeemed yet.
    #[error("phone changed, nothing can be redeemed before {}", until.micros())]
    PhoneChanged {
        /// The moment from which bonuses can be redeemed.
        until: Timestamp,
    },
    /// The request names a different till than its token.
    #[error("cashier_node_id of another till")]
    CashierNodeMismatch,
    /// The sale to be returned belongs to another client or to another store, or does not exist.
    #[error("original sale not found")]
    SaleNotFound,
    /// Goods of the sale to be voided have come back already.
    #[error("sale with returns")]
    SaleHasReturns,
    /// The sale to be voided was recorded too long ago.
    #[error("sale too old to be voided")]
    SaleTooOld,
    /// The receipt to be voided does not belong to this till, or does not exist.
    #[error("receipt not found")]
    ReceiptNotFound,
    /// The receipt to be voided is more than a day old.
    #[error("receipt too old to be voided")]
    ReceiptTooOld,
    /// The return contains more goods than are left of the sale.
    #[error("only {left} of the sale is left to return")]
    OverReturn {
        /// The amount of goods that can still be returned.
        left: Money,
    },
    /// The return pays out more cash than was paid and not yet refunded.
    #[error("at most {limit} in cash can be refunded")]
    OverRefund {
        /// The most cash that can be paid out.
        limit: Money,
    },
    /// The return takes back more bonuses than the sale gave and has not lost. Without a sale: more
    /// than the client has.
    #[error("at most {limit} bonuses can be revoked")]
    OverRevoke {
        /// The most bonuses that can be taken back.
        limit: Money,
    },
    /// The return gives back more bonuses than were redeemed and not yet restored.
    #[error("at most {limit} bonuses can be restored")]
    OverRestore {
        /// The most bonuses that can be restored.
        limit: Money,
    },
    /// The client has already spent bonuses that the return takes back, and the till has not
    /// withheld their value in cash.
    #[error("{} bonuses short of what is revoked", .0.shortage())]
    ReturnShortage(ReturnBalance),
}

impl Refusal {
    /// Makes the refusal for one wrong field.
    pub fn field(field: &str, error: FieldError) -> Self {
        Self::Invalid(FieldErrors::one(field, error))
    }

    /// Returns the machine-readable code of the contract.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid_fields",
            Self::ClientNotFound => "client_not_found",
            Self::ClientBlocked => "client_blocked",
            Self::BelowMinPurchase { .. } => "below_min_purchase",
            Self::InsufficientBonuses { .. } | Self::ReturnShortage(_) => "insufficient_bonuses",
            Self::BonusesOnHold { .. } => "bonuses_on_hold",
            Self::OverRedeemLimit { .. } => "over_redeem_limit",
            Self::WelcomeBelowMinimum { .. } => "welcome_below_minimum",
            Self::PhoneChanged { .. } => "phone_changed",
            Self::CashierNodeMismatch => "cashier_node_mismatch",
            Self::SaleNotFound => "sale_not_found",
            Self::SaleHasReturns => "sale_has_returns",
            Self::SaleTooOld => "sale_too_old",
            Self::ReceiptNotFound => "receipt_not_found",
            Self::ReceiptTooOld => "receipt_too_old",
            Self::OverReturn { .. } => "over_return",
            Self::OverRefund { .. } => "over_refund",
            Self::OverRestore { .. } => "over_restore",
            Self::OverRevoke { .. } => "over_revoke",
        }
    }
}
