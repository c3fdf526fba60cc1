//! Codes by SMS: what they are good for, and what bounds guessing and the store's bill.

use serde_json::json;
use testkit::service::answers;
use testkit::{TestDatabase, on_both_engines};

use crate::place::{PHONE, Place};

#[on_both_engines]
async fn a_code_signs_in_once_and_lets_an_unknown_phone_join(database: TestDatabase) {
    let place = Place::start(&database).await;
    let code = place.code(PHONE).await;
    let sms = place.sms.arrived();
    assert!(sms[0].query.contains("is_confidential=true"));
    let sent = json!({
        "store": place.store(), "phone": PHONE, "code": code, "full_name": "Зебо", "language": "tg",
    });
    let reply = place.post("otp/verify", "", sent.clone()).await;
    assert_eq!(reply.data()["is_new"], true);
    let token = reply.data()["token"].as_str().unwrap().to_owned();
    let me = place.get("me", &token).await;
    assert_eq!(me.data()["phone"], PHONE);
    assert_eq!(me.data()["full_name"], "Зебо");
    assert_eq!(me.data()["bonus_balance"], 20);
    assert_eq!(me.data()["preferences"]["language"], "tg");
    // The code is used.
    let again = place.post("otp/verify", "", sent).await;
    assert_eq!((again.status, again.code()), (422, "code_is_over"));
    // A till knows the client, and the token is stored only as a hash.
    assert_eq!(
        place.shop.client(PHONE).await.full_name.as_deref(),
        Some("Зебо")
    );
    let stored = "SELECT COUNT(*) FROM client_sessions WHERE tenant_id = $1 AND token_hash = 'x'";
    assert_eq!(place.shop.number(stored).await, 0);
    place.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_code_can_be_guessed_five_times_and_lives_five_minutes(database: TestDatabase) {
    let place = Place::start(&database).await;
    let code = place.code(PHONE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let guess = |code: &str| json!({"store": place.store(), "phone": PHONE, "code": code});
    for left in (1..5).rev() {
        let reply = place.post("otp/verify", "", guess(wrong)).await;
        assert_eq!((reply.status, reply.code()), (422, "wrong_code"));
        assert_eq!(reply.json["data"]["tries_left"], left);
    }
    let last = place.post("otp/verify", "", guess(wrong)).await;
    assert_eq!(last.code(), "code_is_over");
    // The right one comes too late.
    let late = place.post("otp/verify", "", guess(&code)).await;
    assert_eq!(late.code(), "code_is_over");

    place.shop.clock.advance(61);
    let code = place.code(PHONE).await;
    place.shop.clock.advance(5 * 60);
    let old = place.post("otp/verify", "", guess(&code)).await;
    assert_eq!(old.code(), "code_is_over");
    // Nobody has joined.
    let clients = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1";
    assert_eq!(place.shop.number(clients).await, 0);
}

#[on_both_engines]
async fn guesses_at_once_are_counted_one_by_one(database: TestDatabase) {
    let place = Place::start(&database).await;
    let code = place.code(PHONE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let guess = || {
        let sent = json!({"store": place.store(), "phone": PHONE, "code": wrong});
        place.post("otp/verify", "", sent)
    };
    let guesses = tokio::join!(
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess(),
        guess()
    );
    let codes = [
        guesses.0, guesses.1, guesses.2, guesses.3, guesses.4, guesses.5, guesses.6, guesses.7,
    ];
    let wrong = codes
        .iter()
        .filter(|reply| reply.code() == "wrong_code")
        .count();
    assert_eq!(wrong, 4);
}

#[on_both_engines]
async fn sms_to_a_phone_from_an_address_and_of_a_store_are_bounded(database: TestDatabase) {
    let place = Place::start(&database).await;
    let asked = |phone: &str| json!({"store": place.store(), "phone": phone});
    place.code(PHONE).await;
    let soon = place.post("otp/request", "", asked(PHONE)).await;
    assert_eq!((soon.status, soon.code()), (429, "too_many_codes"));
    assert_eq!(soon.retry_after.as_deref(), Some("61"));
    for _ in 1..5 {
        place.shop.clock.advance(61);
        place.code(PHONE).await;
    }
    place.shop.clock.advance(61);
    let sixth = place
        .post_from("198.51.100.99", "otp/request", "", asked(PHONE))
        .await;
    assert_eq!(sixth.status, 429);
    // A day later the phone is free again.
    place.shop.clock.advance(24 * 60 * 60);
    place.code(PHONE).await;

    // An address asks for many phones.
    place.sms.forget();
    let mut sent = 0;
    for phone in 0..30 {
        let phone = format!("+9929112345{phone:02}");
        let reply = place
            .post_from("203.0.113.5", "otp/request", "", asked(&phone))
            .await;
        sent += usize::from(reply.status == 200);
    }
    assert_eq!(sent, 20);
    assert_eq!(place.sms.arrived().len(), 20);
}

#[on_both_engines]
async fn at_the_stores_bound_only_known_phones_get_codes_and_nobody_sees_it(
    database: TestDatabase,
) {
    let place = Place::start(&database).await;
    place.shop.register(PHONE).await;
    let counts = "UPDATE client_code_counts SET count = 300 WHERE count >= $1";
    let asked = |phone: &str| json!({"store": place.store(), "phone": phone});
    let first = place.post("otp/request", "", asked("+992911234501")).await;
    assert_eq!(first.status, 200);
    // As if 300 unknown phones had asked today: one of the three counts is the store's.
    let changed = place
        .shop
        .backend
        .db
        .writes()
        .execute(counts, (1_i64,))
        .await;
    changed.unwrap().exactly(3).unwrap();
    place.sms.forget();
    let unknown = place
        .post_from("203.0.113.9", "otp/request", "", asked("+992911234502"))
        .await;
    let known = place
        .post_from("203.0.113.9", "otp/request", "", asked(PHONE))
        .await;
    assert_eq!(unknown.status, 200);
    assert_eq!(
        unknown.json, known.json,
        "the answers do not tell who is known"
    );
    assert_eq!(place.sms.arrived().len(), 1);
    assert!(place.sms.arrived()[0].query.contains("992901234567"));
}

#[on_both_engines]
async fn no_code_goes_abroad(database: TestDatabase) {
    let place = Place::start(&database).await;
    let asked = json!({"store": place.store(), "phone": "+79161234567"});
    let refused = place.post("otp/request", "", asked).await;
    assert_eq!(refused.status, 422);
    assert!(refused.json["fields"]["phone"].is_string(), "{refused:?}");
    assert!(place.sms.arrived().is_empty());
}

#[on_both_engines]
async fn a_code_that_could_not_be_sent_does_not_block_the_phone(database: TestDatabase) {
    let place = Place::start(&database).await;
    place.sms.now([answers(500, "")]);
    let asked = json!({"store": place.store(), "phone": PHONE});
    let failed = place.post("otp/request", "", asked).await;
    assert_eq!((failed.status, failed.code()), (503, "sms_unavailable"));
    place
        .sms
        .now([answers(201, r#"{"status":"ok","msg_id":1}"#)]);
    place.code(PHONE).await;
}

#[on_both_engines]
async fn a_new_client_accepts_the_present_terms(database: TestDatabase) {
    let place = Place::start(&database).await;
    let actor = backend::audit::Actor {
        tenant_id: place.store(),
        user_id: None,
        name: "Тест".to_owned(),
        address: String::new(),
    };
    let save = |text| backend::membership::SaveTerms {
        actor: &actor,
        text,
    };
    assert_eq!(place.shop.backend.run(&save("Первые")).await.unwrap(), 1);
    assert_eq!(place.shop.backend.run(&save("Вторые")).await.unwrap(), 2);
    assert_eq!(place.shop.backend.run(&save("Вторые")).await.unwrap(), 2);
    let code = place.code(PHONE).await;
    let sent = |terms: Option<i64>| json!({"store": place.store(), "phone": PHONE, "code": code, "accepted_terms": terms});
    for terms in [None, Some(1), Some(3)] {
        let refused = place.post("otp/verify", "", sent(terms)).await;
        assert_eq!(
            (refused.status, refused.code()),
            (422, "terms_not_accepted")
        );
        assert_eq!(refused.json["data"]["text"], "Вторые");
    }
    let accepted = place.post("otp/verify", "", sent(Some(2))).await;
    assert_eq!(accepted.data()["is_new"], true);
    let stored = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND terms_version = 2";
    assert_eq!(place.shop.number(stored).await, 1);
    // A client whom a till has registered is not asked.
    place.shop.register("+992901234568").await;
    place.shop.clock.advance(61);
    place.sign_in("+992901234568").await;
}

#[on_both_engines]
async fn nobody_joins_a_store_that_is_not_there_or_is_suspended(database: TestDatabase) {
    let place = Place::start(&database).await;
    for store in [0, 999, -1] {
        let asked = json!({"store": store, "phone": PHONE});
        let reply = place.post("otp/request", "", asked).await;
        assert!(matches!(reply.status, 404 | 422), "{reply:?}");
    }
    let suspend = "UPDATE tenants SET suspended_at = 1 WHERE id = $1";
    let changed = place
        .shop
        .backend
        .db
        .writes()
        .execute(suspend, (place.store(),))
        .await;
    changed.unwrap().exactly(1).unwrap();
    let asked = json!({"store": place.store(), "phone": PHONE});
    let reply = place.post("otp/request", "", asked).await;
    assert_eq!((reply.status, reply.code()), (404, "store_not_found"));
    assert!(place.sms.arrived().is_empty());
}
