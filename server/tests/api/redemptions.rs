//! Redemptions without a sale, and the sale that takes one as its own.

use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::external_ids::{DAY_SECONDS, FISCAL, UUID, check, conflicts, sell, two_clients};
use crate::harness::{PHONE, Server, without_hold};
use crate::reply::assert_answer;

#[on_both_engines]
async fn a_sale_takes_the_redemption_of_its_check_as_its_own(database: TestDatabase) {
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
        let mut body = check(PHONE, 1000, id);
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
        // All of it comes back by the one id, the bonuses once.
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
    // The till shows one check, not its redemption beside it.
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
    // Another till's redemption of that number is not this check's.
    let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": "000200" });
    assert_eq!(other_till.post("/cashier/redeem", spent).await.status, 201);
    assert_eq!(
        sell(&till, PHONE, 1000, "000200").await.data()["bonus_redeemed"],
        0
    );
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_redemption_does_not_follow_the_sale_of_its_check(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, other_till) = two_clients(&server).await;
    sell(&till, PHONE, 20_000, "earlier").await;
    for id in [UUID, FISCAL] {
        let mut body = check(PHONE, 1000, id);
        body["bonus_redeem_amount"] = json!(300);
        assert_eq!(till.post("/cashier/sale", body).await.status, 201);
        // The limit of 30 % is used up. Nor do those of the sale go twice where the till asked for both.
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
    // The number of another till's check is no number of this one's.
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
async fn a_redemption_that_was_undone_is_not_told_to_be_recorded(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let (till, _) = two_clients(&server).await;
    sell(&till, PHONE, 20_000, "earlier").await;
    let spend = |id: &str| json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": id });
    assert_eq!(till.post("/cashier/redeem", spend(UUID)).await.status, 201);
    let goods =
        json!({ "client_phone": PHONE, "original_external_sale_id": UUID, "return_amount": 1000 });
    assert_eq!(till.post("/cashier/return", goods).await.status, 201);
    // The till would give 45 off, and nothing would be taken.
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
async fn welcome_bonuses_that_a_redemption_took_want_a_check_of_their_size(database: TestDatabase) {
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
async fn a_redemption_without_a_sale_comes_back_alone(database: TestDatabase) {
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
    // What has come back is no redemption of a sale that follows.
    assert_eq!(
        sell(&till, PHONE, 1000, UUID).await.data()["bonus_redeemed"],
        0
    );
    server.shop.assert_sound().await;
}
