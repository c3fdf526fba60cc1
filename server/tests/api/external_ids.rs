//! Tests of external ids: each has one effect, and its answer never contains another client's data.

use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, Till, without_hold};
use crate::reply::{Reply, assert_answer};
use crate::state::state;

pub(crate) const OTHER_PHONE: &str = "+992901234568";
pub(crate) const FISCAL: &str = "000123";
pub(crate) const UUID: &str = "a1b2c3d4-e5f6-4711-8899-aabbccddeeff";
pub(crate) const DAY_SECONDS: i64 = 86_400;

pub(crate) fn sale_body(phone: &str, total: i64, id: &str) -> Value {
    json!({ "client_phone": phone, "total_amount": total, "external_sale_id": id })
}

pub(crate) async fn sell(till: &Till, phone: &str, total: i64, id: &str) -> Reply {
    till.post("/cashier/sale", sale_body(phone, total, id))
        .await
}

/// Posts `body` and checks that it is refused as a conflict: with the code of a conflict, without
/// any data of the first document, and without any change.
pub(crate) async fn conflicts(server: &Server, till: &Till, path: &str, body: Value) {
    let before = state(&server.shop).await;
    let reply = till.post(path, body).await;
    assert_eq!(
        (reply.status, reply.code()),
        (422, "external_id_conflict"),
        "{reply}"
    );
    assert_eq!(reply.data(), &Value::Null, "{reply}");
    assert!(
        !reply.body["error"]
            .as_str()
            .unwrap()
            .contains("уже зарегистрирован"),
        "{reply}"
    );
    assert_eq!(state(&server.shop).await, before);
}

pub(crate) async fn two_clients(server: &Server) -> (Till, Till) {
    let till = server.till();
    till.register(PHONE).await;
    till.register(OTHER_PHONE).await;
    (till, server.second_till().await.1)
}

