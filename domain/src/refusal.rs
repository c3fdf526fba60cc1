//! Everything the rules can say no with.

use crate::field_error::{FieldError, FieldErrors};
use crate::money::Money;

/// Whether a client's bonuses cover what a return takes back (seed, on returns, step 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnBalance {
    /// The whole balance, held bonuses included.
    pub available: Money,
    /// What is to be taken back.
    pub to_revoke: Money,
    /// The cash due for the goods before anything is withheld; unknown without the sale.
    pub cash_due: Option<Money>,
}

impl ReturnBalance {
    /// What is missing; zero if the bonuses suffice.
    pub fn shortage(self) -> Money {
        (self.to_revoke - self.available).or_zero()
    }

    /// By how much less cash to give out: the shortage, but never more than the cash due. One bonus
    /// is one somoni.
    pub fn cash_equivalent(self) -> Money {
        let shortage = self.shortage();
        self.cash_due.map_or(shortage, |due| shortage.min(due))
    }
}

/// A request that breaks a rule. It changes nothing. `cashier_api::messages` words it for the
/// cashier; the text here is for logs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Wrong or missing fields.
    #[error("wrong fields: {0}")]
    Invalid(FieldErrors),
    /// No such client in this store.
    #[error("client not found")]
    ClientNotFound,
    /// The store has blocked the client.
    #[error("client blocked")]
    ClientBlocked,
    /// The check is too small for the programme.
    #[error("check below {minimum}")]
    BelowMinPurchase {
        /// The programme's minimum.
        minimum: Money,
    },
    /// More than the client has.
    #[error("insufficient bonuses, at most {max_redeem} can be redeemed")]
    InsufficientBonuses {
        /// What this check could take.
        max_redeem: Money,
    },
    /// The client has them, but some are still held.
    #[error("bonuses on hold, at most {max_redeem} can be redeemed")]
    BonusesOnHold {
        /// What this check could take.
        max_redeem: Money,
    },
    /// More than the programme lets bonuses pay of a check.
    #[error("over the limit of the check, at most {max_redeem} can be redeemed")]
    OverRedeemLimit {
        /// What this check could take.
        max_redeem: Money,
    },
    /// It would take welcome bonuses, and the check is too small for them.
    #[error("welcome bonuses need a check of {minimum}, at most {max_redeem} can be redeemed")]
    WelcomeBelowMinimum {
        /// What this check could take.
        max_redeem: Money,
        /// The check from which welcome bonuses count.
        minimum: Money,
    },
    /// The request names another till than its token's.
    #[error("cashier_node_id of another till")]
    CashierNodeMismatch,
    /// The check to be returned is not this client's, or not in this store.
    #[error("original sale not found")]
    SaleNotFound,
    /// The receipt to be voided is not this till's.
    #[error("receipt not found")]
    ReceiptNotFound,
    /// The receipt to be voided is more than a day old.
    #[error("receipt too old to be voided")]
    ReceiptTooOld,
    /// More goods than are left of the sale.
    #[error("only {left} of the sale is left to return")]
    OverReturn {
        /// What may still come back.
        left: Money,
    },
    /// More cash than was paid and not yet refunded.
    #[error("at most {limit} in cash can be refunded")]
    OverRefund {
        /// What may be paid out.
        limit: Money,
    },
    /// More bonuses to take back than the sale gave and has not lost; without a sale, than the client has.
    #[error("at most {limit} bonuses can be revoked")]
    OverRevoke {
        /// What may be taken back.
        limit: Money,
    },
    /// More bonuses back than were redeemed and not yet restored.
    #[error("at most {limit} bonuses can be restored")]
    OverRestore {
        /// What may be restored.
        limit: Money,
    },
    /// The client has spent what the return takes back, and the till has not settled it.
    #[error("{} bonuses short of what is revoked", .0.shortage())]
    ReturnShortage(ReturnBalance),
}

impl Refusal {
    /// One wrong field.
    pub fn field(field: &str, error: FieldError) -> Self {
        Self::Invalid(FieldErrors::one(field, error))
    }

    /// The machine-readable code of the contract.
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
            Self::CashierNodeMismatch => "cashier_node_mismatch",
            Self::SaleNotFound => "sale_not_found",
            Self::ReceiptNotFound => "receipt_not_found",
            Self::ReceiptTooOld => "receipt_too_old",
            Self::OverReturn { .. } => "over_return",
            Self::OverRefund { .. } => "over_refund",
            Self::OverRestore { .. } => "over_restore",
            Self::OverRevoke { .. } => "over_revoke",
        }
    }
}
