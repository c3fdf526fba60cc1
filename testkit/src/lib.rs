//! What tests share: a scenario is written once and runs on both engines, each time with a database of its
//! own. `BONEX_TEST_POSTGRES` names a PostgreSQL where databases may be made; without it the PostgreSQL half
//! fails, for a test that does not run proves nothing.

#![allow(
    clippy::expect_used,
    reason = "a test's set-up that fails should fail the test"
)]

mod peek;
mod shop;

use std::path::Path;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

pub use peek::Held;
pub use shop::{START, Shop, money};
pub use testkit_macros::on_both_engines;

/// A fresh, empty database.
pub struct TestDatabase {
    url: String,
    /// Goes with the database it holds.
    _folder: Option<tempfile::TempDir>,
}

impl TestDatabase {
    /// A SQLite file.
    ///
    /// # Panics
    /// Where no file can be made.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("bonex.db").display());
        Self {
            url,
            _folder: Some(folder),
        }
    }

    /// A SQLite file in a folder that the test has made itself.
    pub fn sqlite_in(folder: &Path) -> Self {
        let url = format!("sqlite:{}", folder.join("bonex.db").display());
        Self { url, _folder: None }
    }

    /// The empty database that `url` names.
    pub const fn at(url: String) -> Self {
        Self { url, _folder: None }
    }

    /// A database on the PostgreSQL of `BONEX_TEST_POSTGRES`.
    ///
    /// # Panics
    /// Where there is none.
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

    /// For `DATABASE_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// True for SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite:")
    }
}
