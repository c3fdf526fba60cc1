//! Tests of authentication (contract, "Who is calling"): tokens, devices, disabled tills.

use domain::Programme;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::json;
use testkit::{Shop, TestDatabase, on_both_engines};

use crate::harness::{DEVICE, PHONE, Server};
use crate::reply::assert_answer;
use crate::state::state;

const SESSION: &str = "/cashier/session";
const UNBIND: &str = "UPDATE cashier_nodes SET device_id = NULL WHERE tenant_id = $1 AND id = $2";
const DISABLE: &str = "UPDATE cashier_nodes SET disabled_at = 1 WHERE tenant_id = $1 AND id = $2";
const SUSPEND: &str = "UPDATE tenants SET suspended_at = $2 WHERE id = $1";

async fn mismatches(shop: &Shop) -> i64 {
    let count = "SELECT device_mismatch_count FROM cashier_nodes WHERE tenant_id = $1";
    shop.number(count).await
}

async fn bound_tills(shop: &Shop) -> i64 {
    let count = "SELECT COUNT(device_id) FROM cashier_nodes WHERE tenant_id = $1";
    shop.number(count).await
}

/// Returns texts that are not the token of any store or till.
fn wrong_tokens() -> Vec<String> {
    let wrong = ["", " ", "abc", "токен", "' OR 1=1 --"].map(str::to_owned);
    let lengths = [
        "0".repeat(64),
        "g".repeat(64),
        "a".repeat(63),
        "a".repeat(65),
        "a".repeat(4096),
    ];
    [wrong.to_vec(), lengths.to_vec()].concat()
}

