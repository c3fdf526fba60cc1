//! Every feature of Bonex: a folder each, the use-case in `mod.rs` and its SQL beside it in
//! `sql.rs`. A request becomes a [`Command`], and a command is one transaction.
//!
//! [`ledger`] is what the features share: loading a client's [`domain::Account`] and storing what
//! an operation has added to it.

pub mod accounts;
mod auth_error;
pub mod clients;
pub mod clock;
pub mod command;
pub mod db;
pub mod demo;
pub mod error;
mod external_id;
pub mod idempotency;
pub mod inventory;
pub mod jobs;
mod ledger;
mod notifications;
mod private_file;
pub mod programme;
pub mod receipts;
pub mod returns;
pub mod sales;
pub mod secrets;
pub mod stores;
pub mod tills;

use std::sync::Arc;

pub use auth_error::AuthError;
pub use clock::{Clock, ManualClock, SystemClock};
pub use command::{Command, Recorded};
use db::{Patience, Serving};
pub use error::Error;

/// What every use-case needs: storage, time and the key of sealed secrets. Cheap to clone.
#[derive(Clone)]
pub struct Backend {
    /// The database.
    pub db: db::Db,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Seals tokens at rest.
    pub secrets: secrets::SecretKey,
}

impl Backend {
    /// Opens the database without touching its schema.
    ///
    /// # Errors
    /// [`Error::Storage`] where it cannot be reached; [`Error::UnknownEngine`] for another scheme.
    pub async fn open(
        database_url: &str,
        secrets: secrets::SecretKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Error> {
        let db = db::Db::open(database_url, Patience::Request).await?;
        Ok(Self { db, clock, secrets })
    }

    /// As [`Backend::open`], for what takes as long as it takes: no statement is broken off for its length.
    ///
    /// # Errors
    /// As [`Backend::open`].
    pub async fn open_for_jobs(
        database_url: &str,
        secrets: secrets::SecretKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Error> {
        let db = db::Db::open(database_url, Patience::Job).await?;
        Ok(Self { db, clock, secrets })
    }

    /// Brings the schema up to date; safe to call from several processes at once.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn migrate(&self) -> Result<(), Error> {
        self.db.migrate().await
    }

    /// Makes this process a server of the database, for as long as the answer is kept.
    ///
    /// # Errors
    /// [`Error::AlreadyServed`] where another process serves the same SQLite file.
    pub fn claim(&self) -> Result<Serving, Error> {
        self.db.claim()
    }

    /// Writes a row: a database that only answers cannot take a sale.
    ///
    /// # Errors
    /// [`Error::Storage`] where it cannot.
    pub async fn ready(&self) -> Result<(), Error> {
        self.db.prove_writable(self.clock.now()).await
    }

    /// Lets what is in flight end and closes every connection.
    pub async fn close(&self) {
        self.db.close().await;
    }
}
