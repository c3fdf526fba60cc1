//! A database with a store in it: made, filled, verified, dropped.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use backend::{Clock, SystemClock, secrets};
use clap::ValueEnum;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Tills of the store; `load.lua` and `generate.sql` count on it.
pub(crate) const TILLS: u32 = 64;
/// The phone of client 1, less one.
pub(crate) const FIRST_PHONE: u64 = 992_900_000_000;

/// Live lots of a diram each that client `clients + 1` has; `generate.sql` makes them.
pub(crate) const LENT_CARD_LOTS: u32 = 50_000;

const GENERATE: &str = include_str!("generate.sql");

/// Which database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Embedded.
    Sqlite,
    /// The server named by `BONEX_TEST_POSTGRES`.
    Postgres,
}

impl Engine {
    /// For people.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// How much is in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// Clients.
    pub(crate) clients: u32,
    /// Ledger entries of each.
    pub(crate) entries_each: u32,
}

impl Scale {
    /// Ledger entries of all.
    pub(crate) const fn entries(self) -> u32 {
        self.clients * self.entries_each
    }
}

/// A token of the generated store: number 0 is the store's, 1 and up are the tills'. `load.lua` knows them too.
pub(crate) fn token_hash(number: u32) -> String {
    secrets::token_hash(&format!("{number:064x}"))
}

/// A filled database of its own, gone when dropped.
pub(crate) struct Store {
    /// For `DATABASE_URL`.
    pub(crate) url: String,
    /// Its engine.
    pub(crate) engine: Engine,
    /// What it holds.
    pub(crate) scale: Scale,
    bonex: PathBuf,
    folder: TempDir,
}

impl Store {
    /// Makes a database with the server's program `bonex`, fills it and verifies its ledger. What has to be a file is in
    /// `place`.
    pub(crate) fn create(
        runtime: &Runtime,
        engine: Engine,
        scale: Scale,
        bonex: &Path,
        place: &Path,
    ) -> Result<Self> {
        let folder = tempfile::tempdir_in(place)?;
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.path().join("bonex.db").display()),
            Engine::Postgres => runtime.block_on(create_database(scale))?,
        };
        let store = Self {
            url,
            engine,
            scale,
            bonex: bonex.to_owned(),
            folder,
        };
        store.run("migrate")?;
        let began = Instant::now();
        match engine {
            Engine::Sqlite => runtime.block_on(store.fill_sqlite())?,
            Engine::Postgres => runtime.block_on(store.fill_postgres())?,
        }
        println!("  filled in {} s", began.elapsed().as_secs());
        store.verify()?;
        Ok(store)
    }

    /// Where files about it go.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The server's program, set to this database.
    pub(crate) fn bonex(&self, command: &str) -> Command {
        let mut bonex = Command::new(&self.bonex);
        bonex
            .arg(command)
            .env("DATABASE_URL", &self.url)
            .env("BONEX_DATA_DIR", self.folder())
            .env("BONEX_SECRET_KEY", "0".repeat(64));
        bonex
    }

    /// Replays the ledger.
    ///
    /// # Errors
    /// Where it is not sound.
    pub(crate) fn verify(&self) -> Result<()> {
        let said = self.run("verify-ledger")?;
        println!("  ledger verified: {}", said.trim());
        Ok(())
    }

    fn run(&self, command: &str) -> Result<String> {
        let output = self
            .bonex(command)
            .output()
            .with_context(|| format!("{}", self.bonex.display()))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaints = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "bonex {command} failed:\n{said}{complaints}"
        );
        Ok(said)
    }

    /// `generate.sql` with the tables that it reads.
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
        // Nobody needs a half filled file, so nothing is written twice for it.
        let mut connection = SqliteConnectOptions::new()
            .filename(self.folder().join("bonex.db"))
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
        // Ids were given, not drawn: the sequences are to go on after them.
        let sequences: String = ["tenants", "branches", "cashier_nodes", "clients", "sales"]
            .map(|table| format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table};\n"))
            .concat();
        // As a replica it does not check the references of every row; what verifies the ledger does.
        let script = format!(
            "SET session_replication_role = replica;\nSET work_mem = '128MB';\nBEGIN;\n{}\n{sequences}COMMIT;",
            self.script()
        );
        let mut connection = PgConnection::connect(&self.url).await?;
        sqlx::raw_sql(AssertSqlSafe(script))
            .execute(&mut connection)
            .await
            .context("generate.sql")?;
        // As autovacuum would have left it.
        sqlx::raw_sql("VACUUM ANALYZE")
            .execute(&mut connection)
            .await?;
        sqlx::raw_sql("CHECKPOINT").execute(&mut connection).await?;
        Ok(connection.close().await?)
    }
}

impl Store {
    /// Frees what it took on the database server.
    pub(crate) fn discard(self, runtime: &Runtime) -> Result<()> {
        match self.engine {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => runtime.block_on(drop_database(self.scale)),
        }
    }
}

async fn create_database(scale: Scale) -> Result<String> {
    drop_database(scale).await?;
    let name = database_name(scale);
    let maintenance = postgres_url()?;
    let mut connection = PgConnection::connect(&maintenance).await?;
    let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&mut connection).await?;
    connection.close().await?;
    let (server, _) = maintenance
        .rsplit_once('/')
        .context("BONEX_TEST_POSTGRES names no database")?;
    Ok(format!("{server}/{name}"))
}

async fn drop_database(scale: Scale) -> Result<()> {
    let mut connection = PgConnection::connect(&postgres_url()?).await?;
    let drop = AssertSqlSafe(format!(
        "DROP DATABASE IF EXISTS {} WITH (FORCE)",
        database_name(scale)
    ));
    sqlx::raw_sql(drop).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

fn database_name(scale: Scale) -> String {
    format!("bonex_bench_{}", scale.entries())
}

fn postgres_url() -> Result<String> {
    std::env::var("BONEX_TEST_POSTGRES").context(
        "BONEX_TEST_POSTGRES must name a PostgreSQL where databases may be made: use `make bench`",
    )
}
