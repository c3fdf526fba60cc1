//! After returns, a client keeps only the bonuses that the kept purchases have earned, whatever
//! figures the till sends (rules, invariant 8).

use domain::{BasisPoints, Money, Programme};
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, Till, without_hold};
use crate::reply::{Reply, assert_answer};

const FRIEND: &str = "+992901234568";
pub(crate) const RETURN: &str = "/cashier/return";
pub(crate) const CALCULATE: &str = "/cashier/return/calculate";
const DAY_SECONDS: i64 = 86_400;

/// Returns the body of a return of the sale `id`, with additional fields.
pub(crate) fn back(id: &str, fields: &Value) -> Value {
    let mut body = json!({ "client_phone": PHONE, "original_external_sale_id": id });
    let fields = fields.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(fields);
    body
}

pub(crate) async fn recorded(till: &Till, path: &str, body: Value) -> Reply {
    let reply = till.post(path, body).await;
    assert_eq!(reply.status, 201, "{reply}");
    reply
}

pub(crate) async fn refused(till: &Till, path: &str, body: Value) -> Reply {
    let reply = till.post(path, body).await;
    assert_eq!(reply.status, 422, "{reply}");
    reply
}

pub(crate) fn dirams(amount: &Value) -> i64 {
    testkit::money(&amount.to_string()).dirams()
}

/// Returns a programme that gives 50 bonuses for a second purchase within 30 days.
fn second_purchase() -> Programme {
    Programme {
        second_purchase_days: 30,
        second_purchase_bonus: Money::from_somoni(50),
        ..without_hold()
    }
}

/// Returns a programme whose bonuses expire after 30 days.
fn expiring() -> Programme {
    Programme {
        bonus_expiry_days: 30,
        max_redeem_percent: BasisPoints::new(10_000),
        ..without_hold()
    }
}

/// Returns a till of the server's store, at which the client has made a purchase of 100.
async fn after_a_first_purchase(server: &Server) -> Till {
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "100", "0", "first").await;
    till
}

