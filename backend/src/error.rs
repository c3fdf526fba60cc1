//! The errors of use-cases.

use std::path::PathBuf;

use domain::{LedgerFault, Refusal};

use crate::db::{self, Outage};

/// A reason why a use-case failed. Nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Another document was recorded under this external id.
    #[error("external id of another document")]
    ExternalIdConflict,
    /// The till has undone the sale, or has said that there never will be one under this id.
    #[error("sale voided")]
    SaleVoided,
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
    /// A stored value that Bonex never writes.
    #[error("corrupt row: {0}")]
    Corrupt(String),
    /// A statement changed a different number of rows than it should.
    #[error("{changed} rows changed instead of {expected} by: {statement}")]
    RowsChanged {
        /// The text of the statement.
        statement: &'static str,
        /// The number of rows that it should have changed.
        expected: usize,
        /// The number of rows that it has changed.
        changed: u64,
    },
    /// `DATABASE_URL` has a scheme that Bonex does not support.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    UnknownEngine,
    /// A secret could not be made, sealed or opened.
    #[error("secret: {0}")]
    Secret(String),
}

impl Error {
    /// Makes the error for a stored value of `column` that cannot be read.
    pub(crate) fn corrupt(column: &str, value: impl std::fmt::Display) -> Self {
        Self::Corrupt(format!("{column} = {value}"))
    }

    /// Returns whether PostgreSQL has ended this transaction because several wait for each other,
    /// so that the same command may be run again (SQLSTATE 40001, 40P01).
    pub(crate) fn is_retryable(&self) -> bool {
        let code = self.storage().and_then(db::postgres_code);
        matches!(code, Some("40001" | "40P01"))
    }

    /// Returns whether the connection can no longer be used; see [`db::Db::once_more`].
    pub(crate) fn is_connection_lost(&self) -> bool {
        self.storage().is_some_and(db::is_connection_lost)
    }

    /// Returns whether the database takes no writes on this connection, so that nothing can have
    /// been written.
    pub(crate) fn is_read_only(&self) -> bool {
        self.storage().is_some_and(db::is_read_only)
    }

    /// Returns the outage of the database that caused this error; `None` for every other failure.
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