#[on_both_engines]
async fn the_tenant_is_checked_then_the_cashier_then_the_device(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    assert_answer!(server.stranger().get(SESSION).await, @r#"401 {"success":false,"error":"Неверный токен магазина (X-Tenant-Token).","code":"bad_tenant_token"}"#);
    assert_answer!(server.office().get(SESSION).await, @r#"401 {"success":false,"error":"Неверный токен кассы (X-Cashier-Token).","code":"bad_cashier_token"}"#);
    assert_answer!(till.without("x-device-id").get(SESSION).await, @r#"
    400 {"success":false,
    "error":"Не указан идентификатор устройства (X-Device-Id): от 1 до 128 печатных символов.",
    "code":"device_id_required"}
    "#);
    assert_answer!(till.without("x-cashier-token").without("x-device-id").with("x-tenant-token", "x").get(SESSION).await, @r#"401 {"success":false,"error":"Неверный токен магазина (X-Tenant-Token).","code":"bad_tenant_token"}"#);
    assert_answer!(till.with("x-cashier-token", "x").without("x-device-id").get(SESSION).await, @r#"401 {"success":false,"error":"Неверный токен кассы (X-Cashier-Token).","code":"bad_cashier_token"}"#);
    assert_eq!(bound_tills(&server.shop).await, 0);
}

#[on_both_engines]
async fn a_wrong_token_is_refused(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let other = server.second_store(Programme::default()).await;
    let till = server.till();
    let strangers = [
        other.cashier_token.clone(),
        server.shop.cashier_token.clone(),
    ];
    for token in wrong_tokens().iter().chain(&strangers) {
        let reply = till.with("x-tenant-token", token).get(SESSION).await;
        assert_eq!(
            (reply.status, reply.code()),
            (401, "bad_tenant_token"),
            "{token}"
        );
    }
    let strangers = [
        other.cashier_token.clone(),
        server.shop.tenant_token.clone(),
    ];
    for token in wrong_tokens().iter().chain(&strangers) {
        let reply = till.with("x-cashier-token", token).get(SESSION).await;
        assert_eq!(
            (reply.status, reply.code()),
            (401, "bad_cashier_token"),
            "{token}"
        );
    }
    assert_eq!(
        (bound_tills(&server.shop).await, bound_tills(&other).await),
        (0, 0)
    );
}

#[on_both_engines]
async fn a_device_id_has_1_to_128_printable_characters(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    for id in ["", "   ", "a\tb", &"x".repeat(129)] {
        let reply = till.with("x-device-id", id).get(SESSION).await;
        assert_eq!(
            (reply.status, reply.code()),
            (400, "device_id_required"),
            "{id:?}"
        );
    }
    let bytes = HeaderValue::from_bytes(b"\xff\xfe").unwrap();
    let nameless = till.without("x-device-id");
    let path = format!("/api/v1{SESSION}");
    let reply = nameless
        .send(Method::GET, &path, |request| {
            request.header("x-device-id", bytes)
        })
        .await;
    assert_eq!((reply.status, reply.code()), (400, "device_id_required"));
    for id in ["1", "web-8a0d4c1e", "КАССА-1", &"я".repeat(128)] {
        server.shop.execute(UNBIND, server.shop.till.id).await;
        let reply = till.with("x-device-id", id).get(SESSION).await;
        assert_eq!(
            (reply.status, reply.data()["device_id"].as_str()),
            (200, Some(id))
        );
    }
}

#[on_both_engines]
async fn a_till_belongs_to_its_first_device(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    let elsewhere = till.with("x-device-id", "another-pc");
    // A request with wrong tokens does not bind the till. A request with right tokens does, even if
    // it is refused.
    till.with("x-tenant-token", "x").get(SESSION).await;
    assert_eq!(bound_tills(&server.shop).await, 0);
    assert_eq!(till.lookup(PHONE, None).await.status, 404);
    assert_eq!(bound_tills(&server.shop).await, 1);

    assert_answer!(elsewhere.get(SESSION).await, @r#"
    403 {"success":false,
    "error":"Касса привязана к другому устройству. Сбросьте привязку в панели: «Кассы» → «Сбросить привязку».",
    "code":"device_mismatch"}
    "#);
    assert_eq!(mismatches(&server.shop).await, 1);
    let refused = elsewhere
        .post("/cashier/client/register", json!({ "phone": PHONE }))
        .await;
    assert_eq!(
        (refused.code(), mismatches(&server.shop).await),
        ("device_mismatch", 2)
    );
    assert_eq!(till.lookup(PHONE, None).await.status, 404);
    assert_eq!(till.get(SESSION).await.data()["device_id"], DEVICE);

    server.shop.execute(UNBIND, server.shop.till.id).await;
    assert_eq!(elsewhere.get(SESSION).await.status, 200);
    assert_eq!(till.get(SESSION).await.code(), "device_mismatch");
}

#[on_both_engines]
async fn two_tills_are_bound_to_separate_devices(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (id, second) = server.second_till().await;
    let second = second.with("x-device-id", "second-pc");
    assert_eq!(server.till().get(SESSION).await.status, 200);
    let session = second.get(SESSION).await;
    assert_eq!(session.data()["cashier_node_id"], id);
    assert_eq!(session.data()["device_id"], "second-pc");
    assert_eq!(session.data()["branch"], "Второй филиал");
}

#[on_both_engines]
async fn a_disabled_till_and_a_suspended_store_are_refused(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (till, shop) = (server.till(), &server.shop);
    let (_, second) = server.second_till().await;
    till.register(PHONE).await;
    shop.execute(DISABLE, shop.till.id).await;
    let before = state(shop).await;
    assert_answer!(till.sell(PHONE, "100", "0", "1").await, @r#"
    403 {"success":false,"error":"Касса отключена. Обратитесь к владельцу магазина.",
    "code":"cashier_disabled"}
    "#);
    assert_eq!(second.sell(PHONE, "100", "0", "1").await.status, 201);
    assert_eq!(
        server
            .office()
            .post("/integration/inventory/sync", json!({ "items": [] }))
            .await
            .status,
        200
    );
    assert_ne!(state(shop).await, before);

    shop.execute(SUSPEND, 1).await;
    let before = state(shop).await;
    assert_answer!(second.sell(PHONE, "100", "0", "2").await, @r#"
    403 {"success":false,"error":"Обслуживание магазина приостановлено. Обратитесь в поддержку Bonex.",
    "code":"store_suspended"}
    "#);
    let list = json!({ "items": [{ "sku": "1", "name": "Товар", "quantity": 1 }] });
    assert_answer!(server.office().post("/integration/inventory/sync", list).await, @r#"
    403 {"success":false,"error":"Обслуживание магазина приостановлено. Обратитесь в поддержку Bonex.",
    "code":"store_suspended"}
    "#);
    assert_eq!(state(shop).await, before);
}

#[on_both_engines]
async fn the_back_office_needs_only_the_tenant_token(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (path, list) = ("/integration/inventory/sync", json!({ "items": [] }));
    assert_answer!(server.stranger().post(path, list.clone()).await, @r#"401 {"success":false,"error":"Неверный токен магазина (X-Tenant-Token).","code":"bad_tenant_token"}"#);
    for token in wrong_tokens() {
        let reply = server
            .office()
            .with("x-tenant-token", &token)
            .post(path, list.clone())
            .await;
        assert_eq!(
            (reply.status, reply.code()),
            (401, "bad_tenant_token"),
            "{token}"
        );
    }
    let reply = server
        .office()
        .with("x-cashier-token", "x")
        .post(path, list)
        .await;
    assert_eq!(reply.status, 200);
}