#[on_both_engines]
async fn a_sent_revocation_leaves_no_reward_of_a_second_purchase(database: TestDatabase) {
    let server = Server::start(&database, second_purchase()).await;
    let till = after_a_first_purchase(&server).await;
    let whole = json!({ "return_amount": 1000, "cash_refund_amount": 1000, "bonus_to_revoke": 50 });
    let half = json!({ "return_amount": 500, "cash_refund_amount": 500, "bonus_to_revoke": 25 });
    let little = json!({ "return_amount": 1000, "bonus_to_revoke": 0 });
    for (round, parts) in [
        vec![&whole],
        vec![&half, &half],
        vec![&little],
        vec![&whole],
    ]
    .iter()
    .enumerate()
    {
        let id = format!("round {round}");
        till.sell(PHONE, "1000", "0", &id).await;
        assert_eq!(till.balance(PHONE).await, 105);
        for part in parts {
            recorded(&till, RETURN, back(&id, part)).await;
        }
        assert_eq!(till.balance(PHONE).await, 5, "round {round}");
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_sent_revocation_leaves_no_reactivation_reward(database: TestDatabase) {
    let programme = Programme {
        reactivation_days: 60,
        reactivation_bonus: Money::from_somoni(50),
        ..without_hold()
    };
    let server = Server::start(&database, programme).await;
    let till = after_a_first_purchase(&server).await;
    server.shop.clock.advance(60 * DAY_SECONDS);
    for round in ["one", "two", "three"] {
        till.sell(PHONE, "1000", "0", round).await;
        assert_eq!(till.balance(PHONE).await, 105);
        recorded(
            &till,
            RETURN,
            back(
                round,
                &json!({ "return_amount": 1000, "bonus_to_revoke": 50 }),
            ),
        )
        .await;
        assert_eq!(till.balance(PHONE).await, 5, "round {round}");
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn the_calculated_revocation_can_be_sent_with_the_return(database: TestDatabase) {
    let server = Server::start(&database, second_purchase()).await;
    let till = after_a_first_purchase(&server).await;
    till.sell(PHONE, "1000", "0", "check").await;
    let forecast = till.post(CALCULATE, back("check", &json!({}))).await;
    assert_answer!(forecast, @r#"200 {"success":true,"data":{"status":"ok","available_bonuses":105,"bonus_to_revoke":100}}"#);
    recorded(
        &till,
        RETURN,
        back(
            "check",
            &json!({ "return_amount": 1000, "bonus_to_revoke": 100 }),
        ),
    )
    .await;
    assert_eq!(till.balance(PHONE).await, 5);
}

#[on_both_engines]
async fn an_exchange_has_the_same_result_in_either_order(database: TestDatabase) {
    let programme = Programme {
        referral_bonus: Money::from_somoni(30),
        ..second_purchase()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    for (phone, buy_first) in [("+992900000011", true), ("+992900000012", false)] {
        let friend = phone.replace("+9929", "+9928");
        till.register(phone).await;
        till.register(&friend).await;
        let invite = "UPDATE clients SET referred_by = (SELECT MIN(id) FROM clients AS friends \
                      WHERE friends.tenant_id = $1) WHERE tenant_id = $1 AND id = (SELECT MAX(id) FROM clients AS newest WHERE newest.tenant_id = $1)";
        server.shop.execute(invite, 1).await;
        let before = dirams(&till.balance("+992900000011").await);
        let id = |name: &str| format!("{name} {friend}");
        let goods = |name: &str| json!({ "client_phone": friend, "original_external_sale_id": id(name), "return_amount": 1000 });
        till.sell(&friend, "1000", "0", &id("first")).await;
        till.sell(&friend, "1000", "0", &id("a")).await;
        if buy_first {
            till.sell(&friend, "1000", "0", &id("b")).await;
            recorded(&till, RETURN, goods("a")).await;
        } else {
            recorded(&till, RETURN, goods("a")).await;
            till.sell(&friend, "1000", "0", &id("b")).await;
        }
        assert_eq!(
            till.balance(&friend).await,
            150,
            "cashback of two purchases and one reward"
        );
        // The first purchase, which earned the referral bonus, is returned too. The referral bonus
        // stays, because other purchases are kept.
        recorded(&till, RETURN, goods("first")).await;
        let now = dirams(&till.balance("+992900000011").await);
        assert_eq!(now - before, 3_000);
        recorded(&till, RETURN, goods("b")).await;
        assert_eq!(till.balance(&friend).await, 0, "nothing is kept");
        let now = dirams(&till.balance("+992900000011").await);
        assert_eq!(now, before);
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_return_does_not_charge_bonuses_that_expired_unspent(database: TestDatabase) {
    let server = Server::start(&database, expiring()).await;
    let till = server.till();
    till.register(PHONE).await;
    for swept in [false, true] {
        let id = |name: &str| format!("{name} {swept}");
        till.sell(PHONE, "1000", "0", &id("whole")).await;
        till.sell(PHONE, "1000", "0", &id("halves")).await;
        recorded(
            &till,
            RETURN,
            back(&id("halves"), &json!({ "return_amount": 400 })),
        )
        .await;
        server.shop.clock.advance(30 * DAY_SECONDS);
        if swept {
            let store = [server.shop.till.tenant_id];
            let sweep = backend::jobs::Sweep::ButFor(&store);
            backend::jobs::expire_bonuses(&server.shop.backend, None, sweep)
                .await
                .unwrap();
        }
        // Other bonuses, which the return must not touch.
        till.sell(PHONE, "2000", "0", &id("later")).await;
        let had = till.balance(PHONE).await;
        let whole = json!({ "return_amount": 1000, "cash_refund_amount": 1000 });
        let forecast = till.post(CALCULATE, back(&id("whole"), &whole)).await;
        assert_eq!(
            (
                &forecast.data()["status"],
                &forecast.data()["bonus_to_revoke"]
            ),
            (&json!("ok"), &json!(0))
        );
        let done = recorded(&till, RETURN, back(&id("whole"), &whole)).await;
        assert_eq!(done.data()["bonus_revoked"], 0);
        let named =
            json!({ "return_amount": 600, "cash_refund_amount": 600, "bonus_to_revoke": 30 });
        let done = recorded(&till, RETURN, back(&id("halves"), &named)).await;
        assert_eq!(done.data()["bonus_revoked"], 0);
        assert_eq!(till.balance(PHONE).await, had);
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_return_charges_only_bonuses_spent_before_the_expiry(database: TestDatabase) {
    let server = Server::start(&database, expiring()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "1000", "0", "check").await;
    till.sell(PHONE, "400", "20", "").await;
    server.shop.clock.advance(30 * DAY_SECONDS);
    let half = till
        .post(CALCULATE, back("check", &json!({ "return_amount": 500 })))
        .await;
    assert_eq!(half.data()["bonus_to_revoke"], 0, "{half}");
    let forecast = till.post(CALCULATE, back("check", &json!({}))).await;
    assert_answer!(forecast, @r#"
    200 {"success":true,"data":{"status":"insufficient_bonuses","available_bonuses":0,"bonus_to_revoke":20,
    "shortage_bonuses":20,"shortage_cash_equivalent":20}}
    "#);
}

#[on_both_engines]
async fn an_expired_referral_bonus_is_not_charged(database: TestDatabase) {
    let programme = Programme {
        referral_bonus: Money::from_somoni(30),
        ..expiring()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    till.register(FRIEND).await;
    till.register(PHONE).await;
    server
        .shop
        .execute(
            "UPDATE clients SET referred_by = 1 WHERE tenant_id = $1 AND id = 2",
            1,
        )
        .await;
    till.sell(PHONE, "1000", "0", "check").await;
    assert_eq!(till.balance(FRIEND).await, 30);
    server.shop.clock.advance(30 * DAY_SECONDS);
    recorded(
        &till,
        RETURN,
        back("check", &json!({ "return_amount": 1000 })),
    )
    .await;
    assert_eq!(till.balance(FRIEND).await, 0);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_revocation_is_bounded_by_what_was_given(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "100", "0", "check").await;
    let excessive = json!({ "return_amount": 1, "cash_refund_amount": 0, "bonus_to_revoke": 1_000_000, "shortage_settled": true });
    for path in [RETURN, CALCULATE] {
        assert_answer!(refused(&till, path, back("check", &excessive)).await, @r#"
        422 {"success":false,"error":"Можно аннулировать не больше 5 бонусов.","code":"over_revoke",
        "data":{"max_bonus_to_revoke":5}}
        "#);
    }
    // Each return of a half asks to revoke the bonuses of the whole sale.
    let half = json!({ "return_amount": 50, "bonus_to_revoke": 5 });
    recorded(&till, RETURN, back("check", &half)).await;
    assert_eq!(
        refused(&till, RETURN, back("check", &half)).await.code(),
        "over_revoke"
    );
    recorded(
        &till,
        RETURN,
        back("check", &json!({ "return_amount": 50 })),
    )
    .await;
    assert_eq!(till.balance(PHONE).await, 0);
    // Without the original sale, the limit is the client's balance.
    till.sell(PHONE, "100", "0", "another").await;
    let unknown = json!({ "client_phone": PHONE, "return_amount": 50, "bonus_to_revoke": 5.01, "shortage_settled": true });
    for path in [RETURN, CALCULATE] {
        assert_eq!(
            refused(&till, path, unknown.clone()).await.code(),
            "over_revoke"
        );
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_redemption_does_not_count_as_a_purchase(database: TestDatabase) {
    let programme = Programme {
        welcome_bonus: Money::from_somoni(100),
        referral_bonus: Money::from_somoni(30),
        ..second_purchase()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    till.register(FRIEND).await;
    till.register(PHONE).await;
    server
        .shop
        .execute(
            "UPDATE clients SET referred_by = 1 WHERE tenant_id = $1 AND id = 2",
            1,
        )
        .await;
    let spent = json!({ "client_phone": PHONE, "amount": 10, "total_amount": 1000, "external_sale_id": "redemption" });
    recorded(&till, "/cashier/redeem", spent).await;
    assert_eq!(till.lookup(PHONE, None).await.data()["total_spent"], 0);
    let sold = till.sell(PHONE, "1000", "0", "sale").await;
    assert_eq!(
        sold.data()["accruals"].as_array().unwrap().len(),
        1,
        "{sold}"
    );
    assert_eq!(till.balance(FRIEND).await, 130);
    server.shop.assert_sound().await;
}
