//! Receipts and other news: what is sent, to whom, and what is not.

use backend::channels::{MessageSettings, SaveMessageSettings};
use domain::messages::Channel;
use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::sender::{FIREBASE, PHONE, Sender, TOKEN, without_hold};

#[on_both_engines]
async fn a_purchase_is_told_in_the_clients_language(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    let client = sender.client_with_bot(PHONE, 4242).await;
    let speaks = "UPDATE clients SET language = 'en' WHERE id = $1";
    sender.do_with(speaks, (client,)).await;
    sender
        .shop
        .sell(PHONE, "1000", "0", Some("check-1"))
        .await
        .unwrap();
    assert_eq!(sender.send().await, 1);
    let [arrived] = <[_; 1]>::try_from(sender.telegram.arrived()).unwrap();
    assert_eq!(arrived.path, format!("/bot{TOKEN}/sendMessage"));
    assert_eq!(arrived.json()["chat_id"], 4242);
    let said = sender.said();
    assert!(
        said[0].starts_with("Магазин, Филиал\nPurchase 1,000.00 TJS\nEarned 50.00"),
        "{said:?}"
    );
    assert_eq!(sender.outcome("sale:1").await.0, "sent");
    // Nothing is sent twice.
    assert_eq!(sender.send().await, 0);
    // The sale before: the welcome of a client who had no bot yet is never sent.
    assert_eq!(
        sender.outcome(&format!("welcome:{client}")).await.0,
        "waiting"
    );
}

#[on_both_engines]
async fn a_sale_that_was_refused_or_undone_is_not_told(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    sender.client_with_bot(PHONE, 4242).await;
    let refused = sender.shop.sell(PHONE, "100", "99", Some("check-1")).await;
    assert!(refused.is_err());
    assert_eq!(sender.send().await, 0);
    assert!(sender.said().is_empty());
}

#[on_both_engines]
async fn messages_of_earlier_versions_are_not_sent(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    let client = sender.client_with_bot(PHONE, 4242).await;
    // As an earlier version has written it: without the columns of this one.
    let old = r#"INSERT INTO outbox (tenant_id, subject, client_id, payload, created_at)
        VALUES ($1, 'sale:900', $2, '{"event":"sale","sale_id":900,"total_dirams":100,
        "accrued_dirams":5,"redeemed_dirams":0,"balance_dirams":5}', 0)"#;
    let tenant_id = sender.shop.till.tenant_id;
    sender.do_with(old, (tenant_id, client)).await;
    assert_eq!(sender.send().await, 0);
    assert!(sender.telegram.arrived().is_empty());
}

#[on_both_engines]
async fn a_receipt_goes_to_the_app_and_to_telegram_or_to_the_first(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    sender.set_up(Channel::Push, FIREBASE).await;
    let client = sender.client_with_bot(PHONE, 4242).await;
    sender.add_device(client, "device-1").await;
    sender.add_device(client, "device-2").await;
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-1"))
        .await
        .unwrap();
    sender.send().await;
    assert_eq!(sender.telegram.arrived().len(), 1);
    let pushed = sender.fcm.arrived();
    assert_eq!(pushed.len(), 2);
    assert_eq!(
        pushed[0].json()["message"]["android"]["notification"]["tag"],
        "sale:1"
    );
    let channels = "SELECT channels FROM outbox WHERE subject = 'sale:1'";
    let reads = sender.shop.backend.db.reads();
    let (channels,): (String,) = reads.fetch_one(channels, ()).await.unwrap();
    assert_eq!(channels, "push,telegram");

    let save = SaveMessageSettings {
        actor: &sender.actor(),
        settings: MessageSettings {
            receipts_first: true,
            ..MessageSettings::default()
        },
    };
    sender.shop.backend.run(&save).await.unwrap();
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-2"))
        .await
        .unwrap();
    sender.send().await;
    assert_eq!(sender.telegram.arrived().len(), 1);
    assert_eq!(sender.fcm.arrived().len(), 4);
}

#[on_both_engines]
async fn who_wants_no_receipts_gets_none_and_a_blocked_client_nothing(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    let client = sender.client_with_bot(PHONE, 4242).await;
    let off = "UPDATE clients SET receipts_off_at = 1 WHERE id = $1";
    sender.do_with(off, (client,)).await;
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-1"))
        .await
        .unwrap();
    sender.send().await;
    let skipped = ("skipped".to_owned(), "opted_out".to_owned());
    assert_eq!(sender.outcome("sale:1").await, skipped);

    let on = "UPDATE clients SET receipts_off_at = NULL WHERE id = $1";
    sender.do_with(on, (client,)).await;
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-2"))
        .await
        .unwrap();
    let block = "UPDATE clients SET blocked_at = 1 WHERE id = $1";
    sender.do_with(block, (client,)).await;
    sender.send().await;
    let skipped = ("skipped".to_owned(), "blocked".to_owned());
    assert_eq!(sender.outcome("sale:2").await, skipped);
    assert!(sender.telegram.arrived().is_empty());
}

#[on_both_engines]
async fn an_old_receipt_is_not_sent(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    sender.client_with_bot(PHONE, 4242).await;
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-1"))
        .await
        .unwrap();
    sender.shop.clock.advance(6 * 3_600);
    sender.send().await;
    assert_eq!(sender.outcome("sale:1").await.0, "expired");
    assert!(sender.telegram.arrived().is_empty());
}

#[on_both_engines]
async fn a_new_phone_is_told_to_both_numbers(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    sender.set_up_sms().await;
    let client = sender.client_with_bot(PHONE, 4242).await;
    let change = backend::clients::ChangePhone {
        actor: &sender.actor(),
        client_id: client,
        phone: &domain::Phone::parse("+992918123456").unwrap(),
    };
    sender.shop.backend.run(&change).await.unwrap();
    sender.send().await;
    let mut phones: Vec<String> = sender.sms.arrived().iter().map(phone_of).collect();
    phones.sort();
    assert_eq!(phones, ["992901234567", "992918123456"]);
    // The bot tells it once.
    assert_eq!(sender.said().len(), 1);
    assert!(
        sender.said()[0].contains("был …4567, стал …3456"),
        "{:?}",
        sender.said()
    );
}

pub(crate) fn phone_of(arrived: &testkit::service::Arrived) -> String {
    let mut pairs = arrived
        .query
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    let found = pairs.find(|(name, _)| *name == "phone_number");
    found.unwrap().1.to_owned()
}

#[on_both_engines]
async fn the_store_has_its_own_bot(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    sender.client_with_bot(PHONE, 4242).await;
    sender
        .set_up(Channel::Telegram, crate::sender::OWN_TOKEN)
        .await;
    sender
        .shop
        .sell(PHONE, "100", "0", Some("check-1"))
        .await
        .unwrap();
    sender.send().await;
    let path = &sender.telegram.arrived()[0].path;
    assert_eq!(
        *path,
        format!("/bot{}/sendMessage", crate::sender::OWN_TOKEN)
    );
    // The token is sealed.
    let stored = "SELECT settings_sealed FROM channels";
    let reads = sender.shop.backend.db.reads();
    let (stored,): (String,) = reads.fetch_one(stored, ()).await.unwrap();
    assert!(!stored.contains("BBH"));
    assert_eq!(json!(sender.outcome("sale:1").await.0), "sent");
}
