//! Tests of a PostgreSQL that stops and starts again: no request fails because of an old
//! connection, and no request is answered with an internal failure.

use crate::process::assert_ledger_is_sound;
use crate::till::{Answer, Till, open};

use super::own_postgres::OwnPostgres;

/// Records more sales at once than the server has connections, so that all connections are open.
async fn open_all_connections(till: &Till, round: &str) {
    let selling: Vec<_> = (0..32)
        .map(|number| {
            let (till, id) = (till.clone(), format!("{round}-{number}"));
            tokio::spawn(async move { till.sell(&id).await })
        })
        .collect();
    for sold in selling {
        let answer = sold.await.unwrap();
        assert_eq!(answer.status, 201, "{answer:?}");
    }
}

fn assert_told_to_wait(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(
        ["unavailable", "timeout"].contains(&answer.code()),
        "{answer:?}"
    );
    assert!(answer.retry_after.is_some(), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sale_after_a_restart_of_postgres_succeeds() {
    let postgres = OwnPostgres::start();
    let database = postgres.database();
    let (_server, till) = open(&database).await;
    till.client_with(0).await;
    for round in 0..3 {
        open_all_connections(&till, &format!("before-{round}")).await;
        postgres.down();
        postgres.up();
        for number in 0..12 {
            let answer = till.sell(&format!("after-{round}-{number}")).await;
            assert_eq!(answer.status, 201, "{answer:?}");
        }
    }
    assert_ledger_is_sound(&database);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn while_postgres_is_away_or_read_only_tills_get_503() {
    let postgres = OwnPostgres::start();
    let database = postgres.database();
    let (_server, till) = open(&database).await;
    till.client_with(0).await;
    open_all_connections(&till, "before").await;
    till.ready(200).await;

    postgres.down();
    till.ready(503).await;
    for number in 0..3 {
        assert_told_to_wait(&till.sell(&format!("away-{number}")).await);
    }
    postgres.up();
    till.ready(200).await;
    assert_eq!(till.sell("back").await.status, 201);

    postgres.read_only(true);
    till.ready(503).await;
    for number in 0..3 {
        assert_told_to_wait(&till.sell(&format!("read-only-{number}")).await);
    }
    postgres.read_only(false);
    till.ready(200).await;
    assert_eq!(till.sell("again").await.status, 201);
    assert_ledger_is_sound(&database);
}
