//! Tests of every refusal in the contract, "GET /cashier/client" and "POST /cashier/sale". A
//! refused request changes nothing.

use domain::Programme;
use serde_json::{Value, json};
use testkit::{TestDatabase, money, on_both_engines};

use crate::harness::{HOLD_SECONDS, PHONE, Server, Till, without_hold};
use crate::reply::{Reply, assert_answer};
use crate::state::state;

pub(crate) const BLOCK: &str = "UPDATE clients SET blocked_at = $2 WHERE tenant_id = $1";

/// Posts a request and checks that it is refused and changes nothing.
async fn refused(server: &Server, till: &Till, path: &str, body: Value) -> Reply {
    let before = state(&server.shop).await;
    let reply = till.post(path, body).await;
    assert!((400..500).contains(&reply.status), "{reply}");
    assert_eq!(state(&server.shop).await, before, "{reply}");
    reply
}

fn sale_body(fields: &Value) -> Value {
    let mut body =
        json!({ "client_phone": PHONE, "total_amount": 100, "external_sale_id": "refused" });
    let fields = fields.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(fields);
    body
}

#[on_both_engines]
async fn an_unknown_client_is_not_found(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    assert_answer!(till.lookup(PHONE, Some("200")).await, @r#"
    404 {"success":false,"error":"Клиент не найден. Проверьте номер или зарегистрируйте клиента.",
    "code":"client_not_found"}
    "#);
    for identifier in ["001-0000001", "2000100000014", "+79161234567"] {
        assert_eq!(
            till.lookup(identifier, None).await.code(),
            "client_not_found"
        );
    }
    assert_eq!(
        refused(&server, &till, "/cashier/sale", sale_body(&json!({})))
            .await
            .status,
        404
    );
    let redeem = json!({ "client_phone": PHONE, "amount": 1, "total_amount": 100 });
    assert_eq!(
        refused(&server, &till, "/cashier/redeem", redeem)
            .await
            .status,
        404
    );
    let goods = json!({ "client_phone": PHONE, "bonus_to_revoke": 1, "return_amount": 10 });
    assert_eq!(
        refused(&server, &till, "/cashier/return", goods.clone())
            .await
            .status,
        404
    );
    assert_eq!(
        refused(&server, &till, "/cashier/return/calculate", goods)
            .await
            .code(),
        "client_not_found"
    );
}

#[on_both_engines]
async fn a_malformed_identifier_is_reported(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    assert_answer!(till.lookup("2000100000015", None).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: identifier — контрольная цифра штрихкода неверна: отсканируйте карту ещё раз.",
    "code":"invalid_fields",
    "fields":{"identifier":"контрольная цифра штрихкода неверна: отсканируйте карту ещё раз"}}
    "#);
    assert_answer!(till.lookup("4006381333931", None).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: identifier — введите телефон (9 цифр или с +), номер карты 001-0000123 или её штрихкод.",
    "code":"invalid_fields",
    "fields":{"identifier":"введите телефон (9 цифр или с +), номер карты 001-0000123 или её штрихкод"}}
    "#);
    assert_answer!(till.lookup(PHONE, Some("1.001")).await, @r#"
    422 {"success":false,"error":"Проверьте поля запроса: check_amount — не больше 2 знаков после запятой.",
    "code":"invalid_fields","fields":{"check_amount":"не больше 2 знаков после запятой"}}
    "#);
    for identifier in [
        "1",
        "%20",
        "abc",
        "%D1%82%D0%B5%D1%81%D1%82",
        "%00",
        "%FF",
        "001-00001234",
        "12345678901234567890",
    ] {
        assert_eq!(
            till.lookup(identifier, None).await.code(),
            "invalid_fields",
            "{identifier}"
        );
    }
}

#[on_both_engines]
async fn a_blocked_client_is_refused(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "1000", "0", "before").await;
    server.shop.execute(BLOCK, 1).await;
    assert_answer!(till.lookup(PHONE, None).await, @r#"403 {"success":false,"error":"Клиент заблокирован магазином.","code":"client_blocked"}"#);
    let redeem = json!({ "client_phone": PHONE, "amount": 1, "total_amount": 100 });
    for (path, body) in [
        ("/cashier/sale", sale_body(&json!({}))),
        ("/cashier/redeem", redeem),
        ("/cashier/client/register", json!({ "phone": PHONE })),
    ] {
        let reply = refused(&server, &till, path, body).await;
        assert_eq!(
            (reply.status, reply.code()),
            (403, "client_blocked"),
            "{path}"
        );
    }
    let goods = json!({ "client_phone": PHONE, "original_external_sale_id": "before" });
    assert_eq!(till.post("/cashier/return", goods).await.status, 201);
}

#[on_both_engines]
async fn a_sale_below_the_minimum_is_refused(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    till.register(PHONE).await;
    assert_answer!(refused(&server, &till, "/cashier/sale", sale_body(&json!({ "total_amount": 9.99 }))).await, @r#"
    422 {"success":false,"error":"Сумма чека меньше минимальной для программы лояльности: 10 сом.",
    "code":"below_min_purchase","data":{"min_purchase_amount":10}}
    "#);
    // The gross amount is compared with the minimum, not the amount left to pay.
    let small = sale_body(
        &json!({ "total_amount": 9, "gross_amount": 9.99, "bonus_redeem_amount": 0.99, "redeem_mode": "discount" }),
    );
    assert_eq!(
        refused(&server, &till, "/cashier/sale", small).await.code(),
        "below_min_purchase"
    );
    assert_eq!(till.sell(PHONE, "10", "0", "enough").await.status, 201);
}

#[on_both_engines]
async fn bonuses_wait_for_the_end_of_their_hold(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "1000", "0", "earns").await;
    server.shop.clock.advance(HOLD_SECONDS - 1);
    let held = till.lookup(PHONE, Some("100")).await;
    assert_eq!(held.data()["held_balance"], 50);
    assert_eq!(held.data()["loyalty"]["max_redeem_amount"], 0);
    assert_answer!(refused(&server, &till, "/cashier/sale", sale_body(&json!({ "bonus_redeem_amount": 30 }))).await, @r#"
    422 {"success":false,"error":"Часть бонусов ещё на выдержке. Можно списать не больше 0.",
    "code":"bonuses_on_hold","data":{"max_redeem_amount":0}}
    "#);
    server.shop.clock.advance(1);
    assert_eq!(till.sell(PHONE, "100", "30", "spends").await.status, 201);
    // After their last day the bonuses have expired.
    server.shop.clock.advance(180 * 86_400 - HOLD_SECONDS);
    assert_eq!(
        till.lookup(PHONE, None).await.data()["redeemable_balance"],
        3.5
    );
}

#[on_both_engines]
async fn a_sale_accepts_exactly_the_maximum_of_the_lookup(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "2000", "0", "earns").await;
    let redeem = |amount| json!({ "client_phone": PHONE, "amount": amount, "total_amount": 200 });
    assert_answer!(refused(&server, &till, "/cashier/redeem", redeem("60.01")).await, @r#"
    422 {"success":false,"error":"Превышен лимит списания по чеку. Можно списать не больше 60.",
    "code":"over_redeem_limit","data":{"max_redeem_amount":60}}
    "#);
    assert_answer!(refused(&server, &till, "/cashier/redeem", redeem("100.01")).await, @r#"
    422 {"success":false,"error":"Недостаточно бонусов. Можно списать не больше 60.",
    "code":"insufficient_bonuses","data":{"max_redeem_amount":60}}
    "#);
    assert_eq!(till.post("/cashier/redeem", redeem("60")).await.status, 201);
    assert_answer!(refused(&server, &till, "/cashier/redeem", redeem("40.01")).await, @r#"
    422 {"success":false,"error":"Недостаточно бонусов. Можно списать не больше 40.",
    "code":"insufficient_bonuses","data":{"max_redeem_amount":40}}
    "#);
    assert_eq!(till.post("/cashier/redeem", redeem("40")).await.status, 201);
}

#[on_both_engines]
async fn welcome_bonuses_need_a_sale_of_their_minimum(database: TestDatabase) {
    let programme = Programme {
        welcome_bonus: money("20"),
        welcome_min_redeem: money("100"),
        ..without_hold()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    let made = till.register(PHONE).await;
    assert_eq!(made.data()["welcome_bonus_balance"], 20);
    let small = json!({ "total_amount": 99.99, "bonus_redeem_amount": 10 });
    assert_answer!(refused(&server, &till, "/cashier/sale", sale_body(&small)).await, @r#"
    422 {"success":false,
    "error":"Приветственные бонусы можно списать с чека от 100 сом. Сейчас можно списать не больше 0.",
    "code":"welcome_below_minimum","data":{"max_redeem_amount":0,"welcome_min_redeem_amount":100}}
    "#);
    assert_eq!(
        till.lookup(PHONE, Some("99.99")).await.data()["loyalty"]["max_redeem_amount"],
        0
    );
    assert_eq!(
        till.lookup(PHONE, Some("100")).await.data()["loyalty"]["max_redeem_amount"],
        20
    );
    assert_eq!(till.sell(PHONE, "100", "20", "large").await.status, 201);
}

#[on_both_engines]
async fn sums_that_contradict_each_other_are_refused(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "9000", "0", "earns").await;
    let more_than_the_check = json!({ "bonus_redeem_amount": 100.01 });
    assert_answer!(refused(&server, &till, "/cashier/sale", sale_body(&more_than_the_check)).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: bonus_redeem_amount — не может быть больше суммы чека.",
    "code":"invalid_fields","fields":{"bonus_redeem_amount":"не может быть больше суммы чека"}}
    "#);
    let gross_below_total = json!({ "redeem_mode": "discount", "gross_amount": 99.99 });
    assert_answer!(refused(&server, &till, "/cashier/sale", sale_body(&gross_below_total)).await, @r#"
    422 {"success":false,"error":"Проверьте поля запроса: gross_amount — не может быть меньше total_amount.",
    "code":"invalid_fields","fields":{"gross_amount":"не может быть меньше total_amount"}}
    "#);
    let unknown_mode = json!({ "redeem_mode": "gift" });
    assert_answer!(refused(&server, &till, "/cashier/sale", sale_body(&unknown_mode)).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: redeem_mode — должно быть payment_type или discount.",
    "code":"invalid_fields","fields":{"redeem_mode":"должно быть payment_type или discount"}}
    "#);
    let redeem = json!({ "client_phone": PHONE, "amount": 100.01, "total_amount": 100 });
    assert_answer!(refused(&server, &till, "/cashier/redeem", redeem).await, @r#"
    422 {"success":false,"error":"Проверьте поля запроса: amount — не может быть больше total_amount.",
    "code":"invalid_fields","fields":{"amount":"не может быть больше total_amount"}}
    "#);
}

#[on_both_engines]
async fn a_till_may_send_only_its_own_node_id(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    let (other_id, other) = server.second_till().await;
    till.register(PHONE).await;
    let names_other = json!({ "cashier_node_id": other_id });
    assert_answer!(refused(&server, &till, "/cashier/sale", sale_body(&names_other)).await, @r#"
    422 {"success":false,"error":"cashier_node_id не совпадает с кассой этого токена.",
    "code":"cashier_node_mismatch"}
    "#);
    let receipt = json!({ "total_amount": 10, "cashier_node_id": other_id });
    let reply = refused(&server, &till, "/cashier/receipt", receipt.clone()).await;
    assert_eq!((reply.status, reply.code()), (422, "cashier_node_mismatch"));
    assert_eq!(other.post("/cashier/receipt", receipt).await.status, 201);
    assert_eq!(
        other
            .post("/cashier/sale", sale_body(&names_other))
            .await
            .status,
        201
    );
}

#[on_both_engines]
async fn an_external_id_used_in_one_store_is_free_in_another(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let other = server.second_store(without_hold()).await;
    let (_, second) = server.second_till().await;
    let (till, elsewhere) = (server.till(), server.till_of(&other));
    till.register(PHONE).await;
    elsewhere.register(PHONE).await;
    let id = "0b1c2d3e-4f50-4711-8899-001122334455";
    let first = till.sell(PHONE, "100", "0", id).await;
    let repeated = second.sell(PHONE, "100", "0", id).await;
    assert_eq!((repeated.status, repeated.code()), (422, "duplicate_sale"));
    assert_eq!(repeated.data(), first.data());
    assert_eq!(elsewhere.sell(PHONE, "100", "0", id).await.status, 201);
    // An empty id counts as no id.
    for _ in 0..2 {
        assert_eq!(till.sell(PHONE, "100", "0", "").await.status, 201);
    }
    assert_eq!(till.balance(PHONE).await, 15);
}
