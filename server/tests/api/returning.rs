//! Tests of the contract, "POST /cashier/return": which sale is found, the limits of a return, and
//! returns in parts.

use domain::{BasisPoints, Money, Programme};
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, Till, without_hold};
use crate::refusals::BLOCK;
use crate::reply::{Reply, assert_answer};
use crate::state::state;

const OTHER_PHONE: &str = "+992901234568";
const RETURN: &str = "/cashier/return";

/// Creates a client who has earned 100 bonuses and redeemed 50 of them in the sale `check` of 1000.
async fn client_with_a_check(server: &Server) -> Till {
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "2000", "0", "earlier").await;
    assert_eq!(till.sell(PHONE, "1000", "50", "check").await.status, 201);
    till
}

fn goods(fields: &Value) -> Value {
    let mut body = json!({ "client_phone": PHONE, "original_external_sale_id": "check" });
    let fields = fields.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(fields);
    body
}

async fn refused(server: &Server, till: &Till, body: Value) -> Reply {
    let before = state(&server.shop).await;
    let reply = till.post(RETURN, body).await;
    assert!((400..500).contains(&reply.status), "{reply}");
    assert_eq!(state(&server.shop).await, before, "{reply}");
    reply
}

/// Returns the sum of a field over several answers, in dirams.
fn total(replies: &[Reply], field: &str) -> i64 {
    let dirams = |reply: &Reply| testkit::money(&reply.data()[field].to_string()).dirams();
    replies.iter().map(dirams).sum()
}

