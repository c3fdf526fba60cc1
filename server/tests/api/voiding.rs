//! Tests of the contract, "POST /cashier/sale/void": a sale is undone as if it had never been, and
//! an undo is never overtaken.

use domain::{Money, Programme};
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::external_ids::{DAY_SECONDS, FISCAL, OTHER_PHONE, UUID, conflicts, sell, two_clients};
use crate::harness::{PHONE, Server, Till, without_hold};
use crate::reply::{Reply, assert_answer};
use crate::state::state;

const VOID: &str = "/cashier/sale/void";

fn void_of(phone: &str, id: &str) -> Value {
    json!({ "client_phone": phone, "external_sale_id": id })
}

async fn void(till: &Till, id: &str) -> Reply {
    till.post(VOID, void_of(PHONE, id)).await
}

fn answer(reply: &Reply) -> (u16, &str) {
    (reply.status, reply.code())
}

/// The figures of a client that a sale changes.
async fn figures(till: &Till) -> Value {
    let client = till.lookup(PHONE, None).await;
    let data = client.data();
    json!([
        data["bonus_balance"],
        data["redeemable_balance"],
        data["total_spent"],
        data["tier"]
    ])
}

#[on_both_engines]
async fn a_voided_sale_leaves_nothing_behind(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "2000", "0", "earlier").await;
    let before = figures(&till).await;
    assert_eq!(till.sell(PHONE, "1000", "50", "check").await.status, 201);
    let voided = void(&till, "check").await;
    assert_answer!(voided.clone(), @r#"200 {"success":true,"data":{"id":2,"bonus_revoked":47.5,"bonus_restored":50,"new_balance":100}}"#);
    assert_eq!(figures(&till).await, before);
    let again = void(&till, "check").await;
    assert_eq!(answer(&again), (422, "sale_voided"));
    assert_eq!(again.data(), voided.data());
    // The id is dead for every other document.
    let after = state(&server.shop).await;
    let refused = sell(&till, PHONE, 1000, "check").await;
    assert_answer!(refused, @r#"422 {"success":false,
"error":"Эта продажа отменена кассой. Если товар всё же продан, отправьте его под новым номером.",
"code":"sale_voided"}"#);
    let goods = json!({ "client_phone": PHONE, "original_external_sale_id": "check" });
    for path in ["/cashier/return", "/cashier/return/calculate"] {
        let reply = till.post(path, goods.clone()).await;
        assert_eq!(answer(&reply), (422, "sale_voided"), "{reply}");
    }
    let redeem = json!({ "client_phone": PHONE, "amount": 5, "total_amount": 100, "external_sale_id": "check" });
    assert_eq!(
        till.post("/cashier/redeem", redeem).await.code(),
        "sale_voided"
    );
    assert_eq!(state(&server.shop).await, after);
    let past = till
        .get(&format!("/cashier/client/%2B{}/sales", &PHONE[1..]))
        .await;
    assert_eq!(past.data()["sales"].as_array().unwrap().len(), 1, "{past}");
    let unsent =
        "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND subject IN ('sale:2', 'voided:2')";
    assert_eq!(server.shop.number(unsent).await, 0);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn what_was_spent_meanwhile_becomes_debt(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "1000", "0", "check").await;
    assert_eq!(till.sell(PHONE, "200", "50", "spent").await.status, 201);
    let voided = void(&till, "check").await;
    assert_eq!(voided.data()["new_balance"], json!(-42.5), "{voided}");
    assert_eq!(void(&till, "spent").await.data()["new_balance"], json!(0));
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn an_undo_is_never_overtaken(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, other) = two_clients(&server).await;
    for id in [UUID, FISCAL] {
        let voided = void(&till, id).await;
        assert_eq!(
            voided.data(),
            &json!({ "id": null, "bonus_revoked": 0, "bonus_restored": 0, "new_balance": 0 })
        );
        assert_eq!(void(&till, id).await.code(), "sale_voided");
        for late in [
            sell(&till, PHONE, 100, id).await,
            sell(&till, OTHER_PHONE, 100, id).await,
        ] {
            assert_eq!(answer(&late), (422, "sale_voided"), "{late}");
        }
    }
    // Another till's own number is another sale.
    assert_eq!(sell(&other, PHONE, 100, FISCAL).await.status, 201);
    assert_eq!(till.balance(PHONE).await, json!(5));
    // It is no purchase, and no document.
    let past = till
        .get(&format!("/cashier/client/%2B{}/sales", &PHONE[1..]))
        .await;
    assert_eq!(past.data()["sales"].as_array().unwrap().len(), 1, "{past}");
    // After a month the till's own number may come again.
    server.shop.clock.advance(31 * DAY_SECONDS);
    assert_eq!(sell(&till, PHONE, 100, FISCAL).await.status, 201);
    assert_eq!(sell(&till, PHONE, 100, UUID).await.code(), "sale_voided");
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn only_the_own_sale_of_the_same_client_is_undone(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, other) = two_clients(&server).await;
    assert_eq!(sell(&till, PHONE, 100, UUID).await.status, 201);
    conflicts(&server, &other, VOID, void_of(PHONE, UUID)).await;
    conflicts(&server, &till, VOID, void_of(OTHER_PHONE, UUID)).await;
    let nobody = till.post(VOID, void_of("+992000000000", UUID)).await;
    assert_eq!(answer(&nobody), (404, "client_not_found"));
    let nameless = till.post(VOID, json!({ "client_phone": PHONE })).await;
    assert_eq!(nameless.code(), "invalid_fields", "{nameless}");
    assert_eq!(void(&till, UUID).await.status, 200);
    assert_eq!(till.balance(PHONE).await, json!(0));
}

