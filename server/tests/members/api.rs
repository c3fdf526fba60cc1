//! The account of a client, which nobody else sees.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::place::{PHONE, Place};

/// Every request of the client API that needs a client.
const ROUTES: [(&str, &str); 8] = [
    ("GET", "me"),
    ("GET", "history"),
    ("GET", "preferences"),
    ("POST", "preferences"),
    ("POST", "devices"),
    ("POST", "devices/forget"),
    ("POST", "sign-out"),
    ("GET", "history?after=1.1.1.1"),
];

/// Reads an amount of somoni, which may be negative.
fn dirams(amount: &Value) -> i64 {
    let text = amount.to_string();
    let plain = testkit::money(text.trim_start_matches('-')).dirams();
    if text.starts_with('-') { -plain } else { plain }
}

#[on_both_engines]
async fn strangers_and_tills_get_nothing_on_any_route(database: TestDatabase) {
    let place = Place::start(&database).await;
    place.sign_in(PHONE).await;
    let zeros = "0".repeat(64);
    for (method, route) in ROUTES {
        let path = format!("/api/v1/client/{route}");
        let method: Method = method.parse().unwrap();
        let tokens = [
            String::new(),
            "Bearer".to_owned(),
            format!("Bearer {zeros}"),
            format!("Bearer {}", place.shop.cashier_token),
            format!("Bearer {}", place.shop.tenant_token),
            format!("Basic {zeros}"),
        ];
        for token in tokens {
            let headers = [("authorization", token.as_str())];
            let reply = place.ask(method.clone(), &path, &headers, &json!({})).await;
            assert_eq!(
                (reply.status, reply.code()),
                (401, "bad_client_token"),
                "{path}"
            );
        }
        let till = [
            ("x-tenant-token", place.shop.tenant_token.as_str()),
            ("x-cashier-token", place.shop.cashier_token.as_str()),
            ("x-device-id", "till-pc"),
        ];
        let reply = place.ask(method, &path, &till, &json!({})).await;
        assert_eq!(reply.status, 401, "{path}");
    }
}

#[on_both_engines]
async fn a_client_sees_their_own_balance_and_history_only(database: TestDatabase) {
    let place = Place::start(&database).await;
    let token = place.sign_in(PHONE).await;
    let other = place.sign_in("+992901234568").await;
    place
        .shop
        .sell(PHONE, "1000", "10", Some("check-1"))
        .await
        .unwrap();
    let me = place.get("me", &token).await;
    // 20 for joining, less 10, and 5 % of the money that was paid.
    assert_eq!(me.data()["bonus_balance"], 59.5);
    assert_eq!(me.data()["redeemable_balance"], 59.5);
    let expiring = me.data()["expiring"].as_array().unwrap();
    let ending: i64 = expiring.iter().map(|day| dirams(&day["amount"])).sum();
    assert_eq!(ending, 5_950, "{expiring:?}");
    let history = place.get("history", &token).await;
    let events = history.data()["events"].as_array().unwrap();
    assert_eq!(events.len(), 2, "{events:?}");
    assert_eq!(events[0]["kind"], "purchase");
    assert_eq!(events[0]["total"], 1000);
    assert_eq!(events[1]["kind"], "credit");
    // Each event explains itself: the changes lead from one balance to the other.
    for event in events {
        let changes = event["changes"].as_array().unwrap();
        let changes: i64 = changes.iter().map(|change| dirams(&change["amount"])).sum();
        let after = dirams(&event["balance_before"]) + changes;
        assert_eq!(after, dirams(&event["balance_after"]), "{event}");
    }
    let of_other = place.get("history", &other).await;
    assert_eq!(of_other.data()["events"].as_array().unwrap().len(), 1);
    // No tellings of the store's people, no other client's phone.
    let text = history.json.to_string();
    assert!(!text.contains("901234568"), "{text}");
}

