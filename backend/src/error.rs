//! Everything a use-case can fail with.

use std::path::PathBuf;

use domain::{LedgerFault, Refusal};

use crate::db::{self, Outage};

/// A use-case that did not happen: nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Another document was recorded under this external id.
    #[error("external id of another document")]
    ExternalIdConflict,
    /// The database failed.
    #[error("storage: {0}")]
    Storage(#[from] sqlx::Error),
    /// Another process serves this SQLite file.
    #[error(
        "another `bonex serve` works on {}: stop it first, or use PostgreSQL, which takes several servers",
        .0.display()
    )]
    AlreadyServed(PathBuf),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The stored ledger contradicts itself.
    #[error("ledger: {0}")]
    Ledger(#[from] LedgerFault),
    /// A stored value that no code of ours writes.
    #[error("corrupt row: {0}")]
    Corrupt(String),
    /// A statement changed another number of rows than it should.
    #[error("{changed} rows changed instead of {expected} by: {statement}")]
    RowsChanged {
        /// Its text.
        statement: &'static str,
        /// The number it should have changed.
        expected: usize,
        /// The number it has changed.
        changed: u64,
    },
    /// `DATABASE_URL` of a scheme that Bonex does not speak.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    UnknownEngine,
    /// A secret could not be made, sealed or opened.
    #[error("secret: {0}")]
    Secret(String),
}

impl Error {
    /// A stored value of `column` that cannot be read.
    pub(crate) fn corrupt(column: &str, value: impl std::fmt::Display) -> Self {
        Self::Corrupt(format!("{column} = {value}"))
    }

    /// True where PostgreSQL has given up one of several transactions that wait for each other, and the
    /// same command may simply be run again (SQLSTATE 40001, 40P01).
    pub(crate) fn is_retryable(&self) -> bool {
        let code = self.storage().and_then(db::postgres_code);
        matches!(code, Some("40001" | "40P01"))
    }

    /// True where the connection is of no further use; see [`db::Db::once_more`].
    pub(crate) fn is_connection_lost(&self) -> bool {
        self.storage().is_some_and(db::is_connection_lost)
    }

    /// True where the database takes no writes on this connection, so that nothing can have been written.
    pub(crate) fn is_read_only(&self) -> bool {
        self.storage().is_some_and(db::is_read_only)
    }

    /// The state of the database that this fails for; `None` for every other failure.
    pub fn outage(&self) -> Option<Outage> {
        self.storage().and_then(db::outage)
    }

    const fn storage(&self) -> Option<&sqlx::Error> {
        match self {
            Self::Storage(error) => Some(error),
            _ => None,
        }
    }
}
