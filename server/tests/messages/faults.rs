//! What the services may answer, and what becomes of the message.

use backend::notifications::{AskAgain, Ending, finish};
use domain::messages::{Channel, Lane};
use testkit::service::{Does, answers};
use testkit::{TestDatabase, on_both_engines};

use crate::sender::{FIREBASE, OWN_TOKEN, PHONE, Sender, sent_by_bot, without_hold};

async fn with_a_receipt(database: &TestDatabase) -> Sender {
    let sender = Sender::start(database, without_hold()).await;
    sender.client_with_bot(PHONE, 4242).await;
    sender.set_up(Channel::Telegram, OWN_TOKEN).await;
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-1"))
        .await
        .unwrap();
    sender
}

#[on_both_engines]
async fn a_bot_that_is_asked_to_wait_waits_and_nothing_is_lost(database: TestDatabase) {
    let sender = with_a_receipt(&database).await;
    let limited = r#"{"ok":false,"error_code":429,"parameters":{"retry_after":17}}"#;
    sender.telegram.now([answers(429, limited), sent_by_bot()]);
    sender.send().await;
    assert_eq!(sender.outcome("sale:1").await.0, "waiting");
    // Another message of this bot waits too, without asking.
    sender.client_with_bot("+992901234568", 4343).await;
    sender
        .shop
        .sell("+992901234568", "100", "0", Some("check-2"))
        .await
        .unwrap();
    sender.send().await;
    assert_eq!(sender.telegram.arrived().len(), 1);
    sender.shop.clock.advance(16);
    sender.send().await;
    assert_eq!(sender.telegram.arrived().len(), 1);
    sender.shop.clock.advance(1);
    sender.send().await;
    assert_eq!(sender.telegram.arrived().len(), 3);
    let failures = "SELECT CAST(SUM(failures) AS BIGINT) FROM outbox WHERE tenant_id = $1";
    assert_eq!(sender.shop.number(failures).await, 0);
}

#[on_both_engines]
async fn who_has_blocked_the_bot_gets_nothing_until_they_come_back(database: TestDatabase) {
    let sender = with_a_receipt(&database).await;
    let blocked =
        r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#;
    sender.telegram.now([answers(403, blocked)]);
    sender.send().await;
    let failed = ("failed".to_owned(), "bot_blocked".to_owned());
    assert_eq!(sender.outcome("sale:1").await, failed);
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-2"))
        .await
        .unwrap();
    assert_eq!(sender.send().await, 0);
    assert_eq!(sender.telegram.arrived().len(), 1);
}

#[on_both_engines]
async fn what_a_channel_has_refused_is_sent_when_a_person_asks_again(database: TestDatabase) {
    let sender = with_a_receipt(&database).await;
    let blocked =
        r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#;
    sender.telegram.now([answers(403, blocked), sent_by_bot()]);
    sender.send().await;
    assert_eq!(sender.outcome("sale:1").await.0, "failed");
    let back = "UPDATE clients SET telegram_blocked_at = NULL WHERE tenant_id = $1";
    sender.do_with(back, (sender.shop.till.tenant_id,)).await;
    let again = AskAgain {
        actor: &sender.actor(),
        subject: "sale:1",
    };
    assert!(sender.shop.backend.run(&again).await.unwrap());
    sender.send().await;
    assert_eq!(sender.outcome("sale:1").await.0, "sent");
    assert_eq!(sender.telegram.arrived().len(), 2);
}

