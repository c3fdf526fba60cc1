//! Everything a use-case can fail with.

use domain::{LedgerFault, Refusal};

use crate::receipt::ReceiptRecord;
use crate::returns::ReturnRecord;
use crate::sale::SaleRecord;

/// A use-case that did not happen: nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store already has a sale of this `external_sale_id`; here it is.
    #[error("duplicate external_sale_id")]
    DuplicateSale(Box<SaleRecord>),
    /// The store already has a return of this `external_return_id`; here it is.
    #[error("duplicate external_return_id")]
    DuplicateReturn(Box<ReturnRecord>),
    /// The store already has a receipt of this `external_receipt_id`; here it is.
    #[error("duplicate external_receipt_id")]
    DuplicateReceipt(Box<ReceiptRecord>),
    /// The idempotency key was used for another request.
    #[error("idempotency key reused with another request")]
    IdempotencyKeyReused,
    /// The database failed.
    #[error("storage: {0}")]
    Storage(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The stored ledger contradicts itself.
    #[error("ledger: {0}")]
    Ledger(#[from] LedgerFault),
    /// A stored value that no code of ours writes.
    #[error("corrupt row: {0}")]
    Corrupt(String),
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
        let Self::Storage(sqlx::Error::Database(error)) = self else {
            return false;
        };
        matches!(error.code().as_deref(), Some("40001" | "40P01"))
    }

    /// True where more was asked at once than the database could take; the same request may be sent again.
    pub fn is_overload(&self) -> bool {
        matches!(self, Self::Storage(sqlx::Error::PoolTimedOut))
    }
}
