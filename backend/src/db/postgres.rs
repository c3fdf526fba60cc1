//! Opening PostgreSQL, and how long it is waited for.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};

use super::reuse::{Trust, only_fit};
use super::{ACQUIRE_TIMEOUT, Patience};
use crate::Error;

/// Connections of one server process to PostgreSQL: enough to fill the cores of a database server, few
/// enough for several processes under its default limit of 100.
const CONNECTIONS: u32 = 12;

/// What bounds every connection. Whoever forgets a transaction loses it, and a client that has vanished is noticed.
const LIMITS: [(&str, &str); 5] = [
    ("idle_in_transaction_session_timeout", "15s"),
    ("tcp_keepalives_idle", "15"),
    ("tcp_keepalives_interval", "5"),
    ("tcp_keepalives_count", "3"),
    ("tcp_user_timeout", "30s"),
];

/// What bounds a request beside: a row that somebody holds must not take the connections of all stores.
const REQUEST_LIMITS: [(&str, &str); 2] = [("lock_timeout", "5s"), ("statement_timeout", "20s")];

/// A migration takes the time it takes, and waits for the server that migrates already.
const NO_LIMITS: &str = "SET statement_timeout = 0; SET lock_timeout = 0; \
                         SET idle_in_transaction_session_timeout = 0";

pub(super) async fn open(url: &str, patience: Patience, trust: Trust) -> Result<PgPool, Error> {
    let options = PgConnectOptions::from_str(url)?.application_name("bonex");
    let told = options.get_options().unwrap_or_default().to_owned();
    let limits = LIMITS.into_iter().chain(match patience {
        Patience::Request => REQUEST_LIMITS.as_slice().iter().copied(),
        Patience::Job => [].iter().copied(),
    });
    // What the operator's URL says stands.
    let options = options.options(limits.filter(|(name, _)| !told.contains(name)));
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT);
    Ok(only_fit(pool, trust).connect_with(options).await?)
}

pub(super) async fn migrate(pool: &PgPool) -> Result<(), Error> {
    // A connection of its own: a request must not get one without limits.
    let mut conn = pool.acquire().await?.detach();
    sqlx::raw_sql(NO_LIMITS).execute(&mut conn).await?;
    let migrated = sqlx::migrate!("../migrations/postgres")
        .run(&mut conn)
        .await;
    conn.close().await?;
    Ok(migrated?)
}