#[on_both_engines]
async fn a_wrong_token_stops_the_bot_until_a_person_mends_it(database: TestDatabase) {
    let sender = with_a_receipt(&database).await;
    sender
        .telegram
        .now([answers(401, r#"{"ok":false,"error_code":401}"#)]);
    sender.send().await;
    sender.shop.clock.advance(3_600);
    sender.send().await;
    assert_eq!(sender.telegram.arrived().len(), 1);
    assert_eq!(
        sender.outcome("sale:1").await,
        ("waiting".to_owned(), "bot_token".to_owned())
    );
    let channels = backend::channels::channels(&sender.shop.backend, sender.shop.till.tenant_id);
    let pause = channels.await.unwrap()[0].paused.clone().unwrap();
    assert_eq!((pause.fault.as_str(), pause.until), ("bot_token", None));

    sender.telegram.now([sent_by_bot()]);
    sender.set_up(Channel::Telegram, OWN_TOKEN).await;
    sender.shop.clock.advance(300);
    sender.send().await;
    assert_eq!(sender.outcome("sale:1").await.0, "sent");
}

#[on_both_engines]
async fn a_service_that_fails_is_tried_ever_more_rarely_and_then_paused(database: TestDatabase) {
    let sender = with_a_receipt(&database).await;
    sender.telegram.now([answers(500, "")]);
    for failures in 1..=5 {
        sender.send().await;
        assert_eq!(sender.telegram.arrived().len(), failures);
        // Not at once.
        assert_eq!(sender.send().await, 0);
        sender.shop.clock.advance(15 << (failures - 1));
    }
    let channels = backend::channels::channels(&sender.shop.backend, sender.shop.till.tenant_id);
    let pause = channels.await.unwrap()[0].paused.clone().unwrap();
    assert!(pause.until.is_some() && pause.fault == "service_failed");
    sender.telegram.now([sent_by_bot()]);
    sender.shop.clock.advance(600);
    sender.send().await;
    assert_eq!(sender.outcome("sale:1").await.0, "sent");
    let channels = backend::channels::channels(&sender.shop.backend, sender.shop.till.tenant_id);
    assert_eq!(channels.await.unwrap()[0].paused, None);
}

#[on_both_engines]
async fn what_may_have_arrived_comes_again_without_a_sound(database: TestDatabase) {
    let sender = with_a_receipt(&database).await;
    sender.telegram.now([Does::Hangs, sent_by_bot()]);
    sender.send().await;
    assert_eq!(
        sender.outcome("sale:1").await,
        ("waiting".to_owned(), "timeout".to_owned())
    );
    sender.shop.clock.advance(15);
    sender.send().await;
    let arrived = sender.telegram.arrived();
    assert_eq!(arrived.len(), 2);
    assert!(arrived[0].json().get("disable_notification").is_none());
    assert_eq!(arrived[1].json()["disable_notification"], true);

    // If it never succeeds, nobody knows whether it arrived.
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-2"))
        .await
        .unwrap();
    sender.telegram.now([Does::Hangs]);
    sender.send().await;
    sender.shop.clock.advance(6 * 3_600);
    sender.send().await;
    assert_eq!(sender.outcome("sale:2").await.0, "unknown");
}

#[on_both_engines]
async fn a_server_that_died_sending_is_succeeded_when_its_lease_ends(database: TestDatabase) {
    let sender = with_a_receipt(&database).await;
    let backend = &sender.shop.backend;
    let tenant_id = sender.shop.till.tenant_id;
    let claim = backend::notifications::claim(backend, tenant_id, Lane::News, 10);
    let claimed = claim.await.unwrap();
    assert_eq!(claimed.len(), 1);
    assert_eq!(sender.send().await, 0);
    sender.shop.clock.advance(61);
    assert_eq!(sender.send().await, 1);
    assert_eq!(
        sender.telegram.arrived()[0].json()["disable_notification"],
        true
    );
    // The dead server comes back and changes nothing.
    let late = [(claimed[0].clone(), Ending::Failed("timeout"))];
    assert_eq!(finish(backend, &late).await.unwrap(), 0);
    assert_eq!(sender.outcome("sale:1").await.0, "sent");
}

#[on_both_engines]
async fn a_device_without_the_app_is_forgotten_and_the_others_get_it(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    sender.set_up(Channel::Push, FIREBASE).await;
    let client = sender.shop.register(PHONE).await.id;
    sender.add_device(client, "gone").await;
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-1"))
        .await
        .unwrap();
    let removed = r#"{"error":{"code":404,"details":[{"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"UNREGISTERED"}]}}"#;
    sender.fcm.now([answers(404, removed)]);
    sender.send().await;
    let failed = ("failed".to_owned(), "app_removed".to_owned());
    assert_eq!(sender.outcome("sale:1").await, failed);
    let devices = "SELECT COUNT(*) FROM client_devices WHERE tenant_id = $1";
    assert_eq!(sender.shop.number(devices).await, 0);
    // The client can no longer be reached, so the next receipt is not even due.
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-2"))
        .await
        .unwrap();
    assert_eq!(sender.send().await, 0);
}

#[on_both_engines]
async fn garbage_is_no_answer(database: TestDatabase) {
    let sender = with_a_receipt(&database).await;
    sender.telegram.now([answers(200, "<html>hello</html>")]);
    sender.send().await;
    assert_eq!(
        sender.outcome("sale:1").await,
        ("waiting".to_owned(), "bad_answer".to_owned())
    );
    assert_eq!(sender.tokens.arrived().len(), 0);
}
