//! The two engines behind one SQL text.
//!
//! A statement is written once, with `$1` parameters, and run by [`on_engine!`] through the native driver
//! of the engine at hand. Where a statement must differ, an explicit `match` on [`Engine`] shows it.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::Error;

/// Readers of SQLite beside its one writer.
const SQLITE_READERS: u32 = 4;
/// Connections of one server process to PostgreSQL: enough to fill the cores of a database server, few
/// enough for several processes under its default limit of 100.
const POSTGRES_CONNECTIONS: u32 = 12;
/// How long a request waits for a connection before it fails.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// The same thing for one of the engines.
#[derive(Clone, Debug)]
pub enum Engine<S, P> {
    /// SQLite, inside this process.
    Sqlite(S),
    /// PostgreSQL.
    Postgres(P),
}

/// Runs `$body` with `$conn` bound to what the engine at hand executes on.
macro_rules! on_engine {
    ($on:expr, $conn:ident => $body:expr) => {
        match $on {
            $crate::db::Engine::Sqlite($conn) => $body,
            $crate::db::Engine::Postgres($conn) => $body,
        }
    };
}
pub(crate) use on_engine;

/// The database.
#[derive(Clone, Debug)]
pub struct Db(Engine<SqlitePools, PgPool>);

#[derive(Clone, Debug)]
struct SqlitePools {
    /// SQLite has one writer at a time; waiting for it in our own queue is fair, in SQLite's it is not.
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Db {
    /// Connects to `sqlite:PATH` (made where absent) or `postgres://…`.
    ///
    /// # Errors
    /// [`Error::UnknownEngine`], [`Error::Storage`].
    pub async fn open(url: &str) -> Result<Self, Error> {
        let engine = if url.starts_with("sqlite:") {
            Engine::Sqlite(open_sqlite(url).await?)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?.application_name("bonex");
            let pool = PgPoolOptions::new()
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                // A broken connection shows at its next statement; asking beforehand costs every request a
                // round trip.
                .test_before_acquire(false)
                .connect_with(options)
                .await?;
            Engine::Postgres(pool)
        } else {
            return Err(Error::UnknownEngine);
        };
        Ok(Self(engine))
    }

    /// `sqlite` or `postgres`.
    pub fn engine_name(&self) -> &'static str {
        match self.0 {
            Engine::Sqlite(_) => "sqlite",
            Engine::Postgres(_) => "postgres",
        }
    }

    /// Where single statements read, outside a transaction.
    pub fn reads(&self) -> Engine<&SqlitePool, &PgPool> {
        match &self.0 {
            Engine::Sqlite(pools) => Engine::Sqlite(&pools.readers),
            Engine::Postgres(pool) => Engine::Postgres(pool),
        }
    }

    /// Where single statements write, outside a transaction.
    pub fn writes(&self) -> Engine<&SqlitePool, &PgPool> {
        match &self.0 {
            Engine::Sqlite(pools) => Engine::Sqlite(&pools.writer),
            Engine::Postgres(pool) => Engine::Postgres(pool),
        }
    }

    /// Begins a transaction that may write. In SQLite it holds the writer from its first moment, so that it
    /// never fails half way for want of it.
    ///
    /// # Errors
    /// [`Error::Storage`].
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one place that begins transactions"
    )]
    pub async fn begin(&self) -> Result<Tx, Error> {
        Ok(Tx(match &self.0 {
            Engine::Sqlite(pools) => {
                Engine::Sqlite(pools.writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Engine::Postgres(pool) => Engine::Postgres(pool.begin().await?),
        }))
    }

    /// Begins a transaction that sees one state of the data and writes nothing.
    ///
    /// # Errors
    /// [`Error::Storage`].
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one place that begins transactions"
    )]
    pub async fn begin_read(&self) -> Result<Tx, Error> {
        const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        Ok(Tx(match &self.0 {
            Engine::Sqlite(pools) => Engine::Sqlite(pools.readers.begin().await?),
            Engine::Postgres(pool) => Engine::Postgres(pool.begin_with(SNAPSHOT).await?),
        }))
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// [`Error::Migration`].
    pub(crate) async fn migrate(&self) -> Result<(), Error> {
        match &self.0 {
            Engine::Sqlite(pools) => {
                sqlx::migrate!("../migrations/sqlite")
                    .run(&pools.writer)
                    .await?;
            }
            Engine::Postgres(pool) => sqlx::migrate!("../migrations/postgres").run(pool).await?,
        }
        Ok(())
    }

    /// One statement that reads nothing.
    pub(crate) async fn ping(&self) -> Result<(), Error> {
        on_engine!(self.reads(), conn => sqlx::query("SELECT 1").execute(conn).await.map(|_| ()))?;
        Ok(())
    }

    /// Ends what is in flight and closes the connections.
    pub(crate) async fn close(&self) {
        match &self.0 {
            Engine::Sqlite(pools) => {
                pools.readers.close().await;
                pools.writer.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}

async fn open_sqlite(url: &str) -> Result<SqlitePools, sqlx::Error> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A sale that was answered with 201 survives the loss of power.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(ACQUIRE_TIMEOUT)
        // In KiB where negative.
        .pragma("cache_size", "-65536");
    if let Some(folder) = options.get_filename().parent() {
        std::fs::create_dir_all(folder)?;
    }
    let pool = |connections| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
    };
    let writer = pool(1).connect_with(options.clone()).await?;
    let readers = pool(SQLITE_READERS)
        .connect_with(options.read_only(true))
        .await?;
    Ok(SqlitePools { writer, readers })
}

/// A transaction. Dropped without [`Tx::commit`] it changes nothing.
pub struct Tx(Engine<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>);

impl Tx {
    /// What statements run on.
    pub fn conn(&mut self) -> Engine<&mut SqliteConnection, &mut PgConnection> {
        match &mut self.0 {
            Engine::Sqlite(tx) => Engine::Sqlite(&mut **tx),
            Engine::Postgres(tx) => Engine::Postgres(&mut **tx),
        }
    }

    /// Makes it last.
    ///
    /// # Errors
    /// [`Error::Storage`]: whether it lasts is then unknown; external ids and idempotency keys tell.
    pub async fn commit(self) -> Result<(), Error> {
        on_engine!(self.0, tx => tx.commit().await)?;
        Ok(())
    }
}
