//! Tests of reading requests, and of the errors for what cannot be read.

use cashier_api::requests::{
    CalculateReturnRequest, Line, ReceiptRequest, RedeemRequest, RegisterRequest, ReturnRequest,
    SaleRequest, SyncRequest,
};
use cashier_api::{RequestError, messages};

const GOOD_SALE: &str = r#"{"client_phone": "+992901234567", "total_amount": 1000.00}"#;

/// Returns the wrong fields as `field: message` lines.
fn complaints<T: std::fmt::Debug>(result: Result<T, RequestError>) -> Vec<String> {
    match result {
        Err(RequestError::Invalid(errors)) => errors
            .iter()
            .map(|(field, error)| format!("{field}: {}", messages::wrong_field(error)))
            .collect(),
        other => vec![format!("no wrong fields: {other:?}")],
    }
}

fn sale_with(members: &str) -> Result<SaleRequest, RequestError> {
    let body = format!(r#"{{"client_phone": "901234567", "total_amount": "200", {members}}}"#);
    SaleRequest::read(body.as_bytes())
}

#[test]
fn a_sale_needs_only_a_client_and_a_total() {
    let sale = SaleRequest::read(GOOD_SALE.as_bytes()).unwrap();
    assert_eq!(
        serde_json::to_string(&sale).unwrap(),
        r#"{"client_phone":"+992901234567","total_amount":1000,"bonus_redeem_amount":0,"redeem_mode":"payment_type"}"#
    );
    let with_mark = format!("\u{feff}{GOOD_SALE}");
    assert_eq!(SaleRequest::read(with_mark.as_bytes()).unwrap(), sale);
}

#[test]
fn the_full_sale_of_seed_is_read_whole() {
    let sale = sale_with(
        r#""bonus_redeem_amount": 50.00, "redeem_mode": "discount", "gross_amount": 250.00,
           "external_sale_id": " a1 ", "receipt_number": "", "cashier_node_id": 1,
           "cashier_id": 7, "payment_method": "card", "sale_date": "2026-06-05T14:30:00",
           "unknown": {"a": [1]},
           "lines": [{"sku": "SKU-001", "category_code": null, "name": "Молоко 1л",
                      "quantity": 1.250, "unit_price": 20.00, "line_amount": 25.00}]"#,
    )
    .unwrap();
    assert_eq!(
        serde_json::to_string(&sale).unwrap(),
        r#"{"client_phone":"+992901234567","total_amount":200,"gross_amount":250,"bonus_redeem_amount":50,"redeem_mode":"discount","external_sale_id":"a1","cashier_node_id":1,"cashier_id":"7","payment_method":"card","sale_date":"2026-06-05T14:30:00+00:00","lines":[{"sku":"SKU-001","name":"Молоко 1л","quantity":1.25,"unit_price":20,"line_amount":25}]}"#
    );
    let Line { sku, .. } = &sale.lines[0];
    assert_eq!(sku.as_deref(), Some("SKU-001"));
}

#[test]
fn null_and_empty_are_absent() {
    let sale = sale_with(
        r#""external_sale_id": "  ", "gross_amount": null, "bonus_redeem_amount": null,
           "redeem_mode": null, "cashier_id": null, "sale_date": null, "lines": null"#,
    );
    assert_eq!(sale, sale_with(r#""x": 1"#));
}

#[test]
fn each_wrong_value_gets_its_message() {
    let long = "я".repeat(192);
    for (members, complaint) in [
        (
            r#""gross_amount": true"#,
            "gross_amount: должно быть числом",
        ),
        (
            r#""gross_amount": "ten""#,
            "gross_amount: должно быть числом",
        ),
        (r#""gross_amount": NaN"#, "gross_amount: должно быть числом"),
        (
            r#""gross_amount": -Infinity"#,
            "gross_amount: должно быть числом",
        ),
        (
            r#""receipt_number": NaN"#,
            "receipt_number: должно быть строкой",
        ),
        (
            r#""receipt_number": true"#,
            "receipt_number: должно быть строкой",
        ),
        (r#""gross_amount": [1]"#, "gross_amount: должно быть числом"),
        (
            r#""gross_amount": -1"#,
            "gross_amount: не может быть отрицательным",
        ),
        (
            r#""gross_amount": 1.234"#,
            "gross_amount: не больше 2 знаков после запятой",
        ),
        (
            r#""gross_amount": 1e400"#,
            "gross_amount: слишком большое число",
        ),
        (
            r#""gross_amount": 1000000000.01"#,
            "gross_amount: слишком большое число",
        ),
        (
            r#""redeem_mode": "cash""#,
            "redeem_mode: должно быть payment_type или discount",
        ),
        (r#""redeem_mode": 1"#, "redeem_mode: должно быть строкой"),
        (
            r#""external_sale_id": "a\u0000b""#,
            "external_sale_id: содержит недопустимый символ",
        ),
        (
            r#""external_sale_id": "\ud800""#,
            "external_sale_id: должно быть строкой",
        ),
        (
            &format!(r#""external_sale_id": "{long}""#),
            "external_sale_id: не длиннее 191 символов",
        ),
        (
            r#""cashier_node_id": 1.5"#,
            "cashier_node_id: должно быть целым числом",
        ),
        (
            r#""cashier_node_id": 99999999999999999999"#,
            "cashier_node_id: должно быть целым числом",
        ),
        (r#""cashier_id": {}"#, "cashier_id: должно быть строкой"),
        (r#""sale_date": {}"#, "sale_date: должно быть строкой"),
    ] {
        assert_eq!(complaints(sale_with(members)), [complaint], "{members}");
    }
}

#[test]
fn every_wrong_field_is_named_up_to_twenty() {
    let complaints_of = |body: &str| complaints(SaleRequest::read(body.as_bytes()));
    assert_eq!(
        complaints_of(r#"{"total_amount": null, "redeem_mode": "x", "lines": [{}, 5]}"#),
        [
            "client_phone: обязательное поле",
            "redeem_mode: должно быть payment_type или discount",
            "total_amount: обязательное поле",
        ]
    );
    let item = r#"{"sku": "A", "name": "Товар", "quantity": 1}"#;
    let body = format!(r#"{{"items": [{}]}}"#, vec![item; 1000].join(","));
    assert_eq!(complaints(SyncRequest::read(body.as_bytes())).len(), 20);
}

#[test]
fn a_wrong_line_does_not_refuse_its_sale() {
    let good = r#"{"name": "Молоко", "quantity": 1, "unit_price": 20, "line_amount": 20}"#;
    for (line, kept) in [
        (
            good,
            r#"{"name":"Молоко","quantity":1,"unit_price":20,"line_amount":20}"#,
        ),
        (
            r#"{"name": "Скидка", "quantity": 1, "unit_price": -5.5, "line_amount": -5.5}"#,
            r#"{"name":"Скидка","quantity":1,"unit_price":-5.5,"line_amount":-5.5}"#,
        ),
        (
            r#"{"name": "Возврат", "quantity": -2, "unit_price": 10, "line_amount": -20}"#,
            r#"{"name":"Возврат","quantity":-2,"unit_price":10,"line_amount":-20}"#,
        ),
        (
            r#"{"name": "Подарок", "quantity": 0, "unit_price": 0, "line_amount": 0}"#,
            r#"{"name":"Подарок","quantity":0,"unit_price":0,"line_amount":0}"#,
        ),
        (
            r#"{"name": "Сыр", "quantity": 0.33349, "unit_price": 33.333333333333336, "line_amount": 11.115}"#,
            r#"{"name":"Сыр","quantity":0.333,"unit_price":33.33,"line_amount":11.12}"#,
        ),
        (
            r#"{"sku": 4711, "category_code": 17, "name": 7, "quantity": "1", "unit_price": "2", "line_amount": "2"}"#,
            r#"{"sku":"4711","category_code":"17","name":"7","quantity":1,"unit_price":2,"line_amount":2}"#,
        ),
    ] {
        let sale = sale_with(&format!(r#""lines": [{line}]"#)).unwrap();
        assert_eq!(
            serde_json::to_string(&sale.lines).unwrap(),
            format!("[{kept}]")
        );
        assert_eq!(sale.lines_skipped, 0, "{line}");
    }
    let alone = sale_with(&format!(r#""lines": {good}"#)).unwrap();
    assert_eq!((alone.lines.len(), alone.lines_skipped), (1, 0));
    for line in [
        "1",
        "null",
        "[]",
        "{}",
        "NaN",
        r#"{"name": " ", "quantity": 1, "unit_price": 1, "line_amount": 1}"#,
        r#"{"name": "a\u0000b", "quantity": 1, "unit_price": 1, "line_amount": 1}"#,
        r#"{"name": "a", "quantity": 1e400, "unit_price": 1, "line_amount": 1}"#,
        r#"{"name": "a", "quantity": 1, "unit_price": true, "line_amount": 1}"#,
        r#"{"name": "a", "quantity": 1, "unit_price": 1}"#,
        r#"{"sku": {}, "name": "a", "quantity": 1, "unit_price": 1, "line_amount": 1}"#,
    ] {
        let sale = sale_with(&format!(r#""lines": [{good}, {line}]"#)).unwrap();
        assert_eq!((sale.lines.len(), sale.lines_skipped), (1, 1), "{line}");
    }
    for (lines, skipped) in [("5", 1), ("{}", 1), ("\"x\"", 1), ("null", 0), ("[]", 0)] {
        let sale = sale_with(&format!(r#""lines": {lines}"#)).unwrap();
        assert_eq!(
            (sale.lines.len(), sale.lines_skipped),
            (0, skipped),
            "{lines}"
        );
    }
}

#[test]
fn lines_are_cut_and_counted() {
    let (name, code) = ("я".repeat(300), "я".repeat(100));
    let long = format!(
        r#"{{"sku": "{code}", "category_code": "{code}", "name": "{name}", "quantity": 1, "unit_price": 1, "line_amount": 1}}"#
    );
    let sale = sale_with(&format!(r#""lines": [{}]"#, vec![long; 1003].join(","))).unwrap();
    assert_eq!((sale.lines.len(), sale.lines_skipped), (1000, 3));
    let Line {
        sku,
        category_code,
        name,
        ..
    } = &sale.lines[0];
    for code in [sku, category_code] {
        assert_eq!(code.as_ref().unwrap().chars().count(), 64);
    }
    assert_eq!(name.chars().count(), 200);
}

#[test]
fn numbers_are_accepted_as_codes_and_identifiers() {
    let sale = sale_with(
        r#""external_sale_id": 1001, "receipt_number": 4711, "cashier_id": 7, "payment_method": 1"#,
    )
    .unwrap();
    assert_eq!(sale.external_sale_id.as_deref(), Some("1001"));
    assert_eq!(sale.receipt_number.as_deref(), Some("4711"));
    assert_eq!(sale.cashier_id.as_deref(), Some("7"));
    assert_eq!(sale.payment_method.as_deref(), Some("1"));
    let by_number = SaleRequest::read(br#"{"client_phone": 901234567, "total_amount": 1}"#);
    let by_text = SaleRequest::read(br#"{"client_phone": "901234567", "total_amount": 1}"#);
    assert_eq!(by_number, by_text);
    assert!(RegisterRequest::read(br#"{"phone": 992901234567}"#).is_ok());
    let receipt = ReceiptRequest::read(br#"{"total_amount": 1, "external_receipt_id": 5}"#);
    assert_eq!(receipt.unwrap().external_receipt_id.as_deref(), Some("5"));
}

#[test]
fn a_sale_with_an_impossible_date_is_kept() {
    for date in [
        "",
        "  ",
        "0001-01-01T00:00:00",
        "2026-02-30T00:00:00",
        "10000-01-01",
    ] {
        let sale = sale_with(&format!(r#""sale_date": "{date}""#)).unwrap();
        assert_eq!(sale.sale_date, None, "{date}");
    }
}

#[test]
fn malformed_json_differs_from_json_that_is_no_object() {
    for body in [
        &b""[..],
        b"{",
        b"{\"a\":}",
        b"\xff\xfe{}",
        b"NaN}",
        b"{'a': 1}",
        b"{\"a\": nan}",
    ] {
        assert_eq!(
            SaleRequest::read(body),
            Err(RequestError::Malformed),
            "{body:?}"
        );
    }
    for body in ["[]", "5", "null", "\"{}\""] {
        let complaint = complaints(SaleRequest::read(body.as_bytes()));
        assert_eq!(complaint, ["body: должно быть объектом JSON"], "{body}");
    }
}

#[test]
fn nan_inside_a_string_stays_text() {
    let sale = sale_with(r#""external_sale_id": "NaN \" Infinity", "unknown": NaN"#);
    assert_eq!(
        sale.unwrap().external_sale_id.as_deref(),
        Some("NaN \" Infinity")
    );
}

#[test]
fn deep_nesting_is_ignored_without_a_stack_overflow() {
    let deep = format!(
        r#""unknown": {}{}"#,
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(sale_with(&deep).is_ok());
}

#[test]
fn a_redemption_is_above_zero_and_within_the_total() {
    let read = |amount, total| {
        let body = format!(
            r#"{{"client_phone": "001-0000123", "amount": {amount}, "total_amount": {total}}}"#
        );
        RedeemRequest::read(body.as_bytes())
    };
    assert!(read("50", "200").unwrap().sums().check().is_ok());
    assert_eq!(
        complaints(read("0", "200")),
        ["amount: должно быть больше нуля"]
    );
    assert_eq!(
        complaints(read("201", "200")),
        ["amount: не может быть больше total_amount"]
    );
}

#[test]
fn a_return_names_its_sale_or_the_bonuses_to_revoke() {
    let alone = br#"{"client_phone": "901234567"}"#;
    let complaint = "bonus_to_revoke: обязательное поле, если нет original_external_sale_id";
    assert_eq!(complaints(CalculateReturnRequest::read(alone)), [complaint]);
    assert_eq!(complaints(ReturnRequest::read(alone)), [complaint]);
    let settled = br#"{"client_phone": "901234567", "bonus_to_revoke": 5, "shortage_settled": 1}"#;
    assert_eq!(
        complaints(ReturnRequest::read(settled)),
        ["shortage_settled: должно быть true или false"]
    );
}

#[test]
fn a_registration_takes_a_phone_but_not_a_card() {
    let read = |phone: &str| RegisterRequest::read(format!(r#"{{"phone": "{phone}"}}"#).as_bytes());
    assert!(read("(90) 123-45-67").is_ok());
    assert_eq!(complaints(read("001-0000123")).len(), 1);
}

#[test]
fn a_receipt_needs_a_total() {
    assert_eq!(
        complaints(ReceiptRequest::read(b"{}")),
        ["total_amount: обязательное поле"]
    );
}