#[on_both_engines]
async fn only_the_clients_own_sale_is_found(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    till.register(OTHER_PHONE).await;
    assert_answer!(refused(&server, &till, goods(&json!({ "original_external_sale_id": "nobody's" }))).await, @r#"404 {"success":false,"error":"Исходная продажа не найдена у этого клиента.","code":"sale_not_found"}"#);
    let anothers = goods(&json!({ "client_phone": OTHER_PHONE }));
    assert_eq!(
        refused(&server, &till, anothers.clone()).await.code(),
        "sale_not_found"
    );
    let asked = till.post("/cashier/return/calculate", anothers).await;
    assert_eq!((asked.status, asked.code()), (404, "sale_not_found"));
}

#[on_both_engines]
async fn without_the_sale_the_till_must_send_bonus_to_revoke(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    let unknown = json!({ "client_phone": PHONE, "return_amount": 100 });
    assert_answer!(refused(&server, &till, unknown).await, @r#"
    422 {"success":false,
    "error":"Проверьте поля запроса: bonus_to_revoke — обязательное поле, если нет original_external_sale_id.",
    "code":"invalid_fields",
    "fields":{"bonus_to_revoke":"обязательное поле, если нет original_external_sale_id"}}
    "#);
    let body = json!({ "client_phone": PHONE, "return_amount": 100, "bonus_to_revoke": 5 });
    assert_answer!(till.post(RETURN, body.clone()).await, @r#"
    201 {"success":true,"data":{"id":1,"return_amount":100,"cash_refund_amount":100,"bonus_revoked":5,
    "bonus_restored":0,"bonus_shortage":0,"bonus_shortage_settled":0,"new_balance":92.5}}
    "#);
    assert_answer!(till.post("/cashier/return/calculate", body).await, @r#"
    200 {"success":true,"data":{"status":"ok","available_bonuses":92.5,"bonus_to_revoke":5,
    "cash_refund_amount":100,"bonus_restored":0,"bonus_shortage_settled":0}}
    "#);
    let nothing = json!({ "client_phone": PHONE, "bonus_to_revoke": 5 });
    assert_eq!(
        refused(&server, &till, nothing).await.body["fields"]["return_amount"],
        "обязательное поле"
    );
    let restore = json!({ "client_phone": PHONE, "return_amount": 1, "bonus_to_revoke": 0, "bonus_to_restore": 1 });
    assert_eq!(
        refused(&server, &till, restore).await.code(),
        "over_restore"
    );
}

#[on_both_engines]
async fn a_return_is_limited_by_what_was_sold_paid_and_redeemed(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    assert_answer!(refused(&server, &till, goods(&json!({ "return_amount": 1000.01 }))).await, @r#"
    422 {"success":false,"error":"Сумма возврата больше остатка по чеку: осталось 1000 сом.",
    "code":"over_return","data":{"max_return_amount":1000}}
    "#);
    assert_answer!(refused(&server, &till, goods(&json!({ "cash_refund_amount": 950.01 }))).await, @r#"
    422 {"success":false,"error":"Сумма выдачи денег больше допустимой: можно выдать не больше 950 сом.",
    "code":"over_refund","data":{"max_cash_refund_amount":950}}
    "#);
    assert_answer!(refused(&server, &till, goods(&json!({ "bonus_to_restore": 50.01 }))).await, @r#"
    422 {"success":false,"error":"Можно вернуть клиенту не больше 50 бонусов по этому чеку.",
    "code":"over_restore","data":{"max_bonus_to_restore":50}}
    "#);
    assert_answer!(refused(&server, &till, goods(&json!({ "return_amount": 0 }))).await, @r#"
    422 {"success":false,"error":"Проверьте поля запроса: return_amount — должно быть больше нуля.",
    "code":"invalid_fields","fields":{"return_amount":"должно быть больше нуля"}}
    "#);
    let most =
        goods(&json!({ "return_amount": 1000, "cash_refund_amount": 950, "bonus_to_restore": 50 }));
    assert_answer!(till.post(RETURN, most).await, @r#"
    201 {"success":true,"data":{"id":1,"return_amount":1000,"cash_refund_amount":950,"bonus_revoked":47.5,
    "bonus_restored":50,"bonus_shortage":0,"bonus_shortage_settled":0,"new_balance":100}}
    "#);
    assert_answer!(refused(&server, &till, goods(&json!({}))).await, @r#"
    422 {"success":false,"error":"Сумма возврата больше остатка по чеку: осталось 0 сом.",
    "code":"over_return","data":{"max_return_amount":0}}
    "#);
    assert_eq!(
        refused(&server, &till, goods(&json!({ "return_amount": 0.01 })))
            .await
            .code(),
        "over_return"
    );
    let asked = till
        .post(
            "/cashier/return/calculate",
            goods(&json!({ "return_amount": 0.01 })),
        )
        .await;
    assert_eq!((asked.status, asked.code()), (422, "over_return"));
}

#[on_both_engines]
async fn parts_add_up_to_the_whole(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    let mut parts = Vec::new();
    for amount in ["333.33", "0.01", "0.01", "333.32", "333.33"] {
        let part = till
            .post(RETURN, goods(&json!({ "return_amount": amount })))
            .await;
        assert_eq!(part.status, 201, "{part}");
        parts.push(part);
    }
    assert_eq!(total(&parts, "return_amount"), 100_000);
    assert_eq!(total(&parts, "cash_refund_amount"), 95_000);
    assert_eq!(total(&parts, "bonus_revoked"), 4_750);
    assert_eq!(total(&parts, "bonus_restored"), 5_000);
    assert_eq!(till.balance(PHONE).await, 100);
    let found = till.lookup(PHONE, None).await;
    assert_eq!(found.data()["total_spent"], 2000);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn the_cash_of_parts_never_exceeds_what_was_paid(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    let part = |cash: i64| goods(&json!({ "return_amount": 500, "cash_refund_amount": cash }));
    // 950 of the 1000 were paid in money, so half of the goods is worth 475 in money.
    assert_eq!(
        refused(&server, &till, part(476)).await.code(),
        "over_refund"
    );
    assert_eq!(till.post(RETURN, part(400)).await.status, 201);
    assert_eq!(
        refused(&server, &till, part(551)).await.code(),
        "over_refund"
    );
    assert_eq!(till.post(RETURN, part(550)).await.status, 201);
}

#[on_both_engines]
async fn a_settled_shortage_lowers_the_cash(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    // The client has 97.5 bonuses, of which 47.5 come from the sale.
    let spent = json!({ "client_phone": PHONE, "amount": 97.5, "total_amount": 1000 });
    assert_eq!(till.post("/cashier/redeem", spent).await.status, 201);
    let unsettled = goods(&json!({ "return_amount": 1000 }));
    assert_answer!(refused(&server, &till, unsettled).await, @r#"
    422 {"success":false,"error":"Недостаточно бонусов для аннулирования при возврате.",
    "code":"insufficient_bonuses","data":{"status":"insufficient_bonuses","available_bonuses":0,
    "bonus_to_revoke":47.5,"shortage_bonuses":47.5,"shortage_cash_equivalent":47.5}}
    "#);
    let too_much = goods(&json!({ "cash_refund_amount": 902.51, "shortage_settled": true }));
    assert_answer!(refused(&server, &till, too_much).await, @r#"
    422 {"success":false,"error":"Сумма выдачи денег больше допустимой: можно выдать не больше 902,50 сом.",
    "code":"over_refund","data":{"max_cash_refund_amount":902.5}}
    "#);
    let settled = goods(&json!({ "shortage_settled": true }));
    assert_answer!(till.post(RETURN, settled).await, @r#"
    201 {"success":true,"data":{"id":1,"return_amount":1000,"cash_refund_amount":902.5,"bonus_revoked":47.5,
    "bonus_restored":50,"bonus_shortage":47.5,"bonus_shortage_settled":47.5,"new_balance":50}}
    "#);
    assert_eq!(till.balance(PHONE).await, 50);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_shortage_over_the_cash_stays_a_debt(database: TestDatabase) {
    let programme = Programme {
        second_purchase_days: 30,
        second_purchase_bonus: Money::from_somoni(100),
        max_redeem_percent: BasisPoints::new(10_000),
        ..without_hold()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "10", "0", "first").await;
    till.sell(PHONE, "10", "0", "check").await;
    // The client spends all 101 bonuses. The sale `check` of 10 has given 100.5 of them.
    let spent = json!({ "client_phone": PHONE, "amount": 101, "total_amount": 1000 });
    assert_eq!(till.post("/cashier/redeem", spent).await.status, 201);
    let unsettled = refused(&server, &till, goods(&json!({}))).await;
    assert_eq!(
        unsettled.data()["shortage_cash_equivalent"],
        10,
        "{unsettled}"
    );
    let body = goods(&json!({ "shortage_settled": true }));
    assert_answer!(till.post(RETURN, body).await, @r#"
    201 {"success":true,"data":{"id":1,"return_amount":10,"cash_refund_amount":0,"bonus_revoked":100.5,
    "bonus_restored":0,"bonus_shortage":100.5,"bonus_shortage_settled":10,"new_balance":-90.5}}
    "#);
    let found = till.lookup(PHONE, Some("1000")).await;
    assert_eq!(found.data()["redeemable_balance"], 0, "{found}");
    assert_eq!(found.data()["loyalty"]["max_redeem_amount"], 0, "{found}");
    // The next accruals pay the debt: 91 for the sale, and 100 because it is now the second
    // purchase.
    till.sell(PHONE, "1820", "0", "").await;
    assert_eq!(
        till.lookup(PHONE, None).await.data()["redeemable_balance"],
        100.5
    );
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn past_sales_of_all_tills_are_listed_with_their_returns(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    let (_, second) = server.second_till().await;
    assert_eq!(
        till.post(RETURN, goods(&json!({ "return_amount": 333.33 })))
            .await
            .status,
        201
    );
    let discounted = json!({
        "client_phone": PHONE, "total_amount": 90, "bonus_redeem_amount": 10, "redeem_mode": "discount",
        "sale_date": "2026-06-01T09:00:00",
    });
    assert_eq!(second.post("/cashier/sale", discounted).await.status, 201);
    till.register(OTHER_PHONE).await;
    till.sell(OTHER_PHONE, "70", "0", "another's").await;
    let card = "/cashier/client/001-5764895/sales";
    let by_card = second.get(card).await;
    assert_answer!(by_card.clone(), @r#"
    200 {"success":true,"data":{"phone":"+992901234567","full_name":null,"sales":[{"id":2,
    "external_sale_id":"check","sale_date":"2026-06-05T14:30:00+00:00","total_amount":1000,
    "gross_amount":1000,"bonus_redeemed":50,"bonus_accrued":47.5,"returned_amount":333.33,
    "cashier_name":"Касса","branch":"Филиал"},{"id":1,"external_sale_id":"earlier",
    "sale_date":"2026-06-05T14:30:00+00:00","total_amount":2000,"gross_amount":2000,"bonus_redeemed":0,
    "bonus_accrued":100,"returned_amount":0,"cashier_name":"Касса","branch":"Филиал"},{"id":3,
    "external_sale_id":null,"sale_date":"2026-06-01T09:00:00+00:00","total_amount":90,"gross_amount":100,
    "bonus_redeemed":10,"bonus_accrued":4.5,"returned_amount":0,"cashier_name":"Касса 2",
    "branch":"Второй филиал"}],"has_more":false}}
    "#);
    let by_phone = till
        .get(&format!("/cashier/client/%2B{}/sales", &PHONE[1..]))
        .await;
    assert_eq!(by_phone.data(), by_card.data());
    // A blocked client cannot buy but can still return goods.
    server.shop.execute(BLOCK, 1).await;
    assert_eq!(till.get(card).await.data(), by_card.data());
    assert_eq!(
        till.get("/cashier/client/001-0000009/sales").await.code(),
        "client_not_found"
    );
    let unreadable = till.get("/cashier/client/123/sales").await;
    assert_eq!(
        (unreadable.status, unreadable.code()),
        (422, "invalid_fields")
    );
    assert!(
        unreadable.body["fields"]["identifier"].is_string(),
        "{unreadable}"
    );
}

#[on_both_engines]
async fn only_the_last_sales_are_listed(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    for number in 0..51 {
        till.sell(PHONE, "20", "0", &format!("check {number}"))
            .await;
    }
    let past = till.get("/cashier/client/001-5764895/sales").await;
    let sales = past.data()["sales"].as_array().unwrap();
    assert_eq!(
        (
            sales.len(),
            &sales[0]["external_sale_id"],
            &sales[49]["external_sale_id"]
        ),
        (50, &json!("check 50"), &json!("check 1"))
    );
    assert_eq!(past.data()["has_more"], true);
}

#[on_both_engines]
async fn a_return_does_exactly_what_was_calculated(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    let (_, second) = server.second_till().await;
    let part = |amount: &str| goods(&json!({ "return_amount": amount, "shortage_settled": true }));
    let first = till.post("/cashier/return/calculate", part("333.33")).await;
    assert_answer!(first, @r#"
    200 {"success":true,"data":{"status":"ok","available_bonuses":97.5,"bonus_to_revoke":15.83,
    "cash_refund_amount":316.66,"bonus_restored":16.67,"bonus_shortage_settled":0}}
    "#);
    // The calculation of each till includes returns at the other till and bonuses spent meanwhile.
    let spent = json!({ "client_phone": PHONE, "amount": 95, "total_amount": 1000 });
    for (caller, amount) in [
        (&till, "333.33"),
        (&second, "0.02"),
        (&till, "600"),
        (&second, "66.65"),
    ] {
        if amount == "600" {
            assert_eq!(
                till.post("/cashier/redeem", spent.clone()).await.status,
                201
            );
        }
        let plan = caller.post("/cashier/return/calculate", part(amount)).await;
        let done = caller.post(RETURN, part(amount)).await;
        assert_eq!((plan.status, done.status), (200, 201), "{plan} {done}");
        for field in [
            "cash_refund_amount",
            "bonus_restored",
            "bonus_shortage_settled",
        ] {
            assert_eq!(
                plan.data()[field],
                done.data()[field],
                "{field} of {amount}"
            );
        }
        assert_eq!(plan.data()["bonus_to_revoke"], done.data()["bonus_revoked"]);
        assert_eq!(
            plan.data()["status"] == "insufficient_bonuses",
            amount == "600",
            "{plan}"
        );
    }
    let nothing = refused(&server, &till, part("0")).await;
    let asked = till.post("/cashier/return/calculate", part("0")).await;
    assert_eq!((asked.status, &asked.body), (422, &nothing.body));
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_repeated_return_id_is_answered_with_the_first_return(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = client_with_a_check(&server).await;
    let once = goods(&json!({ "return_amount": 1000, "external_return_id": "one-id" }));
    let first = till.post(RETURN, once.clone()).await;
    assert_eq!(first.status, 201);
    let before = state(&server.shop).await;
    // Nothing is left to return, but a repeat with the same id is still answered with the first
    // return.
    for body in [once, goods(&json!({ "external_return_id": "one-id" }))] {
        let repeated = till.post(RETURN, body).await;
        assert_eq!(
            (repeated.status, repeated.code()),
            (422, "duplicate_return")
        );
        assert_eq!(repeated.data(), first.data());
    }
    let other = goods(&json!({ "return_amount": 1, "external_return_id": "one-id" }));
    assert_eq!(
        refused(&server, &till, other).await.code(),
        "external_id_conflict"
    );
    assert_eq!(state(&server.shop).await, before);
}
