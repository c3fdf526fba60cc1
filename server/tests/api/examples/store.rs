//! The examples of the seed, "Чек без клиента (KPI)", "Регистрация на кассе", "Остатки" and
//! "API сессии".

use domain::Programme;
use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::harness::Server;
use crate::reply::assert_answer;

#[on_both_engines]
async fn a_session_describes_the_till(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till().with("x-device-id", "web-8a0d4c1e");
    assert_answer!(till.get("/cashier/session").await, @r#"
    200 {"success":true,"data":{"store_name":"Магазин","cashier_name":"Касса","branch":"Филиал",
    "cashier_node_id":1,"device_id":"web-8a0d4c1e","device_bound_at":"2026-06-05T14:30:00+00:00",
    "currency":"TJS","loyalty":{"bonus_percent":5,"max_redeem_percent":30,"accrual_base":"net_cash",
    "redeem_hold_seconds":86400,"redeem_hold_human":"24 ч","bonus_expiry_days":180,
    "min_purchase_amount":10,"welcome_bonus_amount":0,"welcome_min_redeem_amount":0,"tiers":[]},
    "server_time":"2026-06-05T14:30:00+00:00"}}
    "#);
    server.shop.clock.advance(60);
    let later = till.get("/cashier/session").await;
    assert_eq!(later.data()["device_bound_at"], "2026-06-05T14:30:00+00:00");
    assert_eq!(later.data()["server_time"], "2026-06-05T14:31:00+00:00");
}

#[on_both_engines]
async fn a_receipt_without_a_client_is_recorded_once(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    let receipt = json!({
        "total_amount": 150,
        "external_receipt_id": "uuid-чека",
        "cashier_node_id": 1,
        "receipt_date": "2026-06-05T14:30:00"
    });
    assert_answer!(till.post("/cashier/receipt", receipt.clone()).await, @r#"201 {"success":true,"data":{"id":1,"total_amount":150,"receipt_date":"2026-06-05T14:30:00+00:00"}}"#);
    assert_answer!(till.post("/cashier/receipt", receipt).await, @r#"
    422 {"success":false,"error":"Чек с таким external_receipt_id уже зарегистрирован",
    "code":"duplicate_receipt","data":{"id":1,"total_amount":150,
    "receipt_date":"2026-06-05T14:30:00+00:00"}}
    "#);
    let receipts = "SELECT COUNT(*) FROM receipts WHERE tenant_id = $1";
    assert_eq!(server.shop.number(receipts).await, 1);
}

#[on_both_engines]
async fn a_known_phone_is_registered_once(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    let client = json!({ "phone": "+992 90 123-45-67", "full_name": "Имя" });
    assert_answer!(till.post("/cashier/client/register", client.clone()).await, @r#"
    201 {"success":true,"data":{"id":1,"phone":"+992901234567","full_name":"Имя","card_number":"001-5764895",
    "ean13":"2000157648955","bonus_balance":0,"redeemable_balance":0,"held_balance":0,
    "welcome_bonus_balance":0,"total_spent":0,"tier":null,"is_blocked":false,"loyalty":{"bonus_percent":5,
    "max_redeem_percent":30,"redeem_hold_seconds":86400,"redeem_hold_human":"24 ч","redeemable_balance":0,
    "held_balance":0,"min_purchase_amount":10,"currency":"TJS"}}}
    "#);
    assert_answer!(till.post("/cashier/client/register", client).await, @r#"
    200 {"success":true,"data":{"id":1,"phone":"+992901234567","full_name":"Имя","card_number":"001-5764895",
    "ean13":"2000157648955","bonus_balance":0,"redeemable_balance":0,"held_balance":0,
    "welcome_bonus_balance":0,"total_spent":0,"tier":null,"is_blocked":false,"loyalty":{"bonus_percent":5,
    "max_redeem_percent":30,"redeem_hold_seconds":86400,"redeem_hold_human":"24 ч","redeemable_balance":0,
    "held_balance":0,"min_purchase_amount":10,"currency":"TJS"}}}
    "#);
}

#[on_both_engines]
async fn registration_adds_a_missing_name(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    let register = async |body| till.post("/cashier/client/register", body).await;
    let phone = "+992901234567";
    assert_eq!(
        register(json!({ "phone": phone })).await.data()["full_name"],
        json!(null)
    );
    let named = register(json!({ "phone": phone, "full_name": "Имя" })).await;
    assert_eq!(
        (named.status, &named.data()["full_name"]),
        (200, &json!("Имя"))
    );
    let renamed = register(json!({ "phone": phone, "full_name": "Другое" })).await;
    assert_eq!(
        (renamed.status, &renamed.data()["full_name"]),
        (200, &json!("Имя"))
    );
    assert_eq!(till.lookup(phone, None).await.data()["full_name"], "Имя");
}

#[on_both_engines]
async fn a_stock_list_is_read_and_unreadable_items_are_named(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let office = server.office();
    let known = json!({ "items": [
        { "sku": "A", "name": "Хлеб", "quantity": 1 }, { "sku": "B", "name": "Соль", "quantity": 1 },
        { "sku": "C", "name": "Рис", "quantity": 1 }
    ] });
    assert_eq!(
        office
            .post("/integration/inventory/sync", known)
            .await
            .status,
        200
    );
    server.shop.clock.advance(1);
    let list = json!({
        "items": [
            { "sku": 4711, "name": "Сыр", "quantity": -2.5 }, { "name": "Без артикула", "quantity": 1 },
            { "sku": "A", "name": "Хлеб", "quantity": "много" }, { "sku": "B", "name": "Соль", "quantity": 0.12345 }
        ],
        "deactivate_missing": true
    });
    assert_answer!(office.post("/integration/inventory/sync", list).await, @r#"
    200 {"success":true,"data":{"received":4,"created":1,"updated":1,"deactivated":1,"skipped":[{"index":1,
    "reason":"sku — обязательное поле"},{"index":2,"sku":"A","reason":"quantity — должно быть числом"}]}}
    "#);
    // An unreadable item does not count as missing, and negative quantities are stored.
    let products = "SELECT CAST(SUM(quantity_thousandths) AS BIGINT) FROM products WHERE tenant_id = $1 AND deactivated_at IS NULL";
    assert_eq!(server.shop.number(products).await, 1_000 + 123 - 2_500);
    let nothing = json!({ "items": [], "deactivate_missing": true });
    assert_answer!(office.post("/integration/inventory/sync", nothing).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: items — нет ни одного товара: так отключились бы все.",
    "code":"invalid_fields","fields":{"items":"нет ни одного товара: так отключились бы все"}}
    "#);
}

#[on_both_engines]
async fn a_store_has_at_most_100_000_products(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let office = server.office();
    let list = |first: i64, deactivate: bool| {
        let item = |sku: i64| json!({ "sku": sku.to_string(), "name": "Товар", "quantity": 1 });
        json!({ "items": (first..first + 20_000).map(item).collect::<Vec<_>>(), "deactivate_missing": deactivate })
    };
    for part in 0..5 {
        server.shop.clock.advance(1);
        assert_eq!(
            office
                .post("/integration/inventory/sync", list(part * 20_000, false))
                .await
                .status,
            200
        );
    }
    assert_answer!(office.post("/integration/inventory/sync", list(100_000, false)).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: items — в магазине не может быть больше 100000 товаров.",
    "code":"invalid_fields","fields":{"items":"в магазине не может быть больше 100000 товаров"}}
    "#);
    let products = "SELECT COUNT(*) FROM products WHERE tenant_id = $1";
    assert_eq!(server.shop.number(products).await, 100_000);
    // Products that an earlier list has deactivated make room for new ones.
    server.shop.clock.advance(1);
    assert_eq!(
        office
            .post("/integration/inventory/sync", list(0, true))
            .await
            .data()["deactivated"],
        80_000
    );
    server.shop.clock.advance(1);
    assert_eq!(
        office
            .post("/integration/inventory/sync", list(100_000, false))
            .await
            .data()["created"],
        20_000
    );
    assert_eq!(server.shop.number(products).await, 40_000);
}

#[on_both_engines]
async fn stock_is_replaced_by_the_list(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let office = server.office();
    let before: Vec<_> = (2..=4)
        .map(|number| json!({ "sku": format!("SKU-00{number}"), "name": "Прежний", "quantity": "0.5" }))
        .collect();
    assert_answer!(office.post("/integration/inventory/sync", json!({ "items": before })).await, @r#"200 {"success":true,"data":{"received":3,"created":3,"updated":0,"deactivated":0}}"#);
    server.shop.clock.advance(1);
    let list = json!({
        "items": [
            { "sku": "SKU-001", "name": "Товар", "category_code": "DAIRY", "quantity": 12 }
        ],
        "deactivate_missing": true
    });
    assert_answer!(office.post("/integration/inventory/sync", list.clone()).await, @r#"200 {"success":true,"data":{"received":1,"created":1,"updated":0,"deactivated":3}}"#);
    server.shop.clock.advance(1);
    assert_answer!(office.post("/integration/inventory/sync", list).await, @r#"200 {"success":true,"data":{"received":1,"created":0,"updated":1,"deactivated":0}}"#);
}
