//! Which connections of a pool are used again: none inside a transaction, and none from before a loss.

use std::future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::pool::{PoolConnection, PoolOptions};
use sqlx::{Connection, Database, SqlSafeStr, Transaction};

/// How long a connection may take to end what its last user has left behind.
const SETTLING: Duration = Duration::from_secs(10);
/// How long BEGIN may take: one round trip, and on SQLite the wait for the writer, which ends earlier.
const BEGINNING: Duration = Duration::from_secs(12);

/// Since when connections are trusted: what was open when one was found broken may be broken too, as all are after a
/// restart of PostgreSQL.
#[derive(Clone, Debug, Default)]
pub(super) struct Trust(Arc<Mutex<Option<Instant>>>);

impl Trust {
    /// No connection that is open now is used again.
    pub(super) fn withdraw(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn has(&self, age: Duration) -> bool {
        let withdrawn = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        withdrawn.is_none_or(|withdrawn| age < withdrawn.elapsed())
    }
}

/// Lets the pool hand out only connections that are fit for a stranger. SQLite may roll back by itself (a full disk),
/// and sqlx then counts a transaction for ever that is none.
pub(super) fn only_fit<D: Database>(options: PoolOptions<D>, trust: Trust) -> PoolOptions<D> {
    let trusted = trust.clone();
    options
        // Asking the database beforehand would cost every request a round trip; a broken connection shows at its
        // first statement.
        .test_before_acquire(false)
        .before_acquire(move |conn, meta| {
            let fit = !conn.is_in_transaction() && trusted.has(meta.age);
            Box::pin(future::ready(Ok(fit)))
        })
        .after_release(move |conn, meta| {
            let is_trusted = trust.has(meta.age);
            Box::pin(async move {
                if !is_trusted {
                    // An error, for what may be broken is not said goodbye to.
                    return Err(sqlx::Error::Protocol("opened before a loss".to_owned()));
                }
                // The rollback of a transaction that was dropped runs now. A server that is gone without a word is not
                // waited for.
                tokio::time::timeout(SETTLING, conn.ping())
                    .await
                    .map_err(|_elapsed| sqlx::Error::PoolTimedOut)??;
                Ok(!conn.is_in_transaction())
            })
        })
}

/// Begins a transaction in a task of its own: where whoever asked is gone meanwhile, it begins all the same, is dropped
/// and rolled back. Cancelled half way, sqlx 0.9.0 would leave it open on PostgreSQL and count none
/// (<https://github.com/transact-rs/sqlx/issues/4385>). So the connection of one that takes too long is not used again.
pub(super) async fn begin<D: Database>(
    conn: PoolConnection<D>,
    statement: &'static str,
    trust: Trust,
) -> Result<Transaction<'static, D>, sqlx::Error> {
    let beginning = async move {
        // Lent, so that the connection comes back to the pool only after it is trusted no more.
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
