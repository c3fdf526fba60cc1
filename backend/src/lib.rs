//! The features of Bonex, a folder each: `mod.rs` has its types, `sql.rs` its statements, and the
//! use-cases are between them. A request becomes a [`Command`], which is one transaction.
//!
//! The features share [`ledger`], which loads a client's [`domain::Account`] and stores what an
//! operation has added to it.

pub mod accounts;
pub mod activity;
pub mod audit;
mod auth_error;
pub mod cards;
pub mod channels;
pub mod clients;
pub mod clock;
pub mod command;
pub mod db;
pub mod demo;
pub mod documents;
pub mod error;
mod external_id;
mod folded;
pub mod health;
pub mod idempotency;
pub mod imports;
pub mod inventory;
pub mod jobs;
mod ledger;
pub mod membership;
pub mod notifications;
mod private_file;
pub mod programme;
mod readiness;
pub mod receipts;
pub mod replay;
pub mod reports;
pub mod returns;
pub mod sales;
pub mod secrets;
pub mod stores;
mod till_number;
pub mod tills;
mod typed_code;

use std::sync::Arc;

pub use auth_error::AuthError;
pub use clock::{Clock, ManualClock, SystemClock};
pub use command::{Command, Recorded};
use db::{Patience, Serving};
pub use error::Error;
use tokio::sync::Notify;

/// The things that every use-case needs: storage, time and the key of sealed secrets. Cheap to
/// clone.
#[derive(Clone)]
pub struct Backend {
    /// The database.
    pub db: db::Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The key that seals tokens at rest.
    pub secrets: secrets::SecretKey,
    /// Wakes whoever sends messages: a command of this process was committed.
    pub committed: Arc<Notify>,
}

impl Backend {
    /// Opens the database without touching its schema.
    ///
    /// # Errors
    /// [`Error::Storage`] if it cannot be reached; [`Error::UnknownEngine`] for another URL scheme.
    pub async fn open(
        database_url: &str,
        secrets: secrets::SecretKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Error> {
        let db = db::Db::open(database_url, Patience::Request).await?;
        Ok(Self {
            db,
            clock,
            secrets,
            committed: Arc::default(),
        })
    }

    /// Opens the database as [`Backend::open`] does, for jobs: no statement is cancelled because it
    /// takes long.
    ///
    /// # Errors
    /// The errors of [`Backend::open`].
    pub async fn open_for_jobs(
        database_url: &str,
        secrets: secrets::SecretKey,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Error> {
        let db = db::Db::open(database_url, Patience::Job).await?;
        Ok(Self {
            db,
            clock,
            secrets,
            committed: Arc::default(),
        })
    }

    /// Brings the schema up to date; safe to call from several processes at once.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn migrate(&self) -> Result<(), Error> {
        self.db.migrate().await?;
        clients::fold_names(&self.db).await
    }

    /// Makes this process a server of the database as long as the returned value is kept.
    ///
    /// # Errors
    /// [`Error::AlreadyServed`] if another process serves the same SQLite file.
    pub fn claim(&self) -> Result<Serving, Error> {
        self.db.claim()
    }

    /// Proves that the database can take a sale by writing a row: a database may answer reads only.
    ///
    /// # Errors
    /// [`Error::Storage`] if it cannot be written.
    pub async fn ready(&self) -> Result<(), Error> {
        readiness::prove_writable(&self.db, self.clock.now()).await
    }

    /// Waits for running statements and closes every connection.
    pub async fn close(&self) {
        self.db.close().await;
    }
}
