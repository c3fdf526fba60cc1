//! A transaction and the statements that run in it.

use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::engine::{Changed, Dialect, Engine, Row};
use super::params::Params;
use crate::Error;

/// A transaction. If it is dropped without [`Tx::commit`], it changes nothing.
pub struct Tx(pub(super) Engine<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>);

impl Tx {
    /// Runs a statement that returns no rows. This and each of the other methods is one round trip.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn execute<'q>(
        &mut self,
        statement: &'static str,
        params: impl Params<'q>,
    ) -> Result<Changed, Error> {
        self.conn().execute(statement, params).await
    }

    /// Reads the one row of a statement that always returns one.
    ///
    /// # Errors
    /// [`Error::Storage`], also if there is no row.
    pub async fn fetch_one<'q, R: Row>(
        &mut self,
        statement: &'static str,
        params: impl Params<'q>,
    ) -> Result<R, Error> {
        self.conn().fetch_one(statement, params).await
    }

    /// Reads the first row of a statement, if there is one.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn fetch_optional<'q, R: Row>(
        &mut self,
        statement: &'static str,
        params: impl Params<'q>,
    ) -> Result<Option<R>, Error> {
        self.conn().fetch_optional(statement, params).await
    }

    /// Reads all rows of a statement.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn fetch_all<'q, R: Row>(
        &mut self,
        statement: &'static str,
        params: impl Params<'q>,
    ) -> Result<Vec<R>, Error> {
        self.conn().fetch_all(statement, params).await
    }

    /// Returns the connection, for functions that run both inside and outside of transactions.
    pub fn conn(&mut self) -> Engine<&mut SqliteConnection, &mut PgConnection> {
        match &mut self.0 {
            Engine::Sqlite(tx) => Engine::Sqlite(&mut **tx),
            Engine::Postgres(tx) => Engine::Postgres(&mut **tx),
        }
    }

    /// Returns the engine, for a statement that needs a different text on each.
    pub(crate) const fn dialect(&self) -> Dialect {
        match self.0 {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Commits the transaction.
    ///
    /// # Errors
    /// [`Error::Storage`]. It is then unknown whether the transaction was committed; repeating the
    /// request with its external id or idempotency key shows it.
    pub async fn commit(self) -> Result<(), Error> {
        match self.0 {
            Engine::Sqlite(tx) => tx.commit().await?,
            Engine::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
