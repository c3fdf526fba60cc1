//! What a return will do, before the cashier confirms it.

use cashier_api::answers::{ReturnCalculation, ReturnStatus};
use domain::Money;

/// What the cashier is to agree to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// Goods that come back.
    pub amount: Money,
    /// Money to give out.
    pub cash: Money,
    /// Bonuses taken back.
    pub revoked: Money,
    /// Redeemed bonuses given back.
    pub restored: Money,
    /// Withheld from the money for bonuses that the client has already spent.
    pub settled: Money,
    /// The client has spent some of what is taken back.
    pub is_short: bool,
}

/// What bringing `amount` back comes to, as the server has calculated it; none where it does not tell.
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
    fn spent_bonuses_are_withheld_even_where_there_is_no_money_to_withhold_them_from() {
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
