//! The size of the database, day by day.

use domain::Timestamp;

use super::sql;
use crate::{Backend, Error};

/// The days for which a size is kept.
const KEPT_DAYS: i64 = 366;

/// The size on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySize {
    /// The local midnight with which the day begins.
    pub day: Timestamp,
    /// The size of the database in bytes.
    pub bytes: i64,
}

/// Notes the size of the database on this day, in place of an earlier one of the same day, and
/// forgets sizes that are older than a year. Three statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn note_size(backend: &Backend) -> Result<(), Error> {
    let (db, day) = (&backend.db, backend.clock.now().local_midnight());
    let (_, bytes) = sql::engine(db).await?;
    sql::put_size(db, day, bytes).await?;
    sql::forget_sizes(db, day.plus_days(-KEPT_DAYS)).await
}
