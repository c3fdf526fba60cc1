//! Tests of wrong, absent and unknown fields of a request.

use domain::Programme;
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server};
use crate::reply::assert_answer;
use crate::state::state;

#[on_both_engines]
async fn every_wrong_field_is_named_at_once(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (till, before) = (server.till(), state(&server.shop).await);
    let sale = json!({
        "client_phone": "12",
        "total_amount": -1,
        "gross_amount": "x",
        "bonus_redeem_amount": 0.001,
        "redeem_mode": "gift",
        "external_sale_id": "x".repeat(192),
        "receipt_number": true,
        "cashier_node_id": 0,
        "payment_method": [],
        "sale_date": "вчера",
        "lines": [
            { "name": "", "quantity": 0, "unit_price": -1 },
            "Молоко",
            { "name": "x".repeat(501), "quantity": 0.0001, "unit_price": 1, "line_amount": 1 }
        ]
    });
    assert_answer!(till.post("/cashier/sale", sale).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: bonus_redeem_amount — не больше 2 знаков после запятой; cashier_node_id — должно быть целым числом; client_phone — введите телефон (9 цифр или с +), номер карты 001-0000123 или её штрихкод; external_sale_id — не длиннее 191 символов; gross_amount — должно быть числом; payment_method — должно быть строкой; receipt_number — должно быть строкой; redeem_mode — должно быть payment_type или discount; total_amount — не может быть отрицательным.",
    "code":"invalid_fields","fields":{"bonus_redeem_amount":"не больше 2 знаков после запятой",
    "cashier_node_id":"должно быть целым числом",
    "client_phone":"введите телефон (9 цифр или с +), номер карты 001-0000123 или её штрихкод",
    "external_sale_id":"не длиннее 191 символов","gross_amount":"должно быть числом",
    "payment_method":"должно быть строкой","receipt_number":"должно быть строкой",
    "redeem_mode":"должно быть payment_type или discount","total_amount":"не может быть отрицательным"}}
    "#);
    assert_answer!(till.post("/cashier/sale", json!({})).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: client_phone — обязательное поле; total_amount — обязательное поле.",
    "code":"invalid_fields","fields":{"client_phone":"обязательное поле",
    "total_amount":"обязательное поле"}}
    "#);
    assert_answer!(till.post("/cashier/redeem", json!({ "amount": 0 })).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: amount — должно быть больше нуля; client_phone — обязательное поле; total_amount — обязательное поле.",
    "code":"invalid_fields","fields":{"amount":"должно быть больше нуля",
    "client_phone":"обязательное поле","total_amount":"обязательное поле"}}
    "#);
    assert_answer!(till.post("/cashier/return", json!({ "return_amount": -1, "shortage_settled": "yes" })).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: bonus_to_revoke — обязательное поле, если нет original_external_sale_id; client_phone — обязательное поле; return_amount — не может быть отрицательным; shortage_settled — должно быть true или false.",
    "code":"invalid_fields",
    "fields":{"bonus_to_revoke":"обязательное поле, если нет original_external_sale_id",
    "client_phone":"обязательное поле","return_amount":"не может быть отрицательным",
    "shortage_settled":"должно быть true или false"}}
    "#);
    assert_answer!(till.post("/cashier/return/calculate", json!({ "return_amount": [] })).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: bonus_to_revoke — обязательное поле, если нет original_external_sale_id; client_phone — обязательное поле; return_amount — должно быть числом.",
    "code":"invalid_fields",
    "fields":{"bonus_to_revoke":"обязательное поле, если нет original_external_sale_id",
    "client_phone":"обязательное поле","return_amount":"должно быть числом"}}
    "#);
    assert_answer!(till.post("/cashier/receipt", json!({ "external_receipt_id": [1] })).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: external_receipt_id — должно быть строкой; total_amount — обязательное поле.",
    "code":"invalid_fields","fields":{"external_receipt_id":"должно быть строкой",
    "total_amount":"обязательное поле"}}
    "#);
    assert_answer!(till.post("/cashier/client/register", json!({ "phone": "001-0000001", "full_name": "x".repeat(256) })).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: full_name — не длиннее 255 символов; phone — введите телефон: 9 цифр или международный номер с +.",
    "code":"invalid_fields","fields":{"full_name":"не длиннее 255 символов",
    "phone":"введите телефон: 9 цифр или международный номер с +"}}
    "#);
    assert_answer!(server.office().post("/integration/inventory/sync", json!({ "deactivate_missing": 1 })).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: deactivate_missing — должно быть true или false; items — обязательное поле.",
    "code":"invalid_fields","fields":{"deactivate_missing":"должно быть true или false",
    "items":"обязательное поле"}}
    "#);
    let twice = json!({ "items": [
        { "sku": "1", "name": "Товар", "quantity": 1 },
        { "sku": "2", "name": "", "quantity": -1 },
        { "sku": "1", "name": "Товар", "quantity": 2 }
    ] });
    assert_answer!(server.office().post("/integration/inventory/sync", twice).await, @r#"
    422 {"success":false,"error":"Проверьте поля запроса: items[2].sku — повторяется в этом запросе.",
    "code":"invalid_fields","fields":{"items[2].sku":"повторяется в этом запросе"}}
    "#);
    assert_eq!(state(&server.shop).await, before);
}

#[on_both_engines]
async fn nulls_and_unknown_fields_change_nothing(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    till.register(PHONE).await;
    let plain = format!(r#"{{"client_phone":"{PHONE}","total_amount":"100"}}"#);
    let with_nulls = json!({
        "client_phone": PHONE, "total_amount": 100, "gross_amount": null, "bonus_redeem_amount": null,
        "redeem_mode": null, "external_sale_id": null, "receipt_number": null, "cashier_node_id": null,
        "cashier_id": null, "payment_method": null, "sale_date": null, "lines": null
    });
    let with_unknown = json!({
        "client_phone": "90 123-45-67", "total_amount": 100, "external_sale_id": "", "discount_card": {"a": [1]},
        "is_blocked": true, "tenant_id": 2, "lines": [], "cashier_id": 17
    });
    let with_mark = format!("\u{feff}{plain}");
    for body in [
        plain,
        with_nulls.to_string(),
        with_unknown.to_string(),
        with_mark,
    ] {
        let reply = till.post_text("/cashier/sale", body).await;
        assert_eq!(
            (reply.status, &reply.data()["bonus_accrued"]),
            (201, &json!(5)),
            "{reply}"
        );
    }
    // The content type of the body does not matter either.
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let body = json!({ "total_amount": 10 }).to_string();
        let reply = till
            .send(
                reqwest::Method::POST,
                "/api/v1/cashier/receipt",
                |request| request.header("content-type", kind).body(body),
            )
            .await;
        assert_eq!(reply.status, 201, "{kind}");
    }
}

#[on_both_engines]
async fn wrong_lines_do_not_refuse_a_sale_and_the_others_are_stored(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    till.register(PHONE).await;
    let sale = json!({
        "client_phone": PHONE, "total_amount": 100, "receipt_number": 4711, "external_sale_id": 1001,
        "lines": [
            { "sku": 7, "name": "x".repeat(300), "quantity": 0.3333, "unit_price": 33.3333, "line_amount": 11.115 },
            { "name": "Скидка", "quantity": 1, "unit_price": -5, "line_amount": -5 },
            { "name": "Возврат", "quantity": -1, "unit_price": 5, "line_amount": -5 },
            { "name": "Подарок", "quantity": 0, "unit_price": 0, "line_amount": 0 },
            "Молоко",
            { "name": "Без цены", "quantity": 1 },
            { "name": "a\u{0}b", "quantity": 1, "unit_price": 1, "line_amount": 1 }
        ]
    });
    assert_answer!(till.post("/cashier/sale", sale.clone()).await, @r#"
    201 {"success":true,"data":{"id":1,"total_amount":100,"bonus_accrued":5,"bonus_redeemed":0,
    "new_balance":5,"sale_date":"2026-06-05T14:30:00+00:00","accruals":[{"kind":"purchase","amount":5,
    "available_at":"2026-06-06T14:30:00+00:00"}],"lines_skipped":3}}
    "#);
    let shop = &server.shop;
    for (statement, expected) in [
        ("SELECT COUNT(*) FROM sale_lines WHERE tenant_id = $1", 4),
        (
            "SELECT CAST(SUM(quantity_thousandths) AS BIGINT) FROM sale_lines WHERE tenant_id = $1",
            333,
        ),
        (
            "SELECT CAST(SUM(line_dirams) AS BIGINT) FROM sale_lines WHERE tenant_id = $1",
            112,
        ),
        (
            "SELECT CAST(MAX(LENGTH(name)) AS BIGINT) FROM sale_lines WHERE tenant_id = $1",
            200,
        ),
    ] {
        assert_eq!(shop.number(statement).await, expected, "{statement}");
    }
    assert_eq!(
        till.post("/cashier/sale", sale).await.code(),
        "duplicate_sale"
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_body_that_is_not_a_json_object_is_refused(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    assert_answer!(till.post_text("/cashier/sale", "{\"client_phone\":").await, @r#"
    400 {"success":false,"error":"Тело запроса не является корректным JSON в кодировке UTF-8.",
    "code":"malformed_json"}
    "#);
    assert_answer!(till.post_text("/cashier/sale", "[]").await, @r#"
    422 {"success":false,"error":"Проверьте поля запроса: body — должно быть объектом JSON.",
    "code":"invalid_fields","fields":{"body":"должно быть объектом JSON"}}
    "#);
    for body in [
        &b""[..],
        b"\xff\xfe{}",
        b"{}{}",
        b"{'a':1}",
        b"client_phone=1",
        b"{\"a\":01}",
        b"\x00",
    ] {
        let reply = till.post_text("/cashier/sale", body).await;
        assert_eq!(
            (reply.status, reply.code()),
            (400, "malformed_json"),
            "{body:?}"
        );
    }
    for body in ["null", "1", "\"text\"", "true", "[{}]"] {
        let reply = till.post_text("/cashier/sale", body).await;
        assert_eq!(
            (reply.status, reply.code()),
            (422, "invalid_fields"),
            "{body}"
        );
    }
}

#[on_both_engines]
async fn lists_are_bounded(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (till, office) = (server.till(), server.office());
    till.register(PHONE).await;
    let line =
        json!({ "name": "Молоко", "quantity": "0.001", "unit_price": 0, "line_amount": 0.01 });
    let sale = |lines| json!({ "client_phone": PHONE, "total_amount": 10, "lines": vec![line.clone(); lines] });
    let sold = till.post("/cashier/sale", sale(1001)).await;
    assert_eq!(
        (sold.status, &sold.data()["lines_skipped"]),
        (201, &json!(1))
    );
    let lines = "SELECT COUNT(*) FROM sale_lines WHERE tenant_id = $1";
    assert_eq!(server.shop.number(lines).await, 1000);

    let stock = |items: i64| {
        let item = |sku: i64| json!({ "sku": sku.to_string(), "name": "Товар", "quantity": 1.5 });
        json!({ "items": (0..items).map(item).collect::<Vec<Value>>() })
    };
    assert_answer!(office.post("/integration/inventory/sync", stock(20_001)).await, @r#"
    422 {"success":false,"error":"Проверьте поля запроса: items — не больше 20000 строк.",
    "code":"invalid_fields","fields":{"items":"не больше 20000 строк"}}
    "#);
    assert_answer!(office.post("/integration/inventory/sync", stock(20_000)).await, @r#"200 {"success":true,"data":{"received":20000,"created":20000,"updated":0,"deactivated":0}}"#);
}

#[on_both_engines]
async fn a_field_that_stands_twice_is_refused(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    till.register(PHONE).await;
    let before = state(&server.shop).await;
    for (field, values) in [
        ("total_amount", "100, \"total_amount\": 5000"),
        ("total_amount", "null, \"total_amount\": 5000"),
        ("total_amount", "5000, \"total_amount\": null"),
        (
            "client_phone",
            "\"+992901234567\", \"client_phone\": \"+992901234568\"",
        ),
        ("bonus_redeem_amount", "5, \"bonus_redeem_amount\": null"),
        ("external_sale_id", "\"a\", \"external_sale_id\": \"a\""),
    ] {
        let others = [
            ("client_phone", format!("\"{PHONE}\"")),
            ("total_amount", "100".to_owned()),
        ];
        let others = others.iter().filter(|(name, _)| *name != field);
        let others: Vec<String> = others
            .map(|(name, value)| format!("\"{name}\": {value}, "))
            .collect();
        let others = others.concat();
        let body = format!("{{ {others}\"{field}\": {values} }}");
        let reply = till.post_text("/cashier/sale", body.clone()).await;
        assert_eq!(reply.status, 422, "{body}: {reply}");
        assert_eq!(
            reply.body["fields"][field], "указано больше одного раза",
            "{body}: {reply}"
        );
    }
    assert_eq!(state(&server.shop).await, before);
    // Fields that the API does not know are ignored, however often they stand there.
    let body = format!(r#"{{ "client_phone": "{PHONE}", "total_amount": 100, "x": 1, "x": 2 }}"#);
    assert_eq!(till.post_text("/cashier/sale", body).await.status, 201);
}