#[on_both_engines]
async fn a_sale_is_undone_for_72_hours_and_without_returns(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    for id in ["returned", "last", "late"] {
        assert_eq!(sell(&till, PHONE, 100, id).await.status, 201);
    }
    let part = json!({ "client_phone": PHONE, "original_external_sale_id": "returned", "return_amount": 1 });
    assert_eq!(till.post("/cashier/return", part).await.status, 201);
    let before = state(&server.shop).await;
    assert_answer!(void(&till, "returned").await, @r#"422 {"success":false,
"error":"По этой продаже уже есть возврат: отменить её нельзя. Оформите возврат остатка.",
"code":"sale_has_returns"}"#);
    assert_eq!(state(&server.shop).await, before);
    server.shop.clock.advance(3 * DAY_SECONDS);
    assert_eq!(void(&till, "last").await.status, 200);
    server.shop.clock.advance(1);
    assert_answer!(void(&till, "late").await, @r#"422 {"success":false,"error":"Продажа старше 72 часов: отменить её уже нельзя. Оформите возврат.",
"code":"sale_too_old"}"#);
}

#[on_both_engines]
async fn a_redemption_is_undone_with_its_sale_and_without(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, other) = two_clients(&server).await;
    till.sell(PHONE, "2000", "0", "earlier").await;
    let before = figures(&till).await;
    let redeem = |id: &str| json!({ "client_phone": PHONE, "amount": 50, "total_amount": 1000, "external_sale_id": id });
    // Without a sale.
    assert_eq!(
        till.post("/cashier/redeem", redeem("alone")).await.status,
        201
    );
    let voided = void(&till, "alone").await;
    assert_eq!(voided.data()["bonus_restored"], json!(50), "{voided}");
    let again = void(&till, "alone").await;
    assert_eq!((again.code(), again.data()), ("sale_voided", voided.data()));
    assert_eq!(
        sell(&till, PHONE, 1000, "alone").await.code(),
        "sale_voided"
    );
    assert_eq!(
        sell(&till, OTHER_PHONE, 1000, "alone").await.code(),
        "sale_voided"
    );
    assert_eq!(
        till.post("/cashier/redeem", redeem("alone")).await.code(),
        "sale_voided"
    );
    // With the sale that has taken it as its own.
    assert_eq!(
        till.post("/cashier/redeem", redeem("both")).await.status,
        201
    );
    assert_eq!(sell(&till, PHONE, 1000, "both").await.status, 201);
    let voided = void(&till, "both").await;
    assert_eq!(voided.data()["bonus_restored"], json!(50), "{voided}");
    assert_eq!(figures(&till).await, before);
    // Another till's redemption under the UUID is not touched, and does not keep the undo away.
    assert_eq!(
        other.post("/cashier/redeem", redeem(UUID)).await.status,
        201
    );
    assert_eq!(void(&till, UUID).await.data()["id"], Value::Null);
    assert_eq!(sell(&till, PHONE, 1000, UUID).await.code(), "sale_voided");
    assert_eq!(till.balance(PHONE).await, json!(50));
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn an_old_number_does_not_strand_a_new_redemption(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "2000", "0", FISCAL).await;
    server.shop.clock.advance(31 * DAY_SECONDS);
    let redeem = json!({ "client_phone": PHONE, "amount": 50, "total_amount": 1000, "external_sale_id": FISCAL });
    assert_eq!(till.post("/cashier/redeem", redeem).await.status, 201);
    assert_eq!(
        void(&till, FISCAL).await.data()["bonus_restored"],
        json!(50)
    );
    assert_eq!(till.balance(PHONE).await, json!(100));
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn rewards_go_with_the_sale_and_come_again(database: TestDatabase) {
    let programme = Programme {
        second_purchase_days: 30,
        second_purchase_bonus: Money::from_somoni(20),
        ..without_hold()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    till.register(PHONE).await;
    sell(&till, PHONE, 100, "first").await;
    for id in ["second", "second again"] {
        sell(&till, PHONE, 100, id).await;
        assert_eq!(till.balance(PHONE).await, json!(30));
        let voided = void(&till, id).await;
        assert_eq!(voided.data()["bonus_revoked"], json!(25), "{voided}");
        assert_eq!(till.balance(PHONE).await, json!(5));
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn an_undo_does_not_prolong_bonuses(database: TestDatabase) {
    let programme = Programme {
        bonus_expiry_days: 2,
        ..without_hold()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    till.register(PHONE).await;
    sell(&till, PHONE, 2000, "earlier").await;
    server.shop.clock.advance(DAY_SECONDS);
    assert_eq!(till.sell(PHONE, "1000", "100", "check").await.status, 201);
    server.shop.clock.advance(DAY_SECONDS + 1);
    assert_eq!(void(&till, "check").await.status, 200);
    assert_eq!(till.balance(PHONE).await, json!(100));
    server.shop.clock.advance(DAY_SECONDS);
    assert_eq!(till.balance(PHONE).await, json!(0));
    server.shop.assert_sound().await;
}

/// Tries that race over real connections must end as one after the other, whichever is first.
#[on_both_engines]
async fn a_void_beside_its_sale_and_beside_itself_leaves_nothing(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "2000", "0", "earlier").await;
    for round in 0..20 {
        let id = format!("race-{round}");
        let (sold, first, second) = tokio::join!(
            till.sell(PHONE, "1000", "50", &id),
            void(&till, &id),
            void(&till, &id),
        );
        assert!(sold.status == 201 || sold.code() == "sale_voided", "{sold}");
        let codes = [first.status, second.status];
        assert!(
            codes == [200, 422] || codes == [422, 200],
            "{first} {second}"
        );
        assert_eq!(first.data(), second.data());
        assert_eq!(till.balance(PHONE).await, json!(100), "{id}");
    }
    server.shop.assert_sound().await;
}
