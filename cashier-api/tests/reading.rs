//! Requests: what is read, and what is said about what cannot be.

use cashier_api::RequestError;
use cashier_api::requests::{
    CalculateReturnRequest, Line, ReceiptRequest, RedeemRequest, RegisterRequest, ReturnRequest,
    SaleRequest, SyncRequest,
};

const GOOD_SALE: &str = r#"{"client_phone": "+992901234567", "total_amount": 1000.00}"#;

/// The wrong fields, as `field: message` lines.
fn complaints<T: std::fmt::Debug>(result: Result<T, RequestError>) -> Vec<String> {
    match result {
        Err(RequestError::Invalid(errors)) => errors
            .iter()
            .map(|(field, message)| format!("{field}: {message}"))
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
fn the_document_s_full_sale_is_read_whole() {
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
            r#""external_sale_id": 5"#,
            "external_sale_id: должно быть строкой",
        ),
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
        (
            r#""sale_date": "вчера""#,
            "sale_date: дата в формате ISO 8601, например 2026-06-05T14:30:00",
        ),
        (r#""lines": {}"#, "lines: должно быть списком"),
        (r#""lines": [1]"#, "lines[0]: должно быть объектом JSON"),
        (
            r#""lines": [{"name": "a", "quantity": 0, "unit_price": 1, "line_amount": 1}]"#,
            "lines[0].quantity: должно быть больше нуля",
        ),
        (
            r#""lines": [{"name": " ", "quantity": 1, "unit_price": 1, "line_amount": 1}]"#,
            "lines[0].name: обязательное поле",
        ),
    ] {
        assert_eq!(complaints(sale_with(members)), [complaint], "{members}");
    }
}

#[test]
fn every_wrong_field_is_named_but_not_without_end() {
    let complaints_of = |body: &str| complaints(SaleRequest::read(body.as_bytes()));
    assert_eq!(
        complaints_of(r#"{"total_amount": null, "redeem_mode": "x", "lines": [{}, 5]}"#),
        [
            "client_phone: обязательное поле",
            "lines[0].line_amount: обязательное поле",
            "lines[0].name: обязательное поле",
            "lines[0].quantity: обязательное поле",
            "lines[0].unit_price: обязательное поле",
            "lines[1]: должно быть объектом JSON",
            "redeem_mode: должно быть payment_type или discount",
            "total_amount: обязательное поле",
        ]
    );
    let lines = vec!["{}"; 1000].join(",");
    assert_eq!(
        complaints_of(&format!(r#"{{"lines": [{lines}]}}"#)).len(),
        20
    );
    let lines = vec!["0"; 1001].join(",");
    let body = format!(r#"{{"client_phone": "901234567", "total_amount": 1, "lines": [{lines}]}}"#);
    assert_eq!(complaints_of(&body), ["lines: не больше 1000 строк"]);
}

#[test]
fn what_is_not_json_is_malformed_and_what_is_no_object_is_wrong() {
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
fn what_looks_like_no_number_inside_a_text_stays_text() {
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
fn a_redemption_is_above_zero_and_within_the_check() {
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
fn a_return_names_its_sale_or_what_to_revoke() {
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
fn a_registration_takes_a_phone_and_no_card() {
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

#[test]
fn stock_is_a_list_without_repetitions() {
    let item = r#"{"sku": "A", "name": "Товар", "quantity": 0}"#;
    let read = |items: &str| SyncRequest::read(format!(r#"{{"items": {items}}}"#).as_bytes());
    assert_eq!(read(&format!("[{item}]")).unwrap().items.len(), 1);
    assert_eq!(
        complaints(read(&format!("[{item}, {item}]"))),
        ["items[1].sku: повторяется в этом запросе"]
    );
    assert_eq!(
        complaints(SyncRequest::read(br#"{"deactivate_missing": true}"#)),
        ["items: обязательное поле"]
    );
}
