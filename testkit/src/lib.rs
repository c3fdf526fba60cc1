//! Shared code of the tests. A scenario is written once and runs on both engines, each time with a
//! new database. `BONEX_TEST_POSTGRES` names a PostgreSQL server on which databases may be created.
//! Without it the tests on PostgreSQL fail, because a test that does not run proves nothing.

#![allow(clippy::expect_used, reason = "a test must fail if its set-up fails")]

pub mod panel;
mod peek;
pub mod service;
mod shop;

use std::path::Path;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

pub use peek::Held;
pub use shop::{START, Shop, money};
pub use testkit_macros::on_both_engines;

/// A new, empty database.
pub struct TestDatabase {
    url: String,
    /// The folder of the database file. It is deleted when the value is dropped.
    _folder: Option<tempfile::TempDir>,
}

impl TestDatabase {
    /// Makes a database in a temporary SQLite file.
    ///
    /// # Panics
    /// If no file can be made.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("bonex.db").display());
        Self {
            url,
            _folder: Some(folder),
        }
    }

    /// Makes a database in a SQLite file, in a folder that the test has made.
    pub fn sqlite_in(folder: &Path) -> Self {
        let url = format!("sqlite:{}", folder.join("bonex.db").display());
        Self { url, _folder: None }
    }

    /// Uses the empty database that `url` names.
    pub const fn at(url: String) -> Self {
        Self { url, _folder: None }
    }

    /// Makes a database on the PostgreSQL server of `BONEX_TEST_POSTGRES`.
    ///
    /// # Panics
    /// If the variable is not set, or the server cannot be used.
    pub async fn postgres() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = std::env::var("BONEX_TEST_POSTGRES")
            .expect("BONEX_TEST_POSTGRES must name a PostgreSQL: run the tests with `make test`");
        let name = format!(
            "test_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::SeqCst)
        );
        let options = PgConnectOptions::from_str(&server).expect("a PostgreSQL URL");
        let mut connection = options
            .connect()
            .await
            .expect("the PostgreSQL of BONEX_TEST_POSTGRES");
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create)
            .execute(&mut connection)
            .await
            .expect("a new database");
        connection.close().await.expect("the connection closes");
        let (server, _) = server
            .rsplit_once('/')
            .expect("a URL that names a database");
        Self {
            url: format!("{server}/{name}"),
            _folder: None,
        }
    }

    /// Returns the value for `DATABASE_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns whether the engine is SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}
