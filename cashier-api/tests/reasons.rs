//! Tests that a client reads the refusal that the rules have made.

use cashier_api::{ErrorCode, Failure, Reason};
use domain::{FieldErrors, Money, Refusal, ReturnBalance, Timestamp};

/// Lists every variant of [`Refusal`] except `Invalid`.
fn refusals() -> Vec<Refusal> {
    let figure = Money::from_dirams(15_050);
    let (max_redeem, left, limit, minimum) = (figure, figure, figure, Money::from_somoni(200));
    let short = ReturnBalance {
        available: Money::from_somoni(20),
        to_revoke: Money::from_somoni(50),
        cash_due: Some(Money::from_somoni(10)),
    };
    let refusals = vec![
        Refusal::ClientNotFound,
        Refusal::ClientBlocked,
        Refusal::BelowMinPurchase { minimum },
        Refusal::InsufficientBonuses { max_redeem },
        Refusal::BonusesOnHold { max_redeem },
        Refusal::OverRedeemLimit { max_redeem },
        Refusal::WelcomeBelowMinimum {
            max_redeem,
            minimum,
        },
        Refusal::PhoneChanged {
            until: Timestamp::from_micros(1_780_669_800_000_000),
        },
        Refusal::CashierNodeMismatch,
        Refusal::SaleNotFound,
        Refusal::SaleHasReturns,
        Refusal::SaleTooOld,
        Refusal::ReceiptNotFound,
        Refusal::ReceiptTooOld,
        Refusal::OverReturn { left },
        Refusal::OverRefund { limit },
        Refusal::OverRevoke { limit },
        Refusal::OverRestore { limit },
        Refusal::ReturnShortage(short),
    ];
    for refusal in &refusals {
        // Without a variant this match does not compile, so a new refusal is added to the list too.
        match refusal {
            Refusal::Invalid(_)
            | Refusal::ClientNotFound
            | Refusal::ClientBlocked
            | Refusal::BelowMinPurchase { .. }
            | Refusal::InsufficientBonuses { .. }
            | Refusal::BonusesOnHold { .. }
            | Refusal::OverRedeemLimit { .. }
            | Refusal::WelcomeBelowMinimum { .. }
            | Refusal::PhoneChanged { .. }
            | Refusal::CashierNodeMismatch
            | Refusal::SaleNotFound
            | Refusal::SaleHasReturns
            | Refusal::SaleTooOld
            | Refusal::ReceiptNotFound
            | Refusal::ReceiptTooOld
            | Refusal::OverReturn { .. }
            | Refusal::OverRefund { .. }
            | Refusal::OverRevoke { .. }
            | Refusal::OverRestore { .. }
            | Refusal::ReturnShortage(_) => {}
        }
    }
    refusals
}

/// Returns the reason that a client reads from a failure.
fn read_back(failure: &Failure) -> Option<Reason> {
    let json = serde_json::to_string(failure).ok()?;
    let answer: Failure = serde_json::from_str(&json).ok()?;
    answer.reason()
}

#[test]
fn every_refusal_is_read_back_with_its_figures() {
    for refusal in refusals() {
        let read = read_back(&Failure::from(&refusal));
        assert_eq!(read, Some(Reason::Refused(refusal)));
    }
    let wrong = Refusal::Invalid(FieldErrors::default());
    let read = read_back(&Failure::from(&wrong));
    assert_eq!(read, Some(Reason::Refused(wrong)));
}

#[test]
fn every_other_failure_is_read_back() {
    for code in ErrorCode::ALL {
        let read = read_back(&Failure::new(code));
        assert_eq!(read, Some(Reason::Failed(code)));
    }
}

#[test]
fn a_shortage_without_a_known_sale_is_read_back() {
    let balance = ReturnBalance {
        available: Money::from_somoni(20),
        to_revoke: Money::from_somoni(50),
        cash_due: None,
    };
    let sent = Failure::from(&Refusal::ReturnShortage(balance));
    let Some(Reason::Refused(Refusal::ReturnShortage(read))) = read_back(&sent) else {
        panic!("{sent:?}");
    };
    assert_eq!(read.shortage(), balance.shortage());
    assert_eq!(read.cash_equivalent(), balance.cash_equivalent());
}

#[test]
fn an_unknown_code_or_a_missing_figure_gives_no_reason() {
    let answer = |code: &str, data: &str| -> Failure {
        let json = format!(r#"{{"success":false,"error":"?","code":"{code}","data":{data}}}"#);
        serde_json::from_str(&json).unwrap()
    };
    for (code, data) in [
        ("of_a_later_version", "null"),
        ("over_return", "null"),
        ("over_return", "[1]"),
        ("over_return", r#"{"max_return_amount":"much"}"#),
        ("welcome_below_minimum", r#"{"max_redeem_amount":1}"#),
    ] {
        assert_eq!(answer(code, data).reason(), None, "{code} {data}");
    }
}
