//! The effect of a return, shown before the cashier confirms it.

use cashier_api::answers::{ReturnCalculation, ReturnStatus};
use domain::Money;

/// The figures of a return that the cashier confirms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// The goods that come back.
    pub amount: Money,
    /// The money to give out.
    pub cash: Money,
    /// The bonuses taken back.
    pub revoked: Money,
    /// The redeemed bonuses given back.
    pub restored: Money,
    /// The money withheld for bonuses that the client has already spent.
    pub settled: Money,
    /// `true` if the client has spent some of the bonuses that are taken back.
    pub is_short: bool,
}

/// Makes the proposal for a return of `amount` from the server's calculation. Returns `None` if the
/// answer lacks a figure.
pub fn propose(amount: Money, calculation: &ReturnCalculation) -> Option<Proposal> {
    Some(Proposal {
        amount,
        cash: calculation.cash_refund_amount?.0,
        revoked: calculation.bonus_to_revoke.0,
        restored: calculation.bonus_restored?.0,
        settled: calculation.bonus_shortage_settled?.0,
        is_short: calculation.status == ReturnStatus::InsufficientBonuses,
    })
}

#[cfg(test)]
mod tests {
    use cashier_api::Amount;
    use domain::ReturnBalance;

    use super::*;

    fn somoni(amount: i64) -> Money {
        Money::from_somoni(amount)
    }

    #[test]
    fn a_shortage_is_reported_even_if_no_money_can_be_withheld() {
        let balance = ReturnBalance {
            available: Money::ZERO,
            to_revoke: somoni(50),
            cash_due: None,
        };
        let calculation = ReturnCalculation {
            cash_refund_amount: Some(Amount(Money::ZERO)),
            bonus_restored: Some(Amount(somoni(10))),
            bonus_shortage_settled: Some(Amount(Money::ZERO)),
            ..balance.into()
        };
        let proposal = propose(somoni(10), &calculation).unwrap();
        assert!(proposal.is_short);
        assert_eq!(
            (proposal.cash, proposal.restored),
            (Money::ZERO, somoni(10))
        );
        assert_eq!(propose(somoni(10), &balance.into()), None);
    }
}
