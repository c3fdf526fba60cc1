//! Tests of `/readyz` under a flood of requests: it must not keep the database busy.

use std::collections::BTreeSet;
use std::time::Instant;

use domain::Programme;
use reqwest::Method;
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, Till};

const QUESTIONS: usize = 200;

async fn ask(stranger: Till) -> u16 {
    let reply = stranger.send(Method::GET, "/readyz", |request| request);
    reply.await.status
}

#[on_both_engines]
async fn a_flood_of_requests_writes_one_row_a_second(database: TestDatabase) {
    const WRITTEN: &str =
        "SELECT COALESCE(MAX(written_at), 0) FROM readiness WHERE CAST($1 AS BIGINT) > 0";
    let server = Server::start(&database, Programme::default()).await;
    let began = Instant::now();
    let mut written = BTreeSet::new();
    for _ in 0..QUESTIONS {
        // Each write has its own `written_at`, so that writes can be counted.
        server.shop.clock.advance(1);
        ask(server.stranger()).await;
        written.insert(server.shop.number(WRITTEN).await);
    }
    let most = usize::try_from(began.elapsed().as_secs()).unwrap() + 1;
    assert!(
        written.len() <= most,
        "{} rows, at most {most}",
        written.len()
    );
}

/// Runs only on PostgreSQL, because SQLite has only one writing connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_flood_of_requests_uses_one_connection_a_second() {
    const WAITING: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                           AND wait_event_type = 'Lock' AND CAST($1 AS BIGINT) > 0";
    let server = Server::start(&TestDatabase::postgres().await, Programme::default()).await;
    server.till().register(PHONE).await;
    let _held = server.shop.hold_readiness().await;
    let began = Instant::now();
    let asking: Vec<_> = (0..QUESTIONS)
        .map(|_| tokio::spawn(ask(server.stranger())))
        .collect();
    let mut waiting = 0;
    while asking.iter().any(|asked| !asked.is_finished()) {
        waiting = server.shop.number(WAITING).await.max(waiting);
    }
    let most = i64::try_from(began.elapsed().as_secs()).unwrap() + 1;
    assert!(
        (1..=most).contains(&waiting),
        "{waiting} wait, at most {most}"
    );
    for asked in asking {
        assert_eq!(asked.await.unwrap(), 503);
    }
    let sold = server.till().sell(PHONE, "100", "0", "meanwhile").await;
    assert_eq!(sold.status, 201, "{sold}");
}
