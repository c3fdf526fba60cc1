//! Messages of servers that are killed: each that is due arrives, in the order of its client, and
//! none is about a sale that was not stored.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use domain::Programme;
use serde_json::json;
use testkit::service::{Service, answers};
use testkit::{Shop, TestDatabase, on_both_engines};

use crate::process::{Process, assert_ledger_is_sound, bonex};
use crate::till::Till;

const CLIENTS: i64 = 40;
const SELLERS: usize = 6;
/// The sales that must be answered before a server is killed, and those before the sellers stop.
const BEFORE_DEATH: i64 = 80;
const IN_ALL: i64 = 200;
/// The messages that a server sends at once, which may be sent twice if it is killed.
const IN_FLIGHT: usize = 16;

/// Returns the total of a sale, which tells it from all others.
const fn total(number: i64) -> i64 {
    100 + number
}

fn phone(client: i64) -> String {
    format!("+9929012345{client:02}")
}

fn serve(database: &TestDatabase, telegram: &Service) -> Process {
    let mut serve = bonex(database);
    serve
        .arg("serve")
        .env("BONEX_NO_JOBS", "true")
        .env("BONEX_TELEGRAM_URL", &telegram.address)
        .env(
            "BONEX_TELEGRAM_TOKEN",
            "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
        );
    Process::start_as(&mut serve)
}

/// Sells until there are enough sales or the server is dead. Returns the totals that were answered.
async fn sell(till: Till, next: Arc<AtomicI64>, dead: Arc<AtomicBool>) -> Vec<i64> {
    let mut sold = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::SeqCst);
        if number >= IN_ALL {
            return sold;
        }
        let sale = json!({
            "client_phone": phone(number % CLIENTS),
            "total_amount": total(number),
            "external_sale_id": number.to_string(),
        });
        match till
            .send(reqwest::Method::POST, "/cashier/sale", Some(&sale))
            .await
        {
            Ok(answer) => {
                assert_eq!(answer.status, 201, "{answer:?}");
                sold.push(total(number));
            }
            Err(error) => {
                assert!(dead.load(Ordering::SeqCst), "a running server: {error}");
                return sold;
            }
        }
    }
}

#[on_both_engines]
async fn each_message_arrives_although_a_server_is_killed(database: TestDatabase) {
    let programme = Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    };
    let shop = Shop::open(&database, programme).await;
    for client in 0..CLIENTS {
        let id = shop.register(&phone(client)).await.id;
        let reach = "UPDATE clients SET telegram_id = $2, is_reachable = 1 WHERE id = $1";
        let changed = shop
            .backend
            .db
            .writes()
            .execute(reach, (id, 1_000 + client));
        changed.await.unwrap().exactly(1).unwrap();
    }
    let telegram = Service::start([answers(200, r#"{"ok":true,"result":{"message_id":1}}"#)]).await;
    let first = serve(&database, &telegram);
    // SQLite has one server at a time.
    let second = (!database.is_sqlite()).then(|| serve(&database, &telegram));
    let till = Till::of(&shop, &first);
    let (next, dead) = (
        Arc::new(AtomicI64::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let mut sellers = Vec::new();
    for seller in 0..SELLERS {
        let server = second
            .as_ref()
            .filter(|_| seller % 2 == 1)
            .unwrap_or(&first);
        let selling = sell(till.at(server), Arc::clone(&next), Arc::clone(&dead));
        sellers.push(tokio::spawn(selling));
    }
    while next.load(Ordering::SeqCst) < BEFORE_DEATH {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    dead.store(true, Ordering::SeqCst);
    first.kill_9();
    let mut answered = BTreeSet::new();
    for seller in sellers {
        answered.extend(seller.await.unwrap());
    }
    let third = serve(&database, &telegram);

    // The leases of the dead server end after a minute.
    let due = "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND due_at IS NOT NULL";
    for _ in 0..1_800 {
        if shop.number(due).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(shop.number(due).await, 0, "messages that were never sent");
    drop((second, third));

    let sales = "SELECT id, total_dirams FROM sales WHERE tenant_id = $1 ORDER BY id";
    let reads = shop.backend.db.reads();
    let sales: Vec<(i64, i64)> = reads
        .fetch_all(sales, (shop.till.tenant_id,))
        .await
        .unwrap();
    let numbers: BTreeMap<i64, i64> = sales
        .iter()
        .map(|(id, dirams)| (dirams / 100, *id))
        .collect();
    let mut told = BTreeSet::new();
    let mut by_chat: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut doubles = 0;
    for arrived in telegram.arrived() {
        let body = arrived.json();
        let text = body["text"].as_str().unwrap();
        let line = text.lines().nth(1).unwrap();
        let total: i64 = line
            .strip_prefix("Покупка ")
            .and_then(|rest| rest.split(',').next())
            .and_then(|whole| whole.parse().ok())
            .unwrap();
        if told.insert(total) {
            let number = numbers.get(&total).expect("a sale that was stored");
            let chat = body["chat_id"].as_i64().unwrap();
            by_chat.entry(chat).or_default().push(*number);
        } else {
            doubles += 1;
        }
    }
    let lost: Vec<_> = answered.difference(&told).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert_eq!(
        told.len(),
        numbers.len(),
        "each sale that was stored is told"
    );
    assert!(doubles <= IN_FLIGHT, "{doubles} doubles");
    for (chat, numbers) in by_chat {
        assert!(numbers.is_sorted(), "chat {chat}: {numbers:?}");
    }
    assert_ledger_is_sound(&database);
}
