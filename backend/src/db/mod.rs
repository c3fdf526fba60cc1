//! The two engines, which share one SQL text.
//!
//! A statement is written once, with `$1` parameters, and run with a tuple of their values by the
//! methods of [`Tx`], or outside a transaction by those of [`Db::reads`] and [`Db::writes`]. Each
//! uses the native driver of the engine. If a statement must differ, a `match` on [`Dialect`] shows
//! both texts.

mod engine;
mod outage;
mod params;
mod patience;
mod postgres;
mod reuse;
mod sqlite;
mod tx;

use sqlx::{PgPool, SqlitePool};

use crate::Error;
use reuse::Trust;
use sqlite::SqlitePools;

pub(crate) use engine::Dialect;
pub use engine::{Changed, Engine, Row};
pub use outage::Outage;
pub(crate) use outage::{is_connection_lost, is_read_only, outage, postgres_code};
pub(crate) use params::Numbers;
pub use params::{Params, Value};
pub use patience::Patience;
pub use sqlite::Serving;
pub use tx::Tx;

/// The database.
#[derive(Clone, Debug)]
pub struct Db {
    engine: Engine<SqlitePools, PgPool>,
    trust: Trust,
}

impl Db {
    /// Connects to `sqlite:PATH` (created if it does not exist) or `postgres://…`.
    ///
    /// # Errors
    /// [`Error::UnknownEngine`], [`Error::Storage`].
    pub async fn open(url: &str, patience: Patience) -> Result<Self, Error> {
        let trust = Trust::default();
        let engine = if url.starts_with("sqlite:") {
            Engine::Sqlite(sqlite::open(url, trust.clone()).await?)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Engine::Postgres(postgres::open(url, patience, trust.clone()).await?)
        } else {
            return Err(Error::UnknownEngine);
        };
        Ok(Self { engine, trust })
    }

    /// Returns `sqlite` or `postgres`.
    pub fn engine_name(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => "sqlite",
            Engine::Postgres(_) => "postgres",
        }
    }

    /// Returns the engine, for a statement that needs a different text on each.
    pub(crate) const fn dialect(&self) -> Dialect {
        match self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Returns whether only one transaction writes at a time, even if the rows belong to different
    /// stores.
    pub(crate) const fn has_one_writer(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(_))
    }

    /// Returns the newest version of the schema that this program knows.
    pub(crate) fn known_schema() -> i64 {
        let versions = sqlite::MIGRATIONS.iter();
        versions
            .map(|known| known.version)
            .max()
            .unwrap_or_default()
    }

    /// Returns the bytes that are free on the disk of the database; `None` if that is the disk of
    /// another machine.
    pub(crate) fn free_bytes(&self) -> Option<i64> {
        match &self.engine {
            Engine::Sqlite(pools) => pools.free_bytes(),
            Engine::Postgres(_) => None,
        }
    }

    /// Returns the pool that single statements outside a transaction read from.
    pub fn reads(&self) -> Engine<&SqlitePool, &PgPool> {
        match &self.engine {
            Engine::Sqlite(pools) => Engine::Sqlite(&pools.readers),
            Engine::Postgres(pool) => Engine::Postgres(pool),
        }
    }

    /// Returns the pool that single statements outside a transaction write to.
    pub fn writes(&self) -> Engine<&SqlitePool, &PgPool> {
        match &self.engine {
            Engine::Sqlite(pools) => Engine::Sqlite(&pools.writer),
            Engine::Postgres(pool) => Engine::Postgres(pool),
        }
    }

    /// Begins a transaction that may write. On SQLite it takes the writer at once (BEGIN
    /// IMMEDIATE), so that it never fails half way because another transaction is writing.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn begin(&self) -> Result<Tx, Error> {
        self.once_more(|| self.begin_as("BEGIN")).await
    }

    /// Begins a transaction that reads one snapshot of the data and writes nothing.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn begin_read(&self) -> Result<Tx, Error> {
        const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
        if let Engine::Sqlite(pools) = &self.engine {
            let conn = pools.readers.acquire().await?;
            let begun = reuse::begin(conn, "BEGIN", self.trust.clone()).await?;
            return Ok(Tx(Engine::Sqlite(begun)));
        }
        self.once_more(|| self.begin_as(SNAPSHOT)).await
    }

    /// Begins a transaction on SQLite's writer, or on PostgreSQL with the statement `postgres`.
    async fn begin_as(&self, postgres: &'static str) -> Result<Tx, Error> {
        let trust = self.trust.clone();
        Ok(Tx(match &self.engine {
            Engine::Sqlite(pools) => {
                let conn = pools.writer.acquire().await?;
                Engine::Sqlite(reuse::begin(conn, "BEGIN IMMEDIATE", trust).await?)
            }
            Engine::Postgres(pool) => {
                Engine::Postgres(reuse::begin(pool.acquire().await?, postgres, trust).await?)
            }
        }))
    }

    /// Runs `run`, and if its connection turns out to be lost, runs it once more on a fresh one. So
    /// after a restart of PostgreSQL no request fails because of an old connection. `run` must be
    /// safe to run twice.
    pub(crate) async fn once_more<T, F>(&self, run: impl Fn() -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        match run().await {
            Err(error) if error.is_connection_lost() => {
                tracing::warn!(%error, "a connection was lost; tried once more on a fresh one");
                self.distrust_connections();
                run().await
            }
            ended => ended,
        }
    }

    /// Makes sure that no connection that is open now is used again.
    pub(crate) fn distrust_connections(&self) {
        self.trust.withdraw();
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// [`Error::Migration`].
    pub(crate) async fn migrate(&self) -> Result<(), Error> {
        match &self.engine {
            Engine::Sqlite(pools) => pools.migrate().await,
            Engine::Postgres(pool) => postgres::migrate(pool).await,
        }
    }

    /// Makes this process a server of the database.
    ///
    /// # Errors
    /// [`Error::AlreadyServed`] if another process serves the same SQLite file.
    pub(crate) fn claim(&self) -> Result<Serving, Error> {
        match &self.engine {
            Engine::Sqlite(pools) => pools.claim(),
            Engine::Postgres(_) => Ok(Serving::shared()),
        }
    }

    /// Waits for running statements and closes the connections.
    pub(crate) async fn close(&self) {
        match &self.engine {
            Engine::Sqlite(pools) => {
                pools.readers.close().await;
                pools.writer.close().await;
            }
            Engine::Postgres(pool) => pool.close().await,
        }
    }
}
