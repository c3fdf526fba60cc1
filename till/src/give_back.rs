//! What a return will do, before the cashier confirms it.

use cashier_api::answers::ReturnCalculation;
use domain::returns::{ReturnRequest, ReturnTotals, ReturnedSale, plan};
use domain::{Account, Lot, LotKind, Money, Refusal, Timestamp};

use crate::journal::{Kind, Record};

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
}

/// What bringing `amount` of a sale back comes to, by the same rules as the server's: `journal` knows the
/// earlier returns, `calculation` is what the server has said about the client's bonuses.
///
/// # Errors
/// The rule it breaks.
pub fn propose(
    sale: &Record,
    journal: &[Record],
    amount: Money,
    calculation: &ReturnCalculation,
) -> Result<Proposal, Refusal> {
    let total = Money::from_dirams(sale.total_dirams);
    let redeemed = Money::from_dirams(sale.redeemed_dirams);
    let returned = ReturnedSale {
        gross: total,
        paid: total - redeemed,
        accrued: Money::from_dirams(sale.accrued_dirams),
        redeemed,
        // The server has counted them into what is to be revoked.
        extras: Money::ZERO,
        before: totals(sale, journal),
    };
    let request = ReturnRequest {
        return_amount: Some(amount),
        to_revoke: Some(calculation.bonus_to_revoke.0),
        shortage_settled: true,
        ..ReturnRequest::default()
    };
    let account = account_of(calculation.available_bonuses.0);
    let plan = plan(
        &request,
        Some(&returned),
        &account,
        Timestamp::from_micros(0),
    )?;
    Ok(Proposal {
        amount: plan.return_amount,
        cash: plan.cash_refund,
        revoked: plan.revocation.to_revoke,
        restored: plan.restored,
        settled: plan.settled,
    })
}

/// How much of a sale has come back at this till.
pub fn returned(journal: &[Record], external_id: &str) -> Money {
    returns_of(journal, external_id)
        .map(|goods| Money::from_dirams(goods.total_dirams))
        .sum()
}

fn returns_of<'a>(journal: &'a [Record], external_id: &'a str) -> impl Iterator<Item = &'a Record> {
    journal.iter().filter(move |record| {
        record.kind == Kind::Return
            && record.number.is_some()
            && record.return_of.as_deref() == Some(external_id)
    })
}

fn totals(sale: &Record, journal: &[Record]) -> ReturnTotals {
    let sum = |of: fn(&Record) -> i64| -> Money {
        returns_of(journal, &sale.external_id)
            .map(|goods| Money::from_dirams(of(goods)))
            .sum()
    };
    ReturnTotals {
        returned: sum(|goods| goods.total_dirams),
        refunded: sum(|goods| goods.cash_dirams),
        revoked: sum(|goods| goods.accrued_dirams),
        restored: sum(|goods| goods.redeemed_dirams),
        settled: sum(|goods| goods.settled_dirams),
        // Only the server keeps what the client has spent.
        spent_back: Money::ZERO,
    }
}

/// An account that has this balance: all that a plan asks of it.
fn account_of(balance: Money) -> Account {
    let lot = Lot {
        seq: 1,
        kind: LotKind::Purchase,
        amount: balance,
        remaining: balance,
        available_at: Timestamp::from_micros(0),
        expires_at: None,
        sale_id: None,
    };
    let lots = balance.is_positive().then_some(lot);
    Account::new(balance, Money::ZERO, 1, lots.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use cashier_api::Amount;
    use cashier_api::answers::ReturnStatus;

    use super::*;

    fn somoni(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    fn record(kind: Kind, total: &str) -> Record {
        Record {
            external_id: "sale".to_owned(),
            kind,
            at_ms: 0,
            number: Some(1),
            phone: None,
            name: None,
            total_dirams: somoni(total).dirams(),
            redeemed_dirams: 0,
            accrued_dirams: 0,
            balance_dirams: None,
            cash_dirams: 0,
            settled_dirams: 0,
            return_of: None,
            instead_of: None,
            problem: None,
            seen: false,
        }
    }

    fn said(available: &str, revoke: &str) -> ReturnCalculation {
        ReturnCalculation {
            status: ReturnStatus::Ok,
            available_bonuses: Amount(somoni(available)),
            bonus_to_revoke: Amount(somoni(revoke)),
            shortage_bonuses: None,
            shortage_cash_equivalent: None,
        }
    }

    #[test]
    fn the_whole_of_a_check_gives_back_its_money_and_its_bonuses() {
        let sale = Record {
            redeemed_dirams: 4_500,
            accrued_dirams: 4_775,
            ..record(Kind::Sale, "1000")
        };
        let proposal = propose(&sale, &[], somoni("1000"), &said("100", "47.75")).unwrap();
        assert_eq!(proposal.cash, somoni("955"));
        assert_eq!(proposal.restored, somoni("45"));
        assert_eq!(proposal.revoked, somoni("47.75"));
        assert_eq!(proposal.settled, Money::ZERO);
    }

    #[test]
    fn spent_bonuses_are_withheld_from_the_money() {
        let sale = Record {
            accrued_dirams: 5_000,
            ..record(Kind::Sale, "1000")
        };
        let proposal = propose(&sale, &[], somoni("1000"), &said("0", "50")).unwrap();
        assert_eq!(
            (proposal.cash, proposal.settled),
            (somoni("950"), somoni("50"))
        );
    }

    #[test]
    fn halves_come_to_the_whole_and_no_further() {
        let sale = Record {
            redeemed_dirams: 4_500,
            accrued_dirams: 4_775,
            ..record(Kind::Sale, "1000")
        };
        let first = propose(&sale, &[], somoni("500"), &said("100", "23.88")).unwrap();
        let half = Record {
            external_id: "half".to_owned(),
            redeemed_dirams: first.restored.dirams(),
            accrued_dirams: first.revoked.dirams(),
            cash_dirams: first.cash.dirams(),
            return_of: Some("sale".to_owned()),
            ..record(Kind::Return, "500")
        };
        let journal = [sale.clone(), half];
        assert_eq!(returned(&journal, "sale"), somoni("500"));
        let second = propose(&sale, &journal, somoni("500"), &said("100", "23.87")).unwrap();
        assert_eq!(first.cash + second.cash, somoni("955"));
        assert_eq!(first.restored + second.restored, somoni("45"));
        assert!(propose(&sale, &journal, somoni("500.01"), &said("100", "0")).is_err());
    }
}
