//! The parameters of a statement, as a tuple of values.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo};
use sqlx::sqlite::{SqliteArguments, SqliteArgumentsBuffer, SqliteTypeInfo};
use sqlx::{Arguments, Encode, Postgres, Sqlite, Type};

/// A value that can be a parameter on either engine: `i64`, `bool`, `&str`, `String`, references to
/// these, and `Option`s.
pub trait Value<'q>:
    Encode<'q, Sqlite> + Type<Sqlite> + Encode<'q, Postgres> + Type<Postgres>
{
}

impl<'q, T> Value<'q> for T where
    T: Encode<'q, Sqlite> + Type<Sqlite> + Encode<'q, Postgres> + Type<Postgres>
{
}

/// The values of `$1`, `$2`, …: a tuple of [`Value`]s in that order.
pub trait Params<'q> {
    /// Encodes the values for SQLite.
    ///
    /// # Errors
    /// [`sqlx::Error::Encode`] for a value that cannot be encoded.
    fn for_sqlite(self) -> Result<SqliteArguments, sqlx::Error>;

    /// Encodes the values for PostgreSQL.
    ///
    /// # Errors
    /// The errors of [`Params::for_sqlite`].
    fn for_postgres(self) -> Result<PgArguments, sqlx::Error>;
}

/// Implements [`Params`] for the tuple of these types and for every shorter one.
macro_rules! params {
    () => {
        impl Params<'_> for () {
            fn for_sqlite(self) -> Result<SqliteArguments, sqlx::Error> {
                Ok(SqliteArguments::default())
            }

            fn for_postgres(self) -> Result<PgArguments, sqlx::Error> {
                Ok(PgArguments::default())
            }
        }
    };
    ($first:ident $($other:ident)*) => {
        #[allow(non_snake_case, reason = "each value has the name of its type")]
        impl<'q, $first: Value<'q>, $($other: Value<'q>),*> Params<'q> for ($first, $($other,)*) {
            fn for_sqlite(self) -> Result<SqliteArguments, sqlx::Error> {
                let ($first, $($other,)*) = self;
                let mut arguments = SqliteArguments::default();
                Arguments::add(&mut arguments, $first).map_err(sqlx::Error::Encode)?;
                $(Arguments::add(&mut arguments, $other).map_err(sqlx::Error::Encode)?;)*
                Ok(arguments)
            }

            fn for_postgres(self) -> Result<PgArguments, sqlx::Error> {
                let ($first, $($other,)*) = self;
                let mut arguments = PgArguments::default();
                Arguments::add(&mut arguments, $first).map_err(sqlx::Error::Encode)?;
                $(Arguments::add(&mut arguments, $other).map_err(sqlx::Error::Encode)?;)*
                Ok(arguments)
            }
        }
        params!($($other)*);
    };
}

params!(A B C D E F G H I J K L M N O P Q R S T);

/// A list of numbers that a statement looks for: a JSON list in SQLite, for `json_each`, and an
/// array of BIGINT in PostgreSQL, for `ANY`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers<'a>(pub(crate) &'a [i64]);

impl Type<Sqlite> for Numbers<'_> {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Numbers<'_> {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Sqlite>::encode(serde_json::to_string(self.0)?, buffer)
    }
}

impl Type<Postgres> for Numbers<'_> {
    fn type_info() -> PgTypeInfo {
        <[i64] as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for Numbers<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        Encode::<Postgres>::encode(self.0, buffer)
    }
}
