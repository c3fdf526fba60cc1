//! Several servers on one database, and the daily jobs.

use std::collections::BTreeMap;

use domain::messages::last_due;
use server::{App, run_due_jobs};
use testkit::{TestDatabase, on_both_engines};

use crate::sender::{Sender, no_limits, without_hold};

#[on_both_engines]
async fn several_servers_send_each_message_once_and_in_the_order_of_its_client(
    database: TestDatabase,
) {
    const CLIENTS: i64 = 8;
    const SALES: i64 = 3;
    let sender = Sender::start(&database, without_hold()).await;
    let phone = |client: i64| format!("+9929012345{client:02}");
    for client in 0..CLIENTS {
        sender.client_with_bot(&phone(client), 1_000 + client).await;
    }
    for sale in 0..SALES {
        for client in 0..CLIENTS {
            let (total, check) = (format!("{}", 100 + sale), format!("check-{client}-{sale}"));
            let sold = sender
                .shop
                .sell(&phone(client), &total, "0", Some(&check))
                .await;
            sold.unwrap();
        }
        sender.shop.clock.advance(1);
    }
    let (one, two, three) = (
        sender.dispatcher(),
        sender.dispatcher(),
        sender.dispatcher(),
    );
    let sent = tokio::join!(one.send_due(), two.send_due(), three.send_due());
    let sent = sent.0.unwrap() + sent.1.unwrap() + sent.2.unwrap();
    // Whoever found nothing to claim has ended; the rest goes out in a last round.
    let rest = sender.send().await;
    assert_eq!(i64::try_from(sent + rest).unwrap(), CLIENTS * SALES);
    let mut told: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for arrived in sender.telegram.arrived() {
        let body = arrived.json();
        let text = body["text"].as_str().unwrap().replace('\u{a0}', " ");
        let line = text.lines().nth(1).unwrap().to_owned();
        told.entry(body["chat_id"].as_i64().unwrap())
            .or_default()
            .push(line);
    }
    let expected: Vec<String> = (0..SALES)
        .map(|sale| format!("Покупка {},00 с.", 100 + sale))
        .collect();
    assert_eq!(told.len(), usize::try_from(CLIENTS).unwrap());
    for (chat, lines) in told {
        assert_eq!(lines, expected, "chat {chat}");
    }
}

#[on_both_engines]
async fn a_store_with_many_messages_does_not_hold_up_another(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    for client in 0..30 {
        let phone = format!("+9929012345{client:02}");
        sender.client_with_bot(&phone, 1_000 + client).await;
        sender
            .shop
            .sell(&phone, "100", "0", Some(&phone))
            .await
            .unwrap();
    }
    let backend = sender.shop.backend.clone();
    let other = testkit::Shop::open_in(backend, sender.shop.clock.clone(), without_hold()).await;
    let client = other.register("+992931234567").await.id;
    let reach = "UPDATE clients SET telegram_id = 9999, is_reachable = 1 WHERE id = $1";
    sender.do_with(reach, (client,)).await;
    other
        .sell("+992931234567", "100", "0", Some("check"))
        .await
        .unwrap();
    sender.send().await;
    let chats: Vec<i64> = sender
        .telegram
        .arrived()
        .iter()
        .map(|arrived| arrived.json()["chat_id"].as_i64().unwrap())
        .collect();
    assert_eq!(chats.len(), 31);
    let place = chats.iter().position(|chat| *chat == 9_999).unwrap();
    assert!(place <= 16, "{place}");
}

#[on_both_engines]
async fn each_daily_job_runs_once_over_all_servers_and_is_caught_up(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    let backend = &sender.shop.backend;
    let runs = "SELECT COUNT(*) FROM job_runs WHERE job <> '' AND $1 > 0";
    tokio::join!(
        run_due_jobs(backend),
        run_due_jobs(backend),
        run_due_jobs(backend)
    );
    assert_eq!(sender.shop.number(runs).await, 3);
    run_due_jobs(backend).await;
    assert_eq!(sender.shop.number(runs).await, 3);
    // Two days of downtime are caught up by one run of each.
    sender.shop.clock.advance(2 * 86_400);
    run_due_jobs(backend).await;
    assert_eq!(sender.shop.number(runs).await, 6);
}

#[on_both_engines]
async fn a_job_of_a_server_that_died_is_taken_over_when_its_lease_ends(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    let backend = &sender.shop.backend;
    let due_at = last_due(backend.clock.now(), 3 * 3_600);
    let taken = backend::jobs::take_job(backend, "expire-bonuses", due_at).await;
    assert!(taken.unwrap());
    let runs = "SELECT COUNT(*) FROM job_runs WHERE job = 'expire-bonuses' AND $1 > 0";
    run_due_jobs(backend).await;
    assert_eq!(sender.shop.number(runs).await, 0);
    sender.shop.clock.advance(backend::jobs::LEASE_SECONDS);
    run_due_jobs(backend).await;
    assert_eq!(sender.shop.number(runs).await, 1);
}

#[on_both_engines]
async fn a_commit_wakes_the_dispatcher_of_its_server(database: TestDatabase) {
    let sender = Sender::start(&database, without_hold()).await;
    sender.client_with_bot("+992901234567", 4242).await;
    let running = tokio::spawn(sender.dispatcher().run());
    // Another server of this process does nothing.
    let _other = App::new(sender.shop.backend.clone(), no_limits(), String::new());
    let sold = sender.shop.sell("+992901234567", "100", "0", Some("check"));
    sold.await.unwrap();
    let told = async {
        while sender.telegram.arrived().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    // Long before the server would look by itself… a slow machine has a minute.
    tokio::time::timeout(std::time::Duration::from_mins(1), told)
        .await
        .unwrap();
    running.abort();
}
