//! Every feature of Bonex: a folder each, the use-case in `mod.rs` and its SQL beside it in
//! `sql.rs`. A request becomes a [`Command`], and a command is one transaction.
//!
//! [`ledger`] is what the features share: loading a client's [`domain::Account`] and storing what
//! an operation has added to it.

pub mod client;
pub mod clock;
pub mod command;
pub mod db;
pub mod demo;
pub mod error;
pub mod idempotency;
pub mod inventory;
pub mod jobs;
mod ledger;
mod notifications;
pub mod programme;
pub mod receipt;
pub mod returns;
pub mod sale;
pub mod secrets;
pub mod session;
pub mod store;

use std::sync::Arc;

pub use clock::{Clock, ManualClock, SystemClock};
pub use command::Command;
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
        Ok(Self {
            db: db::Db::open(database_url).await?,
            clock,
            secrets,
        })
    }

    /// Brings the schema up to date; safe to call from several processes at once.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn migrate(&self) -> Result<(), Error> {
        self.db.migrate().await
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`Error::Storage`] where it gives none.
    pub async fn ready(&self) -> Result<(), Error> {
        self.db.ping().await
    }

    /// Lets what is in flight end and closes every connection.
    pub async fn close(&self) {
        self.db.close().await;
    }
}
