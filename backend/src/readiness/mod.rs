//! Proves that the database can take a sale.

mod sql;

use domain::Timestamp;

use crate::Error;
use crate::db::Db;

/// Writes a row, because a database may answer reads only. One statement.
///
/// # Errors
/// [`Error::Storage`] if the database cannot write.
pub(crate) async fn prove_writable(db: &Db, now: Timestamp) -> Result<(), Error> {
    db.once_more(|| sql::write(db, now)).await
}
