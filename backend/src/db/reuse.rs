//! Decides which connections of a pool are used again: not one inside a transaction, and not one
//! from before a loss of connection.

use std::future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::{Connection, Database, SqlSafeStr, Transaction};

/// The time that a connection may take to roll back a transaction that its last user has dropped.
const SETTLING: Duration = Duration::from_secs(10);
/// The time that BEGIN may take: one round trip, and on SQLite the wait for the writer, which ends
/// earlier.
const BEGINNING: Duration = Duration::from_secs(12);

/// The moment since which connections are trusted. When one connection is found broken, all that
/// were open at that moment may be broken too, as after a restart of PostgreSQL.
#[derive(Clone, Debug, Default)]
pub(super) struct Trust(Arc<Mutex<Option<Instant>>>);

impl Trust {
    /// Makes sure that no connection that is open now is used again.
    pub(super) fn withdraw(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn has(&self, age: Duration) -> bool {
        let withdrawn = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        withdrawn.is_none_or(|withdrawn| age < withdrawn.elapsed())
    }
}

/// Makes the pool hand out only connections that the next user can use. SQLite may roll back by
/// itself (if its disk is full), and sqlx then counts a transaction for ever that no longer exists.
pub(super) fn only_fit<D: Database>(options: PoolOptions<D>, trust: Trust) -> PoolOptions<D> {
    let trusted = trust.clone();
    options
        // A ping before each use would cost every request a round trip. A broken connection shows
        // at its first statement.
        .test_before_acquire(false)
        .before_acquire(move |conn, meta| {
            let fit = !conn.is_in_transaction() && trusted.has(meta.age);
            Box::pin(future::ready(Ok(fit)))
        })
        .after_release(move |conn, meta| {
            let is_trusted = trust.has(meta.age);
            Box::pin(async move {
                if !is_trusted {
                    // With an error the pool drops the connection at once. Closing it in order
                    // could wait for a server that is gone.
                    return Err(sqlx::Error::Protocol("opened before a loss".to_owned()));
                }
                // The ping first runs the rollback of a dropped transaction. The time limit is for
                // a server that has gone without closing the connection.
                tokio::time::timeout(SETTLING, conn.ping())
                    .await
                    .map_err(|_elapsed| sqlx::Error::PoolTimedOut)??;
                Ok(!conn.is_in_transaction())
            })
        })
}

/// Begins a transaction in a task of its own. If the caller is cancelled meanwhile, the transaction
/// still begins, is dropped and is rolled back. If BEGIN itself were cancelled half way, sqlx 0.9.0
/// would leave a transaction open on PostgreSQL and not count it
/// (<https://github.com/transact-rs/sqlx/issues/4385>). For the same reason a connection whose
/// BEGIN takes too long is not used again.
pub(super) async fn begin<D: Database>(
    conn: PoolConnection<D>,
    statement: &'static str,
    trust: Trust,
) -> Result<Transaction<'static, D>, sqlx::Error> {
    let beginning = async move {
        // Borrowed by the timeout, so that the connection returns to the pool only after trust in
        // it is withdrawn.
        let mut begun = Transaction::begin(conn, Some(statement.into_sql_str()));
        match tokio::time::timeout(BEGINNING, &mut begun).await {
            Ok(begun) => begun,
            Err(_elapsed) => {
                trust.withdraw();
                Err(sqlx::Error::PoolTimedOut)
            }
        }
    };
    tokio::spawn(beginning)
        .await
        .map_err(|_ended| sqlx::Error::WorkerCrashed)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_from_before_a_loss_are_not_trusted() {
        let trust = Trust::default();
        let hour = Duration::from_hours(1);
        assert!(trust.has(hour));
        trust.withdraw();
        assert!(!trust.has(hour));
        assert!(!trust.clone().has(hour));
        std::thread::sleep(Duration::from_millis(2));
        assert!(trust.has(Duration::ZERO));
    }
}