#[on_both_engines]
async fn a_fiscal_number_belongs_to_its_till(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (first, second) = two_clients(&server).await;
    let sold = sell(&first, PHONE, 100, FISCAL).await;
    assert_eq!(sold.status, 201, "{sold}");
    assert_eq!(sell(&second, OTHER_PHONE, 777, FISCAL).await.status, 201);
    assert_eq!(
        (first.balance(PHONE).await, first.balance(OTHER_PHONE).await),
        (json!(5), json!(38.85))
    );
    let again = sell(&first, PHONE, 100, FISCAL).await;
    assert_eq!((again.status, again.code()), (422, "duplicate_sale"));
    assert_eq!(again.data(), sold.data());
    conflicts(
        &server,
        &first,
        "/cashier/sale",
        sale_body(OTHER_PHONE, 100, FISCAL),
    )
    .await;
    conflicts(
        &server,
        &first,
        "/cashier/sale",
        sale_body(PHONE, 101, FISCAL),
    )
    .await;
    let mut with_bonuses = sale_body(PHONE, 100, FISCAL);
    with_bonuses["bonus_redeem_amount"] = json!(1);
    conflicts(&server, &first, "/cashier/sale", with_bonuses).await;
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_uuid_is_unique_within_the_store(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (first, second) = two_clients(&server).await;
    let sold = sell(&first, PHONE, 100, UUID).await;
    assert_answer!(sell(&second, OTHER_PHONE, 100, UUID).await, @r#"
    422 {"success":false,
    "error":"Под этим номером записан другой документ. Отправьте этот под новым номером.",
    "code":"external_id_conflict"}
    "#);
    let spelled = sell(&second, PHONE, 100, &UUID.to_uppercase()).await;
    assert_eq!(
        (spelled.code(), spelled.data()),
        ("duplicate_sale", sold.data())
    );
    assert_eq!(first.balance(PHONE).await, 5);
}

#[on_both_engines]
async fn a_repeat_that_the_rules_would_now_refuse_is_a_duplicate(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, _) = two_clients(&server).await;
    sell(&till, PHONE, 1000, "earlier").await;
    let mut spent = sale_body(PHONE, 200, UUID);
    spent["bonus_redeem_amount"] = json!(50);
    let sold = till.post("/cashier/sale", spent.clone()).await;
    assert_eq!(sold.status, 201, "{sold}");
    let again = till.post("/cashier/sale", spent.clone()).await;
    assert_eq!(
        (again.code(), again.data()),
        ("duplicate_sale", sold.data())
    );
    // With another client, the sale is refused for that client's balance, and the answer says
    // nothing about the first sale.
    spent["client_phone"] = json!(OTHER_PHONE);
    let refused = till.post("/cashier/sale", spent).await;
    assert_eq!(refused.code(), "insufficient_bonuses", "{refused}");
}

#[on_both_engines]
async fn a_number_of_a_replaced_fiscal_drive_is_a_new_sale(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, _) = two_clients(&server).await;
    let receipt = json!({ "total_amount": 10, "external_receipt_id": FISCAL });
    for id in [FISCAL, UUID] {
        sell(&till, PHONE, 100, id).await;
    }
    assert_eq!(
        till.post("/cashier/receipt", receipt.clone()).await.status,
        201
    );
    server.shop.clock.advance(30 * DAY_SECONDS - 1);
    assert_eq!(
        sell(&till, PHONE, 100, FISCAL).await.code(),
        "duplicate_sale"
    );
    server.shop.clock.advance(1);
    let newer = sell(&till, OTHER_PHONE, 500, FISCAL).await;
    assert_eq!(newer.status, 201, "{newer}");
    assert_eq!(
        sell(&till, OTHER_PHONE, 500, FISCAL).await.code(),
        "duplicate_sale"
    );
    assert_eq!(sell(&till, PHONE, 100, UUID).await.code(), "duplicate_sale");
    assert_eq!(
        till.post("/cashier/receipt", receipt.clone()).await.status,
        201
    );
    assert_eq!(
        till.post("/cashier/receipt", receipt).await.code(),
        "duplicate_receipt"
    );
    // Both sales can still be returned, each for its client.
    for (phone, amount) in [(PHONE, 100), (OTHER_PHONE, 500)] {
        let goods = json!({ "client_phone": phone, "original_external_sale_id": FISCAL, "return_amount": amount });
        let done = till.post("/cashier/return", goods).await;
        assert_eq!(done.status, 201, "{done}");
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn ids_of_returns_and_receipts_follow_the_same_rules(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (first, second) = two_clients(&server).await;
    sell(&first, PHONE, 100, "first").await;
    sell(&second, OTHER_PHONE, 100, "second").await;
    let goods = |phone: &str, sale: &str, amount: i64| {
        json!({
            "client_phone": phone, "original_external_sale_id": sale, "return_amount": amount, "external_return_id": FISCAL,
        })
    };
    let done = first
        .post("/cashier/return", goods(PHONE, "first", 10))
        .await;
    assert_eq!(done.status, 201, "{done}");
    assert_eq!(
        second
            .post("/cashier/return", goods(OTHER_PHONE, "second", 10))
            .await
            .status,
        201
    );
    let again = first
        .post("/cashier/return", goods(PHONE, "first", 10))
        .await;
    assert_eq!(
        (again.code(), again.data()),
        ("duplicate_return", done.data())
    );
    conflicts(
        &server,
        &first,
        "/cashier/return",
        goods(PHONE, "first", 11),
    )
    .await;
    // A return for another sale is another return, even if the amount is the same.
    sell(&first, PHONE, 100, "another").await;
    conflicts(
        &server,
        &first,
        "/cashier/return",
        goods(PHONE, "another", 10),
    )
    .await;
    conflicts(
        &server,
        &first,
        "/cashier/return",
        goods(OTHER_PHONE, "second", 10),
    )
    .await;

    let receipt = |total: i64| json!({ "total_amount": total, "external_receipt_id": FISCAL });
    assert_eq!(
        first.post("/cashier/receipt", receipt(10)).await.status,
        201
    );
    assert_eq!(
        second.post("/cashier/receipt", receipt(20)).await.status,
        201
    );
    assert_eq!(
        first.post("/cashier/receipt", receipt(10)).await.code(),
        "duplicate_receipt"
    );
    conflicts(&server, &first, "/cashier/receipt", receipt(20)).await;
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_return_prefers_the_sale_of_its_own_till(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (first, second) = two_clients(&server).await;
    sell(&first, PHONE, 100, FISCAL).await;
    sell(&second, PHONE, 300, FISCAL).await;
    let goods = json!({ "client_phone": PHONE, "original_external_sale_id": FISCAL });
    for (till, cashback) in [(&first, 5), (&second, 15)] {
        let forecast = till.post("/cashier/return/calculate", goods.clone()).await;
        assert_eq!(forecast.data()["bonus_to_revoke"], cashback, "{forecast}");
    }
    // A sale of another till is found too.
    sell(&second, OTHER_PHONE, 200, "000124").await;
    let goods = json!({ "client_phone": OTHER_PHONE, "original_external_sale_id": "000124", "return_amount": 200 });
    assert_eq!(first.post("/cashier/return", goods).await.status, 201);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_receipt_of_the_own_till_is_voided_once_within_a_day(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (first, second) = two_clients(&server).await;
    let void = json!({ "external_receipt_id": UUID });
    let path = "/cashier/receipt/void";
    assert_eq!(
        first.post(path, void.clone()).await.code(),
        "receipt_not_found"
    );
    first
        .post(
            "/cashier/receipt",
            json!({ "total_amount": 150, "external_receipt_id": UUID }),
        )
        .await;
    assert_eq!(
        second.post(path, void.clone()).await.code(),
        "receipt_not_found"
    );
    server.shop.clock.advance(DAY_SECONDS);
    let voided = first.post(path, void.clone()).await;
    assert_answer!(voided.clone(), @r#"200 {"success":true,"data":{"id":1,"total_amount":150,"receipt_date":"2026-06-05T14:30:00+00:00"}}"#);
    let again = first.post(path, void).await;
    assert_eq!(
        (again.status, again.code(), again.data()),
        (422, "receipt_voided", voided.data())
    );
    let kept = "SELECT COUNT(*) FROM receipts WHERE tenant_id = $1 AND voided_at IS NOT NULL AND voided_by = cashier_node_id";
    assert_eq!(server.shop.number(kept).await, 1);
    first
        .post(
            "/cashier/receipt",
            json!({ "total_amount": 10, "external_receipt_id": "old" }),
        )
        .await;
    server.shop.clock.advance(DAY_SECONDS + 1);
    let late = first
        .post(path, json!({ "external_receipt_id": "old" }))
        .await;
    assert_answer!(late, @r#"422 {"success":false,"error":"Чек старше суток: отменить его уже нельзя.","code":"receipt_too_old"}"#);
    assert_eq!(first.post(path, json!({})).await.code(), "invalid_fields");
}

#[on_both_engines]
async fn a_wrong_date_never_refuses_a_document(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, _) = two_clients(&server).await;
    let commit = "2026-06-05T14:30:00+00:00";
    for (sent, answered) in [
        ("2026-06-05T14:30Z", commit),
        ("2026-06-05T19:30+05", commit),
        ("20260605T143000", commit),
        ("2026-06-04 10:00:00", "2026-06-04T10:00:00+00:00"),
        ("", commit),
        ("0001-01-01T00:00:00", commit),
        ("1999-12-31T23:59:59", commit),
        ("2026-06-07T00:00:00", commit),
        ("вчера", commit),
    ] {
        let sold = till
            .post(
                "/cashier/sale",
                json!({ "client_phone": PHONE, "total_amount": 10, "sale_date": sent }),
            )
            .await;
        assert_eq!(
            (sold.status, &sold.data()["sale_date"]),
            (201, &json!(answered)),
            "{sent}: {sold}"
        );
        let receipt = till
            .post(
                "/cashier/receipt",
                json!({ "total_amount": 10, "receipt_date": sent }),
            )
            .await;
        assert_eq!(
            (receipt.status, &receipt.data()["receipt_date"]),
            (201, &json!(answered)),
            "{sent}: {receipt}"
        );
    }
    // Without an offset, `happened_at` reads the date as local time: 23:30 in Dushanbe on 4 June is
    // 18:30 UTC.
    till.post("/cashier/sale", json!({ "client_phone": PHONE, "total_amount": 10, "sale_date": "2026-06-04T23:30:00", "external_sale_id": "local" })).await;
    let happened =
        "SELECT happened_at FROM sales WHERE tenant_id = $1 AND external_sale_id = 'local'";
    assert_eq!(server.shop.number(happened).await, 1_780_597_800_000_000);
}

#[on_both_engines]
async fn the_nil_uuid_is_no_id(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, second) = two_clients(&server).await;
    for nil in [
        "00000000-0000-0000-0000-000000000000",
        "00000000000000000000000000000000",
        "{00000000-0000-0000-0000-000000000000}",
        "URN:UUID:00000000-0000-0000-0000-000000000000",
    ] {
        for (till, phone) in [(&till, PHONE), (&second, PHONE), (&second, OTHER_PHONE)] {
            let reply = sell(till, phone, 100, nil).await;
            assert_eq!(reply.status, 201, "{reply}");
            let receipt = json!({ "total_amount": 50, "external_receipt_id": nil });
            let reply = till.post("/cashier/receipt", receipt).await;
            assert_eq!(reply.status, 201, "{reply}");
        }
        let goods =
            json!({ "client_phone": PHONE, "original_external_sale_id": nil, "return_amount": 1 });
        let reply = till.post("/cashier/return", goods).await;
        assert_eq!(
            reply.body["fields"]["bonus_to_revoke"],
            "обязательное поле, если нет original_external_sale_id",
            "{reply}"
        );
        let reply = till
            .post(
                "/cashier/receipt/void",
                json!({ "external_receipt_id": nil }),
            )
            .await;
        assert_eq!(
            reply.body["fields"]["external_receipt_id"], "обязательное поле",
            "{reply}"
        );
    }
    assert_eq!(till.balance(PHONE).await, 8 * 5);
}
