//! Tests of redemptions without a sale, and of sales that adopt the redemption with the same id.

use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::external_ids::{DAY_SECONDS, FISCAL, UUID, conflicts, sale_body, sell, two_clients};
use crate::harness::{PHONE, Server, without_hold};
use crate::reply::assert_answer;

#[on_both_engines]
async fn a_sale_adopts_the_redemption_with_the_same_id(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, other_till) = two_clients(&server).await;
    sell(&till, PHONE, 20_000, "earlier").await;
    for (id, named) in [(UUID, None), (FISCAL, Some(0)), ("000124", Some(45))] {
        let had = till.lookup(PHONE, None).await.data().clone();
        let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": id });
        assert_eq!(
            till.post("/cashier/redeem", spent.clone()).await.status,
            201
        );
        assert_eq!(
            till.post("/cashier/redeem", spent).await.code(),
            "duplicate_sale"
        );
        let mut body = sale_body(PHONE, 1000, id);
        body["bonus_redeem_amount"] = json!(46);
        let other = till.post("/cashier/sale", body.clone()).await;
        assert!(
            other.body["fields"]["bonus_redeem_amount"].is_string(),
            "{other}"
        );
        match named {
            Some(amount) => body["bonus_redeem_amount"] = json!(amount),
            None => drop(body.as_object_mut().unwrap().remove("bonus_redeem_amount")),
        }
        let sold = till.post("/cashier/sale", body.clone()).await;
        assert_eq!(
            (
                sold.status,
                &sold.data()["bonus_redeemed"],
                &sold.data()["bonus_accrued"]
            ),
            (201, &json!(45), &json!(47.75)),
            "{sold}"
        );
        assert_eq!(sold.data()["new_balance"], till.balance(PHONE).await);
        let again = till.post("/cashier/sale", body).await;
        assert_eq!(
            (again.code(), again.data()),
            ("duplicate_sale", sold.data())
        );
        // One return by this id gives back all the money and the bonuses, and the bonuses only
        // once.
        let goods = json!({ "client_phone": PHONE, "original_external_sale_id": id });
        let done = till.post("/cashier/return", json!({ "return_amount": 1000, "client_phone": PHONE, "original_external_sale_id": id })).await;
        assert_eq!(
            (
                &done.data()["cash_refund_amount"],
                &done.data()["bonus_restored"]
            ),
            (&json!(955), &json!(45)),
            "{done}"
        );
        assert_eq!(
            till.post("/cashier/return", goods).await.code(),
            "over_return"
        );
        assert_eq!(till.lookup(PHONE, None).await.data(), &had);
    }
    // The list of past sales shows one sale, without its redemption as a separate entry.
    let past = till
        .get(&format!("/cashier/client/%2B{}/sales", &PHONE[1..]))
        .await;
    let ids: Vec<_> = past.data()["sales"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sale| sale["external_sale_id"].clone())
        .collect();
    assert_eq!(ids.iter().filter(|id| *id == UUID).count(), 1, "{past}");
    assert_eq!(ids.len(), 4, "{past}");
    // A fiscal number belongs to its till: another till's redemption with this number is separate.
    let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": "000200" });
    assert_eq!(other_till.post("/cashier/redeem", spent).await.status, 201);
    assert_eq!(
        sell(&till, PHONE, 1000, "000200").await.data()["bonus_redeemed"],
        0
    );
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_redemption_after_the_sale_with_the_same_id_is_refused(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, other_till) = two_clients(&server).await;
    sell(&till, PHONE, 20_000, "earlier").await;
    for id in [UUID, FISCAL] {
        let mut body = sale_body(PHONE, 1000, id);
        body["bonus_redeem_amount"] = json!(300);
        assert_eq!(till.post("/cashier/sale", body).await.status, 201);
        // The sale has used up the limit of 30 %. A redemption of the same amount is answered as a
        // duplicate and takes no bonuses.
        let spend = |amount: i64| json!({ "client_phone": PHONE, "amount": amount, "total_amount": 1000, "external_sale_id": id });
        conflicts(&server, &till, "/cashier/redeem", spend(299)).await;
        let before = till.balance(PHONE).await;
        let late = till.post("/cashier/redeem", spend(300)).await;
        assert_eq!(
            (late.code(), &late.data()["bonus_redeemed"]),
            ("duplicate_sale", &json!(300)),
            "{late}"
        );
        assert_eq!(till.balance(PHONE).await, before);
    }
    // A fiscal number belongs to its till: another till may use the same number.
    let spent = json!({ "client_phone": PHONE, "amount": 30, "total_amount": 1000, "external_sale_id": FISCAL });
    assert_eq!(other_till.post("/cashier/redeem", spent).await.status, 201);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_redemption_is_found_by_the_sale_of_its_uuid_at_any_till(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, other_till) = two_clients(&server).await;
    sell(&till, PHONE, 20_000, "earlier").await;
    let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": UUID });
    assert_eq!(other_till.post("/cashier/redeem", spent).await.status, 201);
    assert_eq!(
        sell(&till, PHONE, 1000, UUID).await.data()["bonus_redeemed"],
        45
    );
    let goods =
        json!({ "client_phone": PHONE, "original_external_sale_id": UUID, "return_amount": 1000 });
    let done = till.post("/cashier/return", goods).await;
    assert_eq!(
        (
            &done.data()["cash_refund_amount"],
            &done.data()["bonus_restored"]
        ),
        (&json!(955), &json!(45)),
        "{done}"
    );
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_repeat_of_a_returned_redemption_is_a_conflict(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, _) = two_clients(&server).await;
    sell(&till, PHONE, 20_000, "earlier").await;
    let spend = |id: &str| json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": id });
    assert_eq!(till.post("/cashier/redeem", spend(UUID)).await.status, 201);
    let goods =
        json!({ "client_phone": PHONE, "original_external_sale_id": UUID, "return_amount": 1000 });
    assert_eq!(till.post("/cashier/return", goods).await.status, 201);
    // After `duplicate_sale` the till would give a discount of 45, but no bonuses would be taken.
    conflicts(&server, &till, "/cashier/redeem", spend(UUID)).await;
    assert_eq!(
        till.post("/cashier/redeem", spend(FISCAL)).await.status,
        201
    );
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_new_redemption_comes_back_before_an_old_sale_of_its_number(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, _) = two_clients(&server).await;
    sell(&till, PHONE, 20_000, FISCAL).await;
    server.shop.clock.advance(31 * DAY_SECONDS);
    let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": FISCAL });
    assert_eq!(till.post("/cashier/redeem", spent).await.status, 201);
    let goods = json!({ "client_phone": PHONE, "original_external_sale_id": FISCAL, "return_amount": 1000 });
    let done = till.post("/cashier/return", goods).await;
    assert_eq!(
        (
            &done.data()["cash_refund_amount"],
            &done.data()["bonus_restored"]
        ),
        (&json!(0), &json!(45)),
        "{done}"
    );
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn an_adopted_redemption_of_welcome_bonuses_needs_their_minimum(database: TestDatabase) {
    let programme = domain::Programme {
        welcome_bonus: domain::Money::from_somoni(50),
        welcome_min_redeem: domain::Money::from_somoni(500),
        ..without_hold()
    };
    let server = Server::start(&database, programme).await;
    let (till, _) = two_clients(&server).await;
    let spent = json!({ "client_phone": PHONE, "amount": 30, "total_amount": 500, "external_sale_id": UUID });
    assert_eq!(till.post("/cashier/redeem", spent).await.status, 201);
    let small = sell(&till, PHONE, 100, UUID).await;
    assert_eq!(
        (small.status, small.code()),
        (422, "welcome_below_minimum"),
        "{small}"
    );
    assert_eq!(sell(&till, PHONE, 500, UUID).await.status, 201);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_redemption_without_a_sale_can_be_returned(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, _) = two_clients(&server).await;
    sell(&till, PHONE, 20_000, "earlier").await;
    let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": UUID });
    till.post("/cashier/redeem", spent).await;
    let goods =
        json!({ "client_phone": PHONE, "original_external_sale_id": UUID, "return_amount": 1000 });
    let done = till.post("/cashier/return", goods).await;
    assert_answer!(done, @r#"
    201 {"success":true,"data":{"id":1,"return_amount":1000,"cash_refund_amount":0,"bonus_revoked":0,
    "bonus_restored":45,"bonus_shortage":0,"bonus_shortage_settled":0,"new_balance":1000}}
    "#);
    // A later sale does not adopt a redemption that has been returned.
    assert_eq!(
        sell(&till, PHONE, 1000, UUID).await.data()["bonus_redeemed"],
        0
    );
    server.shop.assert_sound().await;
}
