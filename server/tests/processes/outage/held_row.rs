//! A row that somebody holds stops its own client, and nobody else.

use domain::Programme;
use serde_json::json;
use testkit::{Shop, TestDatabase};

use crate::process::{Process, assert_ledger_is_sound};
use crate::till::{PHONE, Till, all_at_once};

/// As many as the server has.
const CONNECTIONS: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_one_store_leaves_the_others_selling() {
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
    // While they wait and while the row is held; a till that is told to wait asks again.
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
