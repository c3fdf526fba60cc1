//! Tests of a killed server: every answered sale is stored, and no sale is stored twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use backend::secrets::SecretKey;
use backend::{Backend, SystemClock};
use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::process::{Process, assert_ledger_is_sound};
use crate::till::{PHONE, Till, open};

const SELLERS: usize = 16;
/// The number of sales that must be answered before the server is killed.
const ANSWERED_BEFORE_DEATH: usize = 100;

/// Sells until the server is killed. Returns the external ids that were answered with 201, and the
/// one without an answer.
async fn sell_until_death(
    till: Till,
    seller: usize,
    answered: Arc<AtomicUsize>,
    dead: Arc<AtomicBool>,
) -> (Vec<String>, String) {
    let mut sold = Vec::new();
    loop {
        let id = format!("{seller}-{}", sold.len());
        let sale = json!({ "client_phone": PHONE, "total_amount": 20, "external_sale_id": id });
        match till
            .send(reqwest::Method::POST, "/cashier/sale", Some(&sale))
            .await
        {
            Ok(answer) => {
                assert_eq!(answer.status, 201, "{answer:?}");
                sold.push(id);
                answered.fetch_add(1, Ordering::SeqCst);
            }
            Err(error) => {
                assert!(
                    dead.load(Ordering::SeqCst),
                    "no answer from a running server: {error}"
                );
                return (sold, id);
            }
        }
    }
}

#[on_both_engines]
async fn no_answered_sale_is_lost_or_doubled_by_kill_9(database: TestDatabase) {
    let (server, till) = open(&database).await;
    till.client_with(0).await;
    let (answered, dead) = (
        Arc::new(AtomicUsize::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let sellers: Vec<_> = (0..SELLERS)
        .map(|seller| {
            tokio::spawn(sell_until_death(
                till.clone(),
                seller,
                answered.clone(),
                dead.clone(),
            ))
        })
        .collect();
    while answered.load(Ordering::SeqCst) < ANSWERED_BEFORE_DEATH {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    dead.store(true, Ordering::SeqCst);
    server.kill_9();

    let server = Process::start(&database);
    let till = till.at(&server);
    assert_ledger_is_sound(&database);
    let mut sales = 0;
    for seller in sellers {
        let (sold, unknown) = seller.await.unwrap();
        for id in &sold {
            let sale = json!({ "client_phone": PHONE, "total_amount": 20, "external_sale_id": id });
            let repeated = till.post("/cashier/sale", &sale).await;
            assert_eq!(
                (repeated.status, &repeated.body["code"]),
                (422, &json!("duplicate_sale"))
            );
        }
        // The last sale got no answer, so it may or may not be committed. After it is sent again,
        // it is stored exactly once.
        let sale =
            json!({ "client_phone": PHONE, "total_amount": 20, "external_sale_id": unknown });
        let finished = till.post("/cashier/sale", &sale).await;
        assert!(
            finished.status == 201 || finished.body["code"] == json!("duplicate_sale"),
            "{finished:?}"
        );
        sales += sold.len() + 1;
    }
    // Each sale of 20 accrues 5 %, which is 1 bonus.
    assert_eq!(till.balance().await, json!(sales));
    assert_ledger_is_sound(&database);
}

#[on_both_engines]
async fn a_server_asked_to_stop_finishes_requests_in_flight(database: TestDatabase) {
    let (server, till) = open(&database).await;
    till.client_with(0).await;
    let selling: Vec<_> = (0..32)
        .map(|number| {
            let till = till.clone();
            let sale = json!({
                "client_phone": PHONE, "total_amount": 20, "external_sale_id": number.to_string()
            });
            tokio::spawn(async move {
                till.send(reqwest::Method::POST, "/cashier/sale", Some(&sale))
                    .await
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(20)).await;
    let in_order = tokio::task::spawn_blocking(|| server.terminate())
        .await
        .unwrap();
    assert!(in_order);
    let mut answered = 0;
    for sale in selling {
        // A connection after the signal is refused; a request on an accepted connection is
        // answered.
        if let Ok(answer) = sale.await.unwrap() {
            assert_eq!(answer.status, 201, "{answer:?}");
            answered += 1;
        }
    }
    let server = Process::start(&database);
    let kept = till.at(&server).balance().await.as_i64().unwrap();
    assert_eq!(kept, answered);
    assert_ledger_is_sound(&database);
}

#[on_both_engines]
async fn a_server_that_is_stopped_writes_what_its_tills_did(database: TestDatabase) {
    let (server, till) = open(&database).await;
    till.client_with(0).await;
    for id in ["1", "2", "3"] {
        assert_eq!(till.sell(id).await.status, 201);
    }
    assert!(server.terminate());
    let secrets = SecretKey::from_text(&"7".repeat(64)).unwrap();
    let backend = Backend::open(database.url(), secrets, Arc::new(SystemClock));
    let backend = backend.await.unwrap();
    let sales = "SELECT CAST(SUM(sales) AS BIGINT) FROM till_slots WHERE tenant_id > $1";
    let (sales,): (i64,) = backend.db.reads().fetch_one(sales, (0,)).await.unwrap();
    assert_eq!(sales, 3);
    backend.close().await;
}
