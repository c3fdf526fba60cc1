//! A database for one measurement: created, migrated and dropped.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The secret key of every server of the bench.
pub(crate) const SECRET_KEY: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// SQLite, embedded.
    Sqlite,
    /// The PostgreSQL server at `BONEX_TEST_POSTGRES`.
    Postgres,
}

impl Engine {
    /// Returns the name for the report.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A database with the schema. Its files are deleted when it is dropped.
pub(crate) struct Database {
    /// The value of `DATABASE_URL`.
    pub(crate) url: String,
    /// The engine.
    pub(crate) engine: Engine,
    /// The name on a PostgreSQL server.
    name: String,
    bonex: PathBuf,
    folder: TempDir,
}

impl Database {
    /// Creates a database with the server's program `bonex`. Its files are in `place`.
    pub(crate) fn create(
        runtime: &Runtime,
        engine: Engine,
        name: String,
        bonex: &Path,
        place: &Path,
    ) -> Result<Self> {
        let folder = tempfile::tempdir_in(place)?;
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.path().join("bonex.db").display()),
            Engine::Postgres => runtime.block_on(create_database(&name))?,
        };
        let database = Self {
            url,
            engine,
            name,
            bonex: bonex.to_owned(),
            folder,
        };
        database.run(&["migrate"])?;
        Ok(database)
    }

    /// Returns the directory for the files of this database.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the command of the server's program with the settings of this database.
    pub(crate) fn bonex(&self, arguments: &[&str]) -> Command {
        let mut bonex = Command::new(&self.bonex);
        bonex
            .args(arguments)
            .env("DATABASE_URL", &self.url)
            .env("BONEX_DATA_DIR", self.folder())
            .env("BONEX_SECRET_KEY", SECRET_KEY);
        bonex
    }

    /// Replays the ledger.
    ///
    /// # Errors
    /// If the ledger is not sound.
    pub(crate) fn verify(&self) -> Result<()> {
        let said = self.run(&["verify-ledger"])?;
        println!("  ledger verified: {}", said.trim());
        Ok(())
    }

    /// Runs the server's program. Returns what it has printed.
    ///
    /// # Errors
    /// If the program fails.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self
            .bonex(arguments)
            .output()
            .with_context(|| format!("{}", self.bonex.display()))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaints = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "bonex {} failed:\n{said}{complaints}",
            arguments.join(" ")
        );
        Ok(said)
    }

    /// Drops the database on the database server.
    pub(crate) fn discard(self, runtime: &Runtime) -> Result<()> {
        match self.engine {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => runtime.block_on(drop_database(&self.name)),
        }
    }
}

async fn create_database(name: &str) -> Result<String> {
    drop_database(name).await?;
    let maintenance = postgres_url()?;
    let mut connection = PgConnection::connect(&maintenance).await?;
    let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&mut connection).await?;
    connection.close().await?;
    let (server, _) = maintenance
        .rsplit_once('/')
        .context("BONEX_TEST_POSTGRES contains no database name")?;
    Ok(format!("{server}/{name}"))
}

async fn drop_database(name: &str) -> Result<()> {
    let mut connection = PgConnection::connect(&postgres_url()?).await?;
    let drop = AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
    sqlx::raw_sql(drop).execute(&mut connection).await?;
    Ok(connection.close().await?)
}

fn postgres_url() -> Result<String> {
    std::env::var("BONEX_TEST_POSTGRES").context(
        "BONEX_TEST_POSTGRES must be the URL of a PostgreSQL in which databases may be created: use `make bench`",
    )
}
