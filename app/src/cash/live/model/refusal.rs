//! Refusals of the server in words for the cashier.

use cashier_api::{ErrorCode, Reason};
use domain::{Money, Refusal};
use till::format::with_currency;

use crate::cash::texts::Texts;

impl Texts {
    /// Returns the sentence for a refusal, with the figure of its rule. A reason that only a
    /// programmer can act on, or that this build does not know (`None`), gets a general sentence.
    pub fn refusal(&self, reason: Option<&Reason>) -> String {
        let (text, figure) = self.worded(reason);
        match figure {
            Some(figure) => [text, " ", &with_currency(figure, self.currency)].concat(),
            None => text.to_owned(),
        }
    }

    fn worded(&self, reason: Option<&Reason>) -> (&'static str, Option<Money>) {
        let texts = &self.refusals;
        match reason {
            Some(Reason::Refused(refusal)) => match refusal {
                Refusal::ClientNotFound => (texts.client_not_found, None),
                Refusal::ClientBlocked => (texts.client_blocked, None),
                Refusal::BelowMinPurchase { minimum } => (texts.below_min_purchase, Some(*minimum)),
                Refusal::InsufficientBonuses { max_redeem } => {
                    (texts.insufficient_bonuses, Some(*max_redeem))
                }
                Refusal::BonusesOnHold { max_redeem } => (texts.bonuses_on_hold, Some(*max_redeem)),
                Refusal::OverRedeemLimit { max_redeem } => {
                    (texts.over_redeem_limit, Some(*max_redeem))
                }
                Refusal::WelcomeBelowMinimum { minimum, .. } => {
                    (texts.welcome_below_minimum, Some(*minimum))
                }
                Refusal::PhoneChanged { .. } => (texts.phone_changed, None),
                Refusal::SaleNotFound => (texts.sale_not_found, None),
                Refusal::ReceiptNotFound => (texts.receipt_not_found, None),
                Refusal::ReceiptTooOld => (texts.receipt_too_old, None),
                Refusal::OverReturn { left } => (texts.over_return, Some(*left)),
                Refusal::OverRefund { limit } => (texts.over_refund, Some(*limit)),
                Refusal::ReturnShortage(_) => (texts.return_shortage, None),
                Refusal::Invalid(_)
                | Refusal::CashierNodeMismatch
                | Refusal::OverRevoke { .. }
                | Refusal::OverRestore { .. }
                | Refusal::SaleHasReturns
                | Refusal::SaleTooOld => (self.not_taken, None),
            },
            Some(Reason::Failed(ErrorCode::TooManyRequests)) => (texts.too_many_requests, None),
            Some(Reason::Failed(_)) | None => (self.not_taken, None),
        }
    }
}