#[on_both_engines]
async fn a_session_ends_by_signing_out_by_time_and_with_the_client(database: TestDatabase) {
    let place = Place::start(&database).await;
    let token = place.sign_in(PHONE).await;
    place.shop.clock.advance(61);
    let second = place.sign_in(PHONE).await;
    assert_eq!(
        place.post("sign-out", &token, Value::Null).await.status,
        204
    );
    assert_eq!(place.get("me", &token).await.status, 401);
    assert_eq!(place.get("me", &second).await.status, 200);
    // A session that is used stays; one that is not ends.
    for _ in 0..4 {
        place.shop.clock.advance(100 * 86_400);
        assert_eq!(place.get("me", &second).await.status, 200);
    }
    place.shop.clock.advance(181 * 86_400);
    assert_eq!(place.get("me", &second).await.status, 401);

    let third = place.sign_in(PHONE).await;
    let block = "UPDATE clients SET blocked_at = 1 WHERE tenant_id = $1";
    let changed = place
        .shop
        .backend
        .db
        .writes()
        .execute(block, (place.store(),))
        .await;
    changed.unwrap().exactly(1).unwrap();
    assert_eq!(place.get("me", &third).await.code(), "client_blocked");
}

#[on_both_engines]
async fn devices_move_to_who_signs_in_and_the_oldest_gives_way(database: TestDatabase) {
    let place = Place::start(&database).await;
    let token = place.sign_in(PHONE).await;
    let other = place.sign_in("+992901234568").await;
    let device = |name: &str| json!({"token": name, "platform": "android"});
    for number in 0..6 {
        place.shop.clock.advance(1);
        let reply = place
            .post("devices", &token, device(&format!("device-{number}")))
            .await;
        assert_eq!(reply.status, 204, "{reply:?}");
    }
    let kept = "SELECT COUNT(*) FROM client_devices WHERE tenant_id = $1 AND token <> 'device-0'";
    assert_eq!(place.shop.number(kept).await, 5);
    assert_eq!(
        place
            .post("devices", &other, device("device-5"))
            .await
            .status,
        204
    );
    let owners = "SELECT COUNT(DISTINCT client_id) FROM client_devices WHERE tenant_id = $1";
    assert_eq!(place.shop.number(owners).await, 2);
    let reachable = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND is_reachable = 1";
    assert_eq!(place.shop.number(reachable).await, 2);
    // Nobody forgets the device of another client.
    let forget = json!({"token": "device-5"});
    assert_eq!(
        place
            .post("devices/forget", &token, forget.clone())
            .await
            .status,
        204
    );
    assert_eq!(place.shop.number(owners).await, 2);
    assert_eq!(
        place.post("devices/forget", &other, forget).await.status,
        204
    );
    assert_eq!(place.shop.number(reachable).await, 1);
    let wrong = place
        .post("devices", &token, json!({"token": "", "platform": "nokia"}))
        .await;
    assert_eq!(wrong.status, 422);
    let fields = wrong.json["fields"].as_object().unwrap();
    assert!(
        fields.contains_key("token") && fields.contains_key("platform"),
        "{fields:?}"
    );
}

#[on_both_engines]
async fn preferences_are_changed_one_by_one(database: TestDatabase) {
    let place = Place::start(&database).await;
    let token = place.sign_in(PHONE).await;
    let before = place.get("preferences", &token).await;
    let all = json!({"receipts": true, "reminders": true, "offers": false, "language": null});
    assert_eq!(*before.data(), all);
    let changed = place
        .post("preferences", &token, json!({"reminders": false}))
        .await;
    assert_eq!(changed.data()["reminders"], false);
    assert_eq!(changed.data()["receipts"], true);
    let changed = place
        .post(
            "preferences",
            &token,
            json!({"offers": true, "language": "en"}),
        )
        .await;
    let all = json!({"receipts": true, "reminders": false, "offers": true, "language": "en"});
    assert_eq!(*changed.data(), all);
    let wrong = place
        .post("preferences", &token, json!({"language": "fr"}))
        .await;
    assert_eq!(wrong.status, 422);
}

#[on_both_engines]
async fn a_friends_code_rewards_the_friend_at_the_first_purchase(database: TestDatabase) {
    let place = Place::start(&database).await;
    let friend = place.sign_in(PHONE).await;
    let me = place.get("me", &friend).await;
    let referral = me.data()["referral_code"].as_str().unwrap().to_owned();
    let phone = "+992901234568";
    let code = place.code(phone).await;
    let sent = json!({
        "store": place.store(), "phone": phone, "code": code, "referral_code": referral,
    });
    assert_eq!(
        place.post("otp/verify", "", sent).await.data()["is_new"],
        true
    );
    place
        .shop
        .sell(phone, "1000", "0", Some("check-1"))
        .await
        .unwrap();
    let after = place.get("me", &friend).await;
    assert_eq!(after.data()["bonus_balance"], 35);
    place.shop.assert_sound().await;
}
