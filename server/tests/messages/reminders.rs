//! Reminders: when they come, what they say, and what they may cost.

use backend::channels::{MessageSettings, SaveMessageSettings};
use backend::jobs::remind_of_expiry;
use domain::Programme;
use testkit::{TestDatabase, on_both_engines};

use crate::news::phone_of;
use crate::sender::{PHONE, Sender, TOKEN};

fn programme() -> Programme {
    Programme {
        redeem_hold_seconds: 0,
        bonus_expiry_days: 10,
        bonus_expiry_reminder_days: 3,
        ..Programme::default()
    }
}

/// Sells, and goes to 9:30 of the morning three days before the bonuses end.
async fn before_the_end(sender: &Sender, phones: &[&str]) {
    for (number, phone) in phones.iter().enumerate() {
        let check = format!("check-{number}");
        sender
            .shop
            .sell(phone, "1000", "0", Some(&check))
            .await
            .unwrap();
    }
    sender.send().await;
    sender.telegram.forget();
    // The tests begin at 19:30 of the stores' time.
    sender.shop.clock.advance(7 * 86_400 - 10 * 3_600);
    remind_of_expiry(&sender.shop.backend, None, false)
        .await
        .unwrap();
}

#[on_both_engines]
async fn a_reminder_comes_once_within_two_hours_with_todays_amount(database: TestDatabase) {
    let sender = Sender::start(&database, programme()).await;
    sender.client_with_bot(PHONE, 4242).await;
    before_the_end(&sender, &[PHONE]).await;
    // A part is spent before the reminder comes.
    sender
        .shop
        .sell(PHONE, "100", "20", Some("later"))
        .await
        .unwrap();
    sender.shop.clock.advance(2 * 3_600);
    sender.send().await;
    let said = sender.said();
    let reminders: Vec<_> = said
        .iter()
        .filter(|text| text.contains("включительно"))
        .collect();
    assert_eq!(reminders.len(), 1, "{said:?}");
    assert!(
        reminders[0].contains("30,00 бонуса можно потратить по"),
        "{said:?}"
    );
    remind_of_expiry(&sender.shop.backend, None, false)
        .await
        .unwrap();
    sender.shop.clock.advance(3 * 3_600);
    let before = sender.telegram.arrived().len();
    sender.send().await;
    assert_eq!(sender.telegram.arrived().len(), before);
}

#[on_both_engines]
async fn nobody_is_reminded_of_what_they_have_spent(database: TestDatabase) {
    let sender = Sender::start(&database, programme()).await;
    sender.client_with_bot(PHONE, 4242).await;
    before_the_end(&sender, &[PHONE]).await;
    sender
        .shop
        .sell(PHONE, "1000", "50", Some("later"))
        .await
        .unwrap();
    sender.shop.clock.advance(2 * 3_600);
    sender.send().await;
    let outcomes = "SELECT outcome, last_error FROM outbox WHERE lane = 1";
    let reads = sender.shop.backend.db.reads();
    let outcome: (String, String) = reads.fetch_one(outcomes, ()).await.unwrap();
    assert_eq!(outcome, ("skipped".to_owned(), "outdated".to_owned()));
}

#[on_both_engines]
async fn who_has_no_bot_is_reminded_by_sms_within_the_stores_bounds(database: TestDatabase) {
    let sender = Sender::start(&database, programme()).await;
    sender.set_up_sms().await;
    let phones = ["+992901234501", "+992901234502", "+992901234503"];
    for phone in phones {
        sender.shop.register(phone).await;
    }
    before_the_end(&sender, &phones).await;
    sender.shop.clock.advance(2 * 3_600);
    // The store has not allowed it.
    let reminders =
        "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND lane = 1 AND due_at IS NOT NULL";
    assert_eq!(sender.shop.number(reminders).await, 3);
    let save = SaveMessageSettings {
        actor: &sender.actor(),
        settings: MessageSettings {
            sms_reminders: true,
            sms_a_month: 2,
            ..MessageSettings::default()
        },
    };
    sender.shop.backend.run(&save).await.unwrap();
    // One after another: the bound of the store may be passed by those that are on their way.
    let due =
        "UPDATE outbox SET due_at = $2 + 1000000 * client_id WHERE lane = 1 AND client_id = $1";
    let now = sender.shop.backend.clock.now().micros();
    for client in 1..=3_i64 {
        sender.do_with(due, (client, now)).await;
    }
    for _ in 0..3 {
        sender.shop.clock.advance(1);
        sender.send().await;
    }
    let arrived = sender.sms.arrived();
    let told: Vec<String> = arrived.iter().map(phone_of).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(!arrived[0].query.contains(TOKEN));
    let skipped = "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND last_error = 'no_channel'";
    assert_eq!(sender.shop.number(skipped).await, 1);
}

#[on_both_engines]
async fn a_reminder_that_is_written_at_night_waits_for_the_morning(database: TestDatabase) {
    let sender = Sender::start(&database, programme()).await;
    sender.client_with_bot(PHONE, 4242).await;
    sender
        .shop
        .sell(PHONE, "1000", "0", Some("check"))
        .await
        .unwrap();
    sender.send().await;
    sender.telegram.forget();
    // 23:30 of the stores' time.
    sender.shop.clock.advance(7 * 86_400 + 4 * 3_600);
    remind_of_expiry(&sender.shop.backend, None, false)
        .await
        .unwrap();
    sender.shop.clock.advance(3 * 3_600);
    assert_eq!(sender.send().await, 0);
    // 9:00.
    sender.shop.clock.advance(6 * 3_600 + 1_800);
    assert_eq!(sender.send().await, 1);
    assert_eq!(sender.said().len(), 1);
}
