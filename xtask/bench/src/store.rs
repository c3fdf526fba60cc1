//! A generated store.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use backend::{Clock, SystemClock, secrets};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tokio::runtime::Runtime;

use crate::database::{Database, Engine};

/// The number of tills of the store; `load.lua` and `generate.sql` use the same number.
pub(crate) const TILLS: u32 = 64;
/// The phone of client 1 minus one: the phone of client N is this number plus N.
pub(crate) const FIRST_PHONE: u64 = 992_900_000_000;

/// The number of live lots, of one diram each, of client `clients + 1`; `generate.sql` creates
/// them.
pub(crate) const LENT_CARD_LOTS: u32 = 50_000;

const GENERATE: &str = include_str!("generate.sql");

/// The size of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// The number of clients.
    pub(crate) clients: u32,
    /// The number of ledger entries of each client.
    pub(crate) entries_each: u32,
}

impl Scale {
    /// Returns the number of ledger entries of all clients.
    pub(crate) const fn entries(self) -> u32 {
        self.clients * self.entries_each
    }
}

/// Returns the hash of a token of the generated store: number 0 is the store's token, 1 and up are
/// the tills'. `load.lua` sends the same tokens.
pub(crate) fn token_hash(number: u32) -> String {
    secrets::token_hash(&format!("{number:064x}"))
}

/// A database with a generated store.
pub(crate) struct Store {
    /// The database.
    pub(crate) database: Database,
    /// The size.
    pub(crate) scale: Scale,
}

impl Store {
    /// Creates a database with the server's program `bonex`, fills it and verifies its ledger. Its
    /// files are in `place`.
    pub(crate) fn create(
        runtime: &Runtime,
        engine: Engine,
        scale: Scale,
        bonex: &Path,
        place: &Path,
    ) -> Result<Self> {
        let name = format!("bonex_bench_{}", scale.entries());
        let database = Database::create(runtime, engine, name, bonex, place)?;
        let store = Self { database, scale };
        let began = Instant::now();
        match engine {
            Engine::Sqlite => runtime.block_on(store.fill_sqlite())?,
            Engine::Postgres => runtime.block_on(store.fill_postgres())?,
        }
        println!("  filled in {} s", began.elapsed().as_secs());
        store.database.verify()?;
        Ok(store)
    }

    /// Returns `generate.sql` after the statements that create its input tables.
    fn script(&self) -> String {
        let Scale {
            clients,
            entries_each,
        } = self.scale;
        let mut script = format!(
            "CREATE TEMP TABLE scale (clients BIGINT, entries_each BIGINT, now BIGINT);\n\
             INSERT INTO scale VALUES ({clients}, {entries_each}, {});\n\
             CREATE TEMP TABLE till_tokens (id BIGINT, token_hash TEXT);\n",
            SystemClock.now().micros()
        );
        for number in 0..=TILLS {
            // Writing to a String cannot fail.
            let _ = writeln!(
                script,
                "INSERT INTO till_tokens VALUES ({number}, '{}');",
                token_hash(number)
            );
        }
        script + GENERATE
    }

    async fn fill_sqlite(&self) -> Result<()> {
        // Without a journal and without syncing, because a half-filled file is never used.
        let mut connection = SqliteConnectOptions::new()
            .filename(self.database.folder().join("bonex.db"))
            .journal_mode(SqliteJournalMode::Off)
            .synchronous(SqliteSynchronous::Off)
            .foreign_keys(false)
            .pragma("cache_size", "-262144")
            .connect()
            .await?;
        let script = format!("BEGIN;\n{}\nCOMMIT;", self.script());
        sqlx::raw_sql(AssertSqlSafe(script))
            .execute(&mut connection)
            .await
            .context("generate.sql")?;
        let broken = sqlx::raw_sql("PRAGMA foreign_key_check")
            .fetch_all(&mut connection)
            .await?;
        ensure!(broken.is_empty(), "{} rows refer to nothing", broken.len());
        Ok(connection.close().await?)
    }

    async fn fill_postgres(&self) -> Result<()> {
        // The script sets ids itself, so the sequences must continue after them.
        let sequences: String = ["tenants", "branches", "cashier_nodes", "clients", "sales"]
            .map(|table| format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table};\n"))
            .concat();
        // In the replica role PostgreSQL checks no foreign keys, which is faster. `fill_sqlite`
        // checks the rows of the same script with `foreign_key_check`.
        let script = format!(
            "SET session_replication_role = replica;\nSET work_mem = '128MB';\nBEGIN;\n{}\n{sequences}COMMIT;",
            self.script()
        );
        let mut connection = PgConnection::connect(&self.database.url).await?;
        sqlx::raw_sql(AssertSqlSafe(script))
            .execute(&mut connection)
            .await
            .context("generate.sql")?;
        // The state in which autovacuum would leave the tables.
        sqlx::raw_sql("VACUUM ANALYZE")
            .execute(&mut connection)
            .await?;
        sqlx::raw_sql("CHECKPOINT").execute(&mut connection).await?;
        Ok(connection.close().await?)
    }
}
