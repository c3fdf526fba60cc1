//! Tests of reading a list of stock.

use cashier_api::requests::SyncRequest;
use cashier_api::{RequestError, messages};

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

#[test]
fn stock_is_a_list_without_repetitions() {
    let item = r#"{"sku": "A", "name": "Товар", "quantity": 0}"#;
    let read = |items: &str| SyncRequest::read(format!(r#"{{"items": {items}}}"#).as_bytes());
    assert_eq!(read(&format!("[{item}]")).unwrap().items.len(), 1);
    assert_eq!(
        complaints(read(&format!("[{item}, {item}]"))),
        ["items[1].sku: повторяется в этом запросе"]
    );
    assert_eq!(complaints(read("{}")), ["items: должно быть списком"]);
    assert_eq!(
        complaints(SyncRequest::read(br#"{"deactivate_missing": true}"#)),
        ["items: обязательное поле"]
    );
    for nothing in ["", "5, {}"] {
        let body = format!(r#"{{"items": [{nothing}], "deactivate_missing": true}}"#);
        assert_eq!(
            complaints(SyncRequest::read(body.as_bytes())),
            ["items: нет ни одного товара: так отключились бы все"]
        );
    }
}

#[test]
fn usable_items_are_read_and_the_others_named() {
    let long = "я".repeat(501);
    let body = format!(
        r#"{{"items": [
            {{"sku": 4711, "name": "{long}", "category_code": 5, "quantity": -3}},
            {{"sku": "B", "name": "Сыр", "quantity": 0.12345}},
            {{"name": "Без артикула", "quantity": 1}},
            {{"sku": " ", "name": "", "quantity": "много"}},
            {{"sku": "C", "name": "Хлеб"}},
            7
        ]}}"#
    );
    let sync = SyncRequest::read(body.as_bytes()).unwrap();
    let quantities: Vec<i64> = sync
        .items
        .iter()
        .map(|item| item.quantity.0.thousandths())
        .collect();
    assert_eq!(quantities, [-3_000, 123]);
    assert_eq!(sync.items[0].sku, "4711");
    assert_eq!(sync.items[0].name.chars().count(), 500);
    let skipped: Vec<String> = sync
        .skipped
        .iter()
        .map(|item| format!("{} {:?} {}", item.index, item.sku, item.reason))
        .collect();
    assert_eq!(
        skipped,
        [
            "2 None sku — обязательное поле",
            "3 None name — обязательное поле; quantity — должно быть числом; sku — обязательное поле",
            r#"4 Some("C") quantity — обязательное поле"#,
            "5 None должно быть объектом JSON",
        ]
    );
}
