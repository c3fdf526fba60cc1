//! What a client reads of a refusal is what the rules have said.

use cashier_api::{ErrorCode, Failure, Reason};
use domain::{FieldError, FieldErrors, Money, Refusal, ReturnBalance};

/// Every refusal but wrong fields, as many as [`Refusal`] has.
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
        Refusal::CashierNodeMismatch,
        Refusal::SaleNotFound,
        Refusal::ReceiptNotFound,
        Refusal::ReceiptTooOld,
        Refusal::OverReturn { left },
        Refusal::OverRefund { limit },
        Refusal::OverRevoke { limit },
        Refusal::OverRestore { limit },
        Refusal::ReturnShortage(short),
    ];
    for refusal in &refusals {
        // A new refusal does not compile here before it stands in the list.
        match refusal {
            Refusal::Invalid(_)
            | Refusal::ClientNotFound
            | Refusal::ClientBlocked
            | Refusal::BelowMinPurchase { .. }
            | Refusal::InsufficientBonuses { .. }
            | Refusal::BonusesOnHold { .. }
            | Refusal::OverRedeemLimit { .. }
            | Refusal::WelcomeBelowMinimum { .. }
            | Refusal::CashierNodeMismatch
            | Refusal::SaleNotFound
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

/// Every error that a field can have, as many as [`FieldError`] has.
fn field_errors() -> Vec<FieldError> {
    let errors = vec![
        FieldError::Required,
        FieldError::RequiredWithoutSale,
        FieldError::Unreadable,
        FieldError::NotAnObject,
        FieldError::NotAList,
        FieldError::NotAString,
        FieldError::NotABoolean,
        FieldError::NotANumber,
        FieldError::NotWhole,
        FieldError::NotARedeemMode,
        FieldError::NotAPhone,
        FieldError::NotAnIdentifier,
        FieldError::WrongCheckDigit,
        FieldError::ForbiddenCharacter,
        FieldError::Repeated,
        FieldError::KeepsNothing,
        FieldError::Negative,
        FieldError::NotPositive,
        FieldError::TooLarge,
        FieldError::BelowTotal,
        FieldError::AboveTotal,
        FieldError::AboveCheck,
        FieldError::NotTheSum,
        FieldError::HoldOutlivesBonuses,
        FieldError::NotPrintable { max: 255 },
        FieldError::TooLong { max: 191 },
        FieldError::TooManyRows { max: 20_000 },
        FieldError::TooManyProducts { max: 100_000 },
        FieldError::TooPrecise { decimals: 2 },
        FieldError::RedeemedBefore {
            redeemed: Money::from_dirams(750),
        },
    ];
    for error in &errors {
        // A new error does not compile here before it stands in the list.
        match error {
            FieldError::Required
            | FieldError::RequiredWithoutSale
            | FieldError::Unreadable
            | FieldError::NotAnObject
            | FieldError::NotAList
            | FieldError::NotAString
            | FieldError::NotABoolean
            | FieldError::NotANumber
            | FieldError::NotWhole
            | FieldError::NotARedeemMode
            | FieldError::NotAPhone
            | FieldError::NotAnIdentifier
            | FieldError::WrongCheckDigit
            | FieldError::ForbiddenCharacter
            | FieldError::NotPrintable { .. }
            | FieldError::TooLong { .. }
            | FieldError::TooManyRows { .. }
            | FieldError::TooManyProducts { .. }
            | FieldError::Repeated
            | FieldError::KeepsNothing
            | FieldError::Negative
            | FieldError::NotPositive
            | FieldError::TooPrecise { .. }
            | FieldError::TooLarge
            | FieldError::BelowTotal
            | FieldError::AboveTotal
            | FieldError::AboveCheck
            | FieldError::NotTheSum
            | FieldError::RedeemedBefore { .. }
            | FieldError::HoldOutlivesBonuses => {}
        }
    }
    errors
}

/// What a client reads of a failure that was sent.
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
}

#[test]
fn every_wrong_field_is_read_back_with_its_figures() {
    let mut fields = FieldErrors::default();
    for error in field_errors() {
        fields.add(error.code(), error);
    }
    assert_eq!(fields.iter().count(), field_errors().len());
    let json = serde_json::to_string(&Failure::from(&Refusal::Invalid(fields.clone()))).unwrap();
    let answer: Failure = serde_json::from_str(&json).unwrap();
    assert_eq!(answer.wrong_fields(), fields);
    let invalid = Refusal::Invalid(FieldErrors::default());
    assert_eq!(answer.reason(), Some(Reason::Refused(invalid)));
}

#[test]
fn a_field_error_of_a_later_version_is_left_out() {
    let json = r#"{"success":false,"error":"?","code":"invalid_fields","data":{"fields":
        {"a":{"code":"of_a_later_version"},"b":{"code":"too_long"},"c":{"code":"required","max":1}}}}"#;
    let answer: Failure = serde_json::from_str(json).unwrap();
    let known = FieldErrors::one("c", FieldError::Required);
    assert_eq!(answer.wrong_fields(), known);
}

#[test]
fn every_other_failure_is_read_back() {
    for code in ErrorCode::ALL {
        let read = read_back(&Failure::new(code));
        assert_eq!(read, Some(Reason::Failed(code)));
    }
}

#[test]
fn a_shortage_without_a_known_sale_is_read_as_far_as_it_is_told() {
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
fn an_unknown_code_and_a_missing_figure_are_no_reason() {
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
