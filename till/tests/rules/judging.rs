//! Tests of how answers are judged.

use cashier_api::{ErrorCode, Failure, Reason, Success, refusal_status};
use domain::{FieldError, FieldErrors, Money, Refusal, ReturnBalance};
use proptest::prelude::*;
use till::outgoing::{Answer, Outgoing, Recorded, Refused, Verdict, judge};

use crate::documents::{every_document, receipt, receipt_data, some_return, some_sale};

fn http(status: u16, body: &impl serde::Serialize) -> Answer {
    let body = serde_json::to_string(body).unwrap();
    Answer::Http { status, body }
}

fn success(recorded: &Recorded) -> Answer {
    match recorded {
        Recorded::Sale(data) => http(201, &Success::new(data)),
        Recorded::Receipt(data) => http(201, &Success::new(data)),
        Recorded::Return(data) => http(201, &Success::new(data)),
    }
}

fn failed(code: ErrorCode) -> Answer {
    http(code.status(), &Failure::new(code))
}

fn refused(refusal: &Refusal) -> Answer {
    http(refusal_status(refusal), &Failure::from(refusal))
}

proptest! {
    #[test]
    fn only_a_definite_answer_ends_a_document(
        status: u16,
        body in prop_oneof![
            any::<String>(),
            Just("<html>502 Bad Gateway</html>".to_owned()),
            Just(r#"{"success":true,"data":{}}"#.to_owned()),
            Just(r#"{"success":true,"data":null}"#.to_owned()),
            Just(r#"{"success":true,"error":"?","code":"duplicate_sale"}"#.to_owned()),
            Just(r#"{"error":"no code"}"#.to_owned()),
        ],
    ) {
        let answer = Answer::Http { status, body };
        for (outgoing, ..) in every_document() {
            prop_assert_eq!(judge(&outgoing, &answer), Verdict::Again);
        }
    }
}

#[test]
fn a_document_recorded_now_or_before_is_done() {
    for (outgoing, recorded, duplicate) in every_document() {
        let done = Verdict::Done(recorded.clone());
        assert_eq!(judge(&outgoing, &success(&recorded)), done);
        let failure = match &recorded {
            Recorded::Sale(data) => Failure::new(duplicate).with_data(data),
            Recorded::Receipt(data) => Failure::new(duplicate).with_data(data),
            Recorded::Return(data) => Failure::new(duplicate).with_data(data),
        };
        assert_eq!(judge(&outgoing, &http(422, &failure)), done);
    }
}

#[test]
fn the_answer_to_another_kind_of_document_does_not_count() {
    let answer = success(&Recorded::Receipt(receipt_data()));
    assert_eq!(judge(&some_sale(), &answer), Verdict::Again);
    let failure = Failure::new(ErrorCode::DuplicateReceipt).with_data(&receipt_data());
    let verdict = judge(&some_sale(), &http(422, &failure));
    assert!(matches!(verdict, Verdict::Refused(_)), "{verdict:?}");
}

#[test]
fn a_document_is_sent_again_if_the_server_is_busy_or_failing() {
    for code in [
        ErrorCode::TooManyRequests,
        ErrorCode::Timeout,
        ErrorCode::StorageFull,
        ErrorCode::Unavailable,
        ErrorCode::Internal,
    ] {
        assert_eq!(judge(&some_sale(), &failed(code)), Verdict::Again);
    }
}

#[test]
fn a_till_that_is_refused_keeps_its_documents() {
    let shutting = [
        ErrorCode::BadTenantToken,
        ErrorCode::BadCashierToken,
        ErrorCode::CashierDisabled,
        ErrorCode::StoreSuspended,
        ErrorCode::DeviceIdRequired,
        ErrorCode::DeviceMismatch,
        ErrorCode::NotFound,
        ErrorCode::MethodNotAllowed,
    ];
    for code in shutting {
        let Verdict::Stop(refused) = judge(&some_sale(), &failed(code)) else {
            panic!("{code:?}");
        };
        assert_eq!(refused.reason, Some(Reason::Failed(code)));
        assert_eq!(refused.status, code.status());
    }
}

#[test]
fn a_refusal_by_the_rules_is_final_and_has_its_figures() {
    let no = |outgoing: &Outgoing, refusal: &Refusal| -> Refused {
        match judge(outgoing, &refused(refusal)) {
            Verdict::Refused(refused) => refused,
            other => panic!("{other:?}"),
        }
    };
    let max_redeem = Money::from_dirams(15_050);
    let over = Refusal::OverRedeemLimit { max_redeem };
    let refused = no(&some_sale(), &over);
    assert_eq!(refused.reason, Some(Reason::Refused(over)));
    assert_eq!(refused.reason.unwrap().max_redeem(), Some(max_redeem));

    let blocked = no(&some_sale(), &Refusal::ClientBlocked);
    assert_eq!(blocked.status, 403);
    assert_eq!(blocked.reason.unwrap().max_redeem(), None);

    let field = Refusal::field("total_amount", FieldError::TooLarge);
    let wrong = no(&receipt(Money::ZERO), &field);
    let invalid = Refusal::Invalid(FieldErrors::default());
    assert_eq!(wrong.reason, Some(Reason::Refused(invalid)));

    let short = ReturnBalance {
        available: Money::ZERO,
        to_revoke: Money::from_somoni(50),
        cash_due: None,
    };
    let short = no(&some_return(), &Refusal::ReturnShortage(short));
    assert!(matches!(
        short.reason,
        Some(Reason::Refused(Refusal::ReturnShortage(_)))
    ));
}
