//! The figures of a refusal, as `data` of the answer.

use domain::{Money, Refusal};
use serde::{Deserialize, Serialize};

use crate::scalars::{Amount, Moment};

/// The figures of a refusal, as they are in `data`.
#[derive(Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Figures {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_redeem_amount: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min_purchase_amount: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) welcome_min_redeem_amount: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_return_amount: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_cash_refund_amount: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_bonus_to_revoke: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_bonus_to_restore: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) redeem_from: Option<Moment>,
}

impl Figures {
    /// Returns the figures of `refusal`; `None` if it has no figures or has `data` of another form.
    pub(crate) fn of(refusal: &Refusal) -> Option<Self> {
        let (mut figures, some) = (Self::default(), |money: &Money| Some(Amount(*money)));
        match refusal {
            Refusal::BelowMinPurchase { minimum } => figures.min_purchase_amount = some(minimum),
            Refusal::InsufficientBonuses { max_redeem }
            | Refusal::BonusesOnHold { max_redeem }
            | Refusal::OverRedeemLimit { max_redeem } => {
                figures.max_redeem_amount = some(max_redeem);
            }
            Refusal::WelcomeBelowMinimum {
                max_redeem,
                minimum,
            } => {
                figures.max_redeem_amount = some(max_redeem);
                figures.welcome_min_redeem_amount = some(minimum);
            }
            Refusal::PhoneChanged { until } => {
                figures.max_redeem_amount = some(&Money::ZERO);
                figures.redeem_from = Some(Moment(*until));
            }
            Refusal::OverReturn { left } => figures.max_return_amount = some(left),
            Refusal::OverRefund { limit } => figures.max_cash_refund_amount = some(limit),
            Refusal::OverRevoke { limit } => figures.max_bonus_to_revoke = some(limit),
            Refusal::OverRestore { limit } => figures.max_bonus_to_restore = some(limit),
            Refusal::Invalid(_)
            | Refusal::ClientNotFound
            | Refusal::ClientBlocked
            | Refusal::CashierNodeMismatch
            | Refusal::SaleNotFound
            | Refusal::SaleHasReturns
            | Refusal::SaleTooOld
            | Refusal::ReceiptNotFound
            | Refusal::ReceiptTooOld
            | Refusal::ReturnShortage(_) => return None,
        }
        Some(figures)
    }
}
