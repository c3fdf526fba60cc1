//! Tests that a request cancelled while its transaction begins leaves no transaction open. The next
//! request on that connection would write into it.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;

use backend::db::{Db, Engine};
use domain::Programme;
use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres};
use testkit::{Shop, TestDatabase};

const CALLERS: usize = 6;
const CALLS: usize = 2_000;
/// The number of connections that a server has.
const CONNECTIONS: usize = 12;
const PHONE: &str = "900000001";

/// Polls `work` at most `polls` times, even if it is not ready to go on, and drops it.
async fn drop_after<T>(polls: usize, work: impl Future<Output = T>) {
    let mut work = pin!(work);
    for _ in 0..polls {
        if poll_fn(|cx| Poll::Ready(work.as_mut().poll(cx).is_ready())).await {
            return;
        }
        tokio::task::yield_now().await;
    }
}

async fn begin_and_go(db: Db, till: usize) {
    for call in 0..CALLS {
        let polls = (till + call) % 12;
        if call % 4 == 0 {
            drop_after(polls, db.begin_read()).await;
        } else {
            drop_after(polls, db.begin()).await;
        }
    }
}

/// Takes every connection that the pool may have.
async fn all_connections(pool: &PgPool) -> Vec<PoolConnection<Postgres>> {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(pool.acquire().await.unwrap());
    }
    connections
}

/// Counts the pool's connections that are inside a transaction according to PostgreSQL.
async fn left_open(pool: &PgPool) -> i64 {
    const OPEN: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
                        AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'";
    let mut open = 0;
    // Asks on two connections, because a connection does not count itself.
    let mut connections = all_connections(pool).await;
    for connection in connections.iter_mut().take(2) {
        let query = sqlx::query_scalar(OPEN);
        let seen: i64 = query.fetch_one(&mut **connection).await.unwrap();
        open = seen.max(open);
    }
    open
}

fn pool_of(shop: &Shop) -> &PgPool {
    match shop.backend.db.writes() {
        Engine::Postgres(pool) => pool,
        Engine::Sqlite(_) => panic!("another engine"),
    }
}

// PostgreSQL only: there sqlx leaves a transaction open if its BEGIN is cancelled.

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn begin_may_be_cancelled_at_any_poll() {
    let shop = Shop::open(&TestDatabase::postgres().await, Programme::default()).await;
    let (db, pool) = (&shop.backend.db, pool_of(&shop));
    drop(all_connections(pool).await);
    for _ in 0..50 {
        for polls in 0..CONNECTIONS {
            drop_after(polls, db.begin()).await;
        }
        let open = left_open(pool).await;
        assert_eq!(open, 0, "connections inside a transaction");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn cancelled_begins_lose_no_writes_of_other_requests() {
    const WRITE: &str = "INSERT INTO idempotency_keys (tenant_id, scope, idempotency_key, request_hash, status, body, \
                         created_at) VALUES ($1, 'store', CAST(CAST($2 AS BIGINT) AS TEXT), '', 200, '', 0)";
    let shop = Shop::open(&TestDatabase::postgres().await, Programme::default()).await;
    shop.register(PHONE).await;
    let pool = pool_of(&shop);
    // Opens the connections first, so that only BEGIN is cancelled and not the connecting.
    drop(all_connections(pool).await);
    let over = Arc::new(AtomicBool::new(false));
    let going: Vec<_> = (0..CALLERS)
        .map(|till| tokio::spawn(begin_and_go(shop.backend.db.clone(), till)))
        .collect();
    let gone = tokio::spawn({
        let over = Arc::clone(&over);
        async move {
            for till in going {
                till.await.unwrap();
            }
            over.store(true, Ordering::SeqCst);
        }
    });
    // Writes with single statements and with transactions.
    let mut honest = 0;
    while !over.load(Ordering::SeqCst) || honest < 20 {
        assert_eq!(shop.execute(WRITE, honest).await, 1);
        shop.sell(PHONE, "20", "0", None).await.unwrap();
        honest += 1;
    }
    gone.await.unwrap();

    assert_eq!(left_open(pool).await, 0, "connections inside a transaction");
    let written = "SELECT COUNT(*) FROM idempotency_keys WHERE tenant_id = $1";
    assert_eq!(shop.number(written).await, honest);
    assert_eq!(
        shop.number("SELECT COUNT(*) FROM sales WHERE tenant_id = $1")
            .await,
        honest
    );
    shop.assert_sound().await;
}
