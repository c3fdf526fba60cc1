//! A transaction, and the statements that run in it.

use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::engine::{Changed, Dialect, Engine, Row};
use super::params::Params;
use crate::Error;

/// A transaction. Dropped without [`Tx::commit`] it changes nothing.
pub struct Tx(pub(super) Engine<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>);

impl Tx {
    /// Runs a statement that answers with no rows. One round trip, as each of these methods.
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

    /// Reads the one row of a statement that always has one.
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

    /// The connection, for what runs inside and outside of transactions.
    pub fn conn(&mut self) -> Engine<&mut SqliteConnection, &mut PgConnection> {
        match &mut self.0 {
            Engine::Sqlite(tx) => Engine::Sqlite(&mut **tx),
            Engine::Postgres(tx) => Engine::Postgres(&mut **tx),
        }
    }

    /// The engine, for a statement of which one text cannot serve both.
    pub(crate) const fn dialect(&self) -> Dialect {
        match self.0 {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Makes it last.
    ///
    /// # Errors
    /// [`Error::Storage`]: whether it lasts is then unknown; external ids and idempotency keys tell.
    pub async fn commit(self) -> Result<(), Error> {
        match self.0 {
            Engine::Sqlite(tx) => tx.commit().await?,
            Engine::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
