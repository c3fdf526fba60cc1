//! Tests of what is sent to the server and what is stored meanwhile.

use cashier_api::requests::{ReceiptRequest, ReturnRequest, SaleRequest};
use cashier_api::{Reason, SentDate};
use domain::{Money, Refusal};
use proptest::prelude::*;
use till::clock::Clock;
use till::outgoing::{Age, Document, Outgoing, Refused, age};

use crate::documents::{
    ID, PHONE, every_document, outgoing, receipt, sale, some_return, some_sale,
};
use crate::strategies::{NOW, NOW_MS, money};

/// The number of the till.
const NODE: i64 = 7;

proptest! {
    #[test]
    fn the_server_reads_the_figures_of_the_document(total in money(), redeem in money(), late_ms in 0..120_000_i64) {
        // A request sent a minute later or more contains the moment of the document.
        let date = (late_ms >= 60_000).then_some(SentDate::from(NOW));
        let outgoing = sale(total, redeem);
        let now_ms = outgoing.made_at_ms + late_ms;
        let (path, body) = outgoing.request(NODE, now_ms).unwrap();
        prop_assert_eq!(path, "/cashier/sale");
        let request = SaleRequest::read(body.as_bytes()).unwrap();
        prop_assert_eq!(request.external_sale_id.as_deref(), Some(ID));
        prop_assert_eq!(request.total_amount.0, total);
        prop_assert_eq!(request.bonus_redeem_amount.0, redeem);
        prop_assert_eq!(request.sale_date, date);
        prop_assert_eq!(request.cashier_node_id, Some(NODE));
        prop_assert_eq!(outgoing.may_queue(), redeem.is_zero());

        let outgoing = receipt(total);
        let (path, body) = outgoing.request(NODE, now_ms).unwrap();
        prop_assert_eq!(path, "/cashier/receipt");
        let request = ReceiptRequest::read(body.as_bytes()).unwrap();
        prop_assert_eq!(request.external_receipt_id.as_deref(), Some(ID));
        prop_assert_eq!((request.total_amount.0, request.receipt_date), (total, date));
        prop_assert!(outgoing.may_queue());
    }
}

#[test]
fn a_return_contains_only_what_the_cashier_decided() {
    let (path, body) = some_return().request(NODE, NOW_MS).unwrap();
    assert_eq!(path, "/cashier/return");
    assert_eq!(
        body,
        format!(
            r#"{{"client_phone":"{PHONE}","return_amount":950.5,"shortage_settled":true,"original_external_sale_id":"the-sale","external_return_id":"{ID}"}}"#
        )
    );
    assert!(ReturnRequest::read(body.as_bytes()).is_ok());
    assert!(!some_return().may_queue());
}

#[test]
fn a_client_without_a_valid_identifier_is_not_sent() {
    let nobody = outgoing(Document::Sale {
        client: "Парвиз".to_owned(),
        total: Money::from_somoni(1),
        redeem: Money::ZERO,
    });
    let refused = Refused::from(nobody.request(NODE, NOW_MS).unwrap_err());
    assert_eq!(refused.status, 422);
    assert!(matches!(
        refused.reason,
        Some(Reason::Refused(Refusal::Invalid(_)))
    ));
}

#[test]
fn a_document_is_stored_and_read_back() {
    for (document, ..) in every_document() {
        let json = serde_json::to_string(&document).unwrap();
        assert_eq!(serde_json::from_str::<Outgoing>(&json).unwrap(), document);
    }
    let json = serde_json::to_string(&some_sale()).unwrap();
    assert!(
        json.contains(
            r#""document":{"sale":{"client":"+992901234567","total":20000,"redeem":5000}}"#
        ),
        "{json}"
    );
}

#[test]
fn a_document_made_with_a_wrong_clock_is_corrected_once() {
    const YEAR: i64 = 366 * 86_400_000;
    let phone_ms = NOW_MS - YEAR;
    let mut made = some_sale();
    let remembered = Clock::from_answer(NOW_MS - 60_000, NOW_MS - 60_000);
    made.made_at_ms = remembered.now_ms(phone_ms);
    made.guess = Some(remembered.guess(phone_ms));
    let json = serde_json::to_string(&made).unwrap();
    let mut read = serde_json::from_str::<Outgoing>(&json).unwrap();
    assert_eq!(read, made);

    let known = Clock::from_answer(NOW_MS + 3_600_000, phone_ms + 3_600_000);
    assert!(read.correct_moment(known, phone_ms + 3_600_000));
    assert_eq!(read.made_at_ms, NOW_MS);
    assert!(!read.correct_moment(Clock::default(), 0));
    assert_eq!(read.made_at_ms, NOW_MS);
    // Older versions of the program stored no guess.
    let before = json.replace(r#""guess":{"#, r#""of_no_account":{"#);
    assert_eq!(
        serde_json::from_str::<Outgoing>(&before).unwrap().guess,
        None
    );
}

#[test]
fn an_age_has_its_largest_unit() {
    const MINUTE: i64 = 60_000;
    for (passed, expected) in [
        (-MINUTE, Age::Seconds),
        (0, Age::Seconds),
        (MINUTE - 1, Age::Seconds),
        (MINUTE, Age::Minutes(1)),
        (60 * MINUTE - 1, Age::Minutes(59)),
        (60 * MINUTE, Age::Hours(1)),
        (1_440 * MINUTE - 1, Age::Hours(23)),
        (3_000 * MINUTE, Age::Days(2)),
        (i64::MIN, Age::Seconds),
    ] {
        assert_eq!(age(NOW_MS, NOW_MS.saturating_add(passed)), expected);
    }
    assert_eq!(age(i64::MIN, i64::MAX), Age::Days(i64::MAX / 86_400_000));
}
