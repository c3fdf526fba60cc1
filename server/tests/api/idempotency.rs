//! Tests of the header `Idempotency-Key` (contract).

use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, Till, without_hold};
use crate::reply::{Reply, assert_answer};
use crate::state::state;

const KEY: &str = "idempotency-key";
const REPLAYED: &str = "idempotency-replayed";

fn sale_body(total: i64) -> Value {
    json!({ "client_phone": PHONE, "total_amount": total })
}

/// Sends a request again and checks that the answer is the first one, marked as replayed, and that
/// nothing is done a second time.
async fn replayed(server: &Server, caller: &Till, path: &str, body: Value, first: &Reply) {
    let before = state(&server.shop).await;
    let again = caller.post(path, body).await;
    assert_eq!(
        (again.status, &again.text),
        (first.status, &first.text),
        "{path}"
    );
    assert_eq!(again.header(REPLAYED), "true", "{path}");
    assert_eq!(state(&server.shop).await, before, "{path}");
}

#[on_both_engines]
async fn every_post_is_done_once_per_key(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, office) = (server.till(), server.office());
    let original =
        json!({ "client_phone": PHONE, "total_amount": 1000, "external_sale_id": "check" });
    let goods =
        json!({ "client_phone": PHONE, "original_external_sale_id": "check", "return_amount": 10 });
    let stock = json!({ "items": [{ "sku": "1", "name": "Товар", "quantity": 1 }] });
    for (caller, path, body, status) in [
        (
            &till,
            "/cashier/client/register",
            json!({ "phone": PHONE }),
            201,
        ),
        (&till, "/cashier/sale", original, 201),
        (&till, "/cashier/sale", sale_body(100), 201),
        (
            &till,
            "/cashier/redeem",
            json!({ "client_phone": PHONE, "amount": 1, "total_amount": 10 }),
            201,
        ),
        (&till, "/cashier/return/calculate", goods.clone(), 200),
        (&till, "/cashier/return", goods, 201),
        (
            &till,
            "/cashier/receipt",
            json!({ "total_amount": 10 }),
            201,
        ),
        (&office, "/integration/inventory/sync", stock, 200),
    ] {
        let caller = caller.with(
            KEY,
            &format!("{path} {body}").replace(|letter: char| !letter.is_ascii(), ""),
        );
        let first = caller.post(path, body.clone()).await;
        assert_eq!(
            (first.status, first.header(REPLAYED)),
            (status, ""),
            "{path}: {first}"
        );
        replayed(&server, &caller, path, body.clone(), &first).await;
        replayed(&server, &caller, path, body, &first).await;
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn after_a_refusal_the_same_key_runs_the_request_again(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    let keyed = till.with(KEY, "one-key");
    let unknown = keyed.post("/cashier/sale", sale_body(100)).await;
    assert_eq!((unknown.status, unknown.code()), (404, "client_not_found"));
    assert_eq!(keyed.post("/cashier/sale", sale_body(0)).await.status, 404);
    till.register(PHONE).await;
    let sold = keyed.post("/cashier/sale", sale_body(100)).await;
    assert_eq!((sold.status, sold.header(REPLAYED)), (201, ""));
    replayed(&server, &keyed, "/cashier/sale", sale_body(100), &sold).await;
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn the_answer_to_a_duplicate_is_replayed(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    let body = json!({ "client_phone": PHONE, "total_amount": 100, "external_sale_id": "check" });
    assert_eq!(till.post("/cashier/sale", body.clone()).await.status, 201);
    let keyed = till.with(KEY, "one-key");
    let duplicate = keyed.post("/cashier/sale", body.clone()).await;
    assert_eq!(
        (duplicate.status, duplicate.code()),
        (422, "duplicate_sale")
    );
    replayed(&server, &keyed, "/cashier/sale", body, &duplicate).await;
    assert_eq!(
        keyed.post("/cashier/sale", sale_body(1)).await.code(),
        "idempotency_key_reused"
    );
}

#[on_both_engines]
async fn a_key_belongs_to_one_request(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    let keyed = till.with(KEY, "one-key");
    let first = keyed.post("/cashier/sale", sale_body(100)).await;
    assert_eq!(first.status, 201);
    let before = state(&server.shop).await;
    assert_answer!(keyed.post("/cashier/sale", sale_body(101)).await, @r#"
    422 {"success":false,"error":"Этот Idempotency-Key уже использован для другого запроса.",
    "code":"idempotency_key_reused"}
    "#);
    let elsewhere = keyed.post("/cashier/receipt", sale_body(100)).await;
    assert_eq!(
        (elsewhere.status, elsewhere.code()),
        (422, "idempotency_key_reused")
    );
    assert_eq!(state(&server.shop).await, before);
    replayed(&server, &keyed, "/cashier/sale", sale_body(100), &first).await;
}

#[on_both_engines]
async fn each_till_and_each_store_has_its_own_keys(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let other = server.second_store(without_hold()).await;
    let (_, second) = server.second_till().await;
    let (till, elsewhere) = (server.till(), server.till_of(&other));
    till.register(PHONE).await;
    elsewhere.register(PHONE).await;
    for caller in [&till, &second, &elsewhere] {
        let reply = caller
            .with(KEY, "one-key")
            .post("/cashier/sale", sale_body(100))
            .await;
        assert_eq!((reply.status, reply.header(REPLAYED)), (201, ""));
    }
    assert_eq!(
        (till.balance(PHONE).await, elsewhere.balance(PHONE).await),
        (json!(10), json!(5))
    );
}

#[on_both_engines]
async fn a_key_has_1_to_255_printable_characters(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    let receipt = json!({ "total_amount": 10 });
    assert_answer!(till.with(KEY, "").post("/cashier/receipt", receipt.clone()).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: Idempotency-Key — от 1 до 255 печатных символов ASCII.",
    "code":"invalid_fields","fields":{"Idempotency-Key":"от 1 до 255 печатных символов ASCII"}}
    "#);
    for key in ["ключ", "a\tb", &"k".repeat(256)] {
        let reply = till
            .with(KEY, key)
            .post("/cashier/receipt", receipt.clone())
            .await;
        assert_eq!(
            (reply.status, reply.code()),
            (422, "invalid_fields"),
            "{key}"
        );
    }
    let reply = till
        .with(KEY, &"k".repeat(255))
        .post("/cashier/receipt", receipt)
        .await;
    assert_eq!(reply.status, 201);
}

#[on_both_engines]
async fn a_till_without_right_tokens_replays_nothing(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till().with(KEY, "one-key");
    till.register(PHONE).await;
    let body = json!({ "phone": PHONE });
    for thief in [
        till.with("x-device-id", "another-pc"),
        till.with("x-cashier-token", "x"),
    ] {
        let reply = thief.post("/cashier/client/register", body.clone()).await;
        assert_eq!(
            (reply.header(REPLAYED), reply.data()),
            ("", &Value::Null),
            "{reply}"
        );
    }
}
