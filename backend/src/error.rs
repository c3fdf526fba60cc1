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
    #[error("Продажа с таким external_sale_id уже зарегистрирована")]
    DuplicateSale(Box<SaleRecord>),
    /// The store already has a return of this `external_return_id`; here it is.
    #[error("Возврат с таким external_return_id уже зарегистрирован")]
    DuplicateReturn(Box<ReturnRecord>),
    /// The store already has a receipt of this `external_receipt_id`; here it is.
    #[error("Чек с таким external_receipt_id уже зарегистрирован")]
    DuplicateReceipt(Box<ReceiptRecord>),
    /// The idempotency key was used for another request.
    #[error("Этот Idempotency-Key уже использован с другим запросом")]
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

    /// True where the fault is the request's, and no repetition of it would do better.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Refused(_)
                | Self::DuplicateSale(_)
                | Self::DuplicateReturn(_)
                | Self::DuplicateReceipt(_)
                | Self::IdempotencyKeyReused
        )
    }
}
