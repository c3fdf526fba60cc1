//! A test of a locked row: it delays only its own client.

use domain::Programme;
use serde_json::json;
use testkit::{Shop, TestDatabase};

use crate::process::{Process, assert_ledger_is_sound};
use crate::till::{PHONE, Till, all_at_once};

/// The number of database connections of the server.
const CONNECTIONS: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_locked_client_of_one_store_does_not_stop_other_stores() {
    let database = TestDatabase::postgres().await;
    let shop = Shop::open(&database, Programme::default()).await;
    let clock = shop.clock.clone();
    let other = Shop::open_in(shop.backend.clone(), clock, Programme::default()).await;
    let server = Process::start(&database);
    let (stopped, selling) = (Till::of(&shop, &server), Till::of(&other, &server));
    stopped.client_with(0).await;
    selling.client_with(0).await;

    let held = shop.hold_clients().await;
    let sale = json!({ "client_phone": PHONE, "total_amount": 20 });
    let waiting = tokio::spawn({
        let stopped = stopped.clone();
        async move { all_at_once(&[stopped], "/cashier/sale", vec![sale; CONNECTIONS]).await }
    });
    // The other store sells while the row is locked and sales wait for it. Its till repeats a
    // request that is answered with 503.
    loop {
        let answer = selling.sell("beside").await;
        match answer.status {
            201 => break,
            status => assert_eq!(status, 503, "{answer:?}"),
        }
    }
    for answer in waiting.await.unwrap() {
        assert_eq!(
            (answer.status, answer.code()),
            (503, "timeout"),
            "{answer:?}"
        );
        assert!(answer.retry_after.is_some());
    }

    drop(held);
    let sold = stopped.sell("after").await;
    assert_eq!(sold.status, 201, "{sold:?}");
    shop.backend.close().await;
    assert_ledger_is_sound(&database);
}
