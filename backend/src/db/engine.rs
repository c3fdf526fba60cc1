//! Runs one SQL text on either engine.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, PgExecutor, SqliteExecutor};

use super::Params;
use crate::Error;

/// A value for one of the two engines, for example a pool or a connection that statements run on.
#[derive(Clone, Debug)]
pub enum Engine<S, P> {
    /// SQLite, inside this process.
    Sqlite(S),
    /// PostgreSQL.
    Postgres(P),
}

/// The engine, for a statement that needs a different text on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// SQLite's.
    Sqlite,
    /// PostgreSQL's.
    Postgres,
}

/// A row that can be read from either engine: a struct that derives [`sqlx::FromRow`], or a tuple.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<R> Row for R where R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{}

/// The number of rows that a statement has changed. The caller checks it.
#[derive(Debug)]
#[must_use]
pub struct Changed {
    statement: &'static str,
    rows: u64,
}

impl Changed {
    /// Returns the number, for the caller to check.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// Checks that exactly `expected` rows were changed.
    ///
    /// # Errors
    /// [`Error::RowsChanged`].
    pub fn exactly(self, expected: usize) -> Result<(), Error> {
        if u64::try_from(expected) == Ok(self.rows) {
            return Ok(());
        }
        Err(Error::RowsChanged {
            statement: self.statement,
            expected,
            changed: self.rows,
        })
    }

    /// Returns `true` if the statement has changed its one row, and `false` if that row was not
    /// there.
    ///
    /// # Errors
    /// [`Error::RowsChanged`] if more than one row was changed.
    pub fn one_or_none(self) -> Result<bool, Error> {
        if self.rows == 0 {
            return Ok(false);
        }
        self.exactly(1).map(|()| true)
    }

    /// Accepts any number of rows.
    pub const fn any(self) {}
}

/// Runs statements. Each is prepared once per connection and then found in its cache by its text.
impl<S, P> Engine<S, P> {
    /// Runs a statement that returns no rows.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn execute<'c, 'q>(
        self,
        statement: &'static str,
        params: impl Params<'q>,
    ) -> Result<Changed, Error>
    where
        S: SqliteExecutor<'c>,
        P: PgExecutor<'c>,
    {
        let rows = match self {
            Self::Sqlite(conn) => {
                let query = sqlx::query_with(statement, params.for_sqlite()?);
                query.execute(conn).await?.rows_affected()
            }
            Self::Postgres(conn) => {
                let query = sqlx::query_with(statement, params.for_postgres()?);
                query.execute(conn).await?.rows_affected()
            }
        };
        Ok(Changed { statement, rows })
    }

    /// Reads the one row of a statement that always returns one.
    ///
    /// # Errors
    /// [`Error::Storage`], also if there is no row.
    pub async fn fetch_one<'c, 'q, R: Row>(
        self,
        statement: &'static str,
        params: impl Params<'q>,
    ) -> Result<R, Error>
    where
        S: SqliteExecutor<'c>,
        P: PgExecutor<'c>,
    {
        let row = self.fetch_optional(statement, params).await?;
        Ok(row.ok_or(sqlx::Error::RowNotFound)?)
    }

    /// Reads the first row of a statement, if there is one.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn fetch_optional<'c, 'q, R: Row>(
        self,
        statement: &'static str,
        params: impl Params<'q>,
    ) -> Result<Option<R>, Error>
    where
        S: SqliteExecutor<'c>,
        P: PgExecutor<'c>,
    {
        Ok(match self {
            Self::Sqlite(conn) => {
                let query = sqlx::query_as_with(statement, params.for_sqlite()?);
                query.fetch_optional(conn).await?
            }
            Self::Postgres(conn) => {
                let query = sqlx::query_as_with(statement, params.for_postgres()?);
                query.fetch_optional(conn).await?
            }
        })
    }

    /// Reads all rows of a statement.
    ///
    /// # Errors
    /// [`Error::Storage`].
    pub async fn fetch_all<'c, 'q, R: Row>(
        self,
        statement: &'static str,
        params: impl Params<'q>,
    ) -> Result<Vec<R>, Error>
    where
        S: SqliteExecutor<'c>,
        P: PgExecutor<'c>,
    {
        Ok(match self {
            Self::Sqlite(conn) => {
                let query = sqlx::query_as_with(statement, params.for_sqlite()?);
                query.fetch_all(conn).await?
            }
            Self::Postgres(conn) => {
                let query = sqlx::query_as_with(statement, params.for_postgres()?);
                query.fetch_all(conn).await?
            }
        })
    }
}
