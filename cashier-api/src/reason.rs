//! The reason of a failure, read from `code` and `data` of the answer by a client that has its own
//! texts.

use domain::{FieldErrors, Money, Refusal, ReturnBalance};
use serde_json::value::RawValue;

use crate::answers::ReturnCalculation;
use crate::envelope::Failure;
use crate::error_code::ErrorCode;
use crate::figures::Figures;
use crate::scalars::Amount;

/// A reason why a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The request breaks a rule. The refusal contains the rule's figures; `cash_due` of
    /// [`Refusal::ReturnShortage`] is only the part of the cash that covers the shortage.
    Refused(Refusal),
    /// Any other failure.
    Failed(ErrorCode),
}

impl Reason {
    /// Returns the most that bonuses may pay of the sale, if the request asked for more.
    pub const fn max_redeem(&self) -> Option<Money> {
        match self {
            Self::Refused(
                Refusal::InsufficientBonuses { max_redeem }
                | Refusal::BonusesOnHold { max_redeem }
                | Refusal::OverRedeemLimit { max_redeem }
                | Refusal::WelcomeBelowMinimum { max_redeem, .. },
            ) => Some(*max_redeem),
            Self::Refused(Refusal::PhoneChanged { .. }) => Some(Money::ZERO),
            _ => None,
        }
    }
}

impl Failure {
    /// Returns the reason of the failure. Returns `None` if this build does not know the code, or
    /// if the figures of a refusal are missing.
    pub fn reason(&self) -> Option<Reason> {
        let refused = || self.refusal().map(Reason::Refused);
        ErrorCode::parse(&self.code)
            .map(Reason::Failed)
            .or_else(refused)
    }

    fn refusal(&self) -> Option<Refusal> {
        let data = self.data.as_deref().map_or("{}", RawValue::get);
        let figures: Figures = serde_json::from_str(data).unwrap_or_default();
        let money = |figure: Option<Amount>| figure.map(|amount| amount.0);
        let max_redeem = money(figures.max_redeem_amount);
        // All refusals whose figures are complete. The code selects one of them.
        [
            Some(Refusal::Invalid(FieldErrors::default())),
            Some(Refusal::ClientNotFound),
            Some(Refusal::ClientBlocked),
            money(figures.min_purchase_amount).map(|minimum| Refusal::BelowMinPurchase { minimum }),
            max_redeem.map(|max_redeem| Refusal::InsufficientBonuses { max_redeem }),
            max_redeem.map(|max_redeem| Refusal::BonusesOnHold { max_redeem }),
            max_redeem.map(|max_redeem| Refusal::OverRedeemLimit { max_redeem }),
            max_redeem
                .zip(money(figures.welcome_min_redeem_amount))
                .map(|(max_redeem, minimum)| Refusal::WelcomeBelowMinimum {
                    max_redeem,
                    minimum,
                }),
            figures
                .redeem_from
                .map(|from| Refusal::PhoneChanged { until: from.0 }),
            Some(Refusal::CashierNodeMismatch),
            Some(Refusal::SaleNotFound),
            Some(Refusal::SaleHasReturns),
            Some(Refusal::SaleTooOld),
            Some(Refusal::ReceiptNotFound),
            Some(Refusal::ReceiptTooOld),
            money(figures.max_return_amount).map(|left| Refusal::OverReturn { left }),
            money(figures.max_cash_refund_amount).map(|limit| Refusal::OverRefund { limit }),
            money(figures.max_bonus_to_revoke).map(|limit| Refusal::OverRevoke { limit }),
            money(figures.max_bonus_to_restore).map(|limit| Refusal::OverRestore { limit }),
            shortage(data).map(Refusal::ReturnShortage),
        ]
        .into_iter()
        .flatten()
        .find(|refusal| refusal.code() == self.code)
    }
}

fn shortage(data: &str) -> Option<ReturnBalance> {
    let calculation: ReturnCalculation = serde_json::from_str(data).ok()?;
    Some(ReturnBalance {
        available: calculation.available_bonuses.0,
        to_revoke: calculation.bonus_to_revoke.0,
        cash_due: calculation.shortage_cash_equivalent.map(|cash| cash.0),
    })
}
