//! Opens PostgreSQL, with limits on the time that it may take.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};

use super::patience::{ACQUIRE_TIMEOUT, Patience};
use super::reuse::{Trust, only_fit};
use crate::Error;

/// The number of connections of one server process to PostgreSQL: enough to fill the cores of a
/// database server, and few enough for several processes under its default limit of 100.
const CONNECTIONS: u32 = 12;

/// The settings of every connection. PostgreSQL ends a session that leaves its transaction idle,
/// and notices that the process at the other end has vanished. It compiles no statement (JIT),
/// which would take a second where it reads a few thousand rows and expects millions.
const SETTINGS: [(&str, &str); 6] = [
    ("jit", "off"),
    ("idle_in_transaction_session_timeout", "15s"),
    ("tcp_keepalives_idle", "15"),
    ("tcp_keepalives_interval", "5"),
    ("tcp_keepalives_count", "3"),
    ("tcp_user_timeout", "30s"),
];

/// The additional limits of a request, so that requests that wait for one locked row do not take
/// the connections of all stores.
const REQUEST_LIMITS: [(&str, &str); 2] = [("lock_timeout", "5s"), ("statement_timeout", "20s")];

/// No limits for a migration: it may take long, and it waits while another server migrates.
const NO_LIMITS: &str = "SET statement_timeout = 0; SET lock_timeout = 0; \
                         SET idle_in_transaction_session_timeout = 0";

pub(super) async fn open(url: &str, patience: Patience, trust: Trust) -> Result<PgPool, Error> {
    let options = PgConnectOptions::from_str(url)?.application_name("bonex");
    let from_url = options.get_options().unwrap_or_default().to_owned();
    let limits = SETTINGS.into_iter().chain(match patience {
        Patience::Request => REQUEST_LIMITS.as_slice().iter().copied(),
        Patience::Job => [].iter().copied(),
    });
    // What the operator has set in the URL is kept.
    let options = options.options(limits.filter(|(name, _)| !from_url.contains(name)));
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT);
    Ok(only_fit(pool, trust).connect_with(options).await?)
}

pub(super) async fn migrate(pool: &PgPool) -> Result<(), Error> {
    // Uses a connection of its own, so that no request gets a connection without limits.
    let mut conn = pool.acquire().await?.detach();
    sqlx::raw_sql(NO_LIMITS).execute(&mut conn).await?;
    let migrated = sqlx::migrate!("../migrations/postgres")
        .run(&mut conn)
        .await;
    conn.close().await?;
    Ok(migrated?)
}
