//! The daily jobs that servers run by themselves. Each runs once for each moment at which it is
//! due, no matter how many servers there are; if the server that runs it dies, another one takes
//! over when its lease ends.

use domain::Timestamp;

use super::sql;
use crate::{Backend, Error};

/// The seconds for which a server that runs a job is believed to live without a sign of life.
pub const LEASE_SECONDS: i64 = 5 * 60;

/// Takes a job that was due at `due_at`, unless another server runs it or has run it. One
/// statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn take_job(backend: &Backend, job: &str, due_at: Timestamp) -> Result<bool, Error> {
    let now = backend.clock.now();
    let until = now.plus_seconds(LEASE_SECONDS);
    sql::due::take(&backend.db, job, due_at, now, until).await
}

/// Says that this server still runs a job. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn renew_job(backend: &Backend, job: &str, due_at: Timestamp) -> Result<(), Error> {
    let until = backend.clock.now().plus_seconds(LEASE_SECONDS);
    sql::due::renew(&backend.db, job, due_at, until).await
}

/// The days for which it is kept that a job has run.
const KEPT_DAYS: i64 = 30;

/// Notes that a job has run to its end, and forgets what was a month ago. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn finish_job(backend: &Backend, job: &str, due_at: Timestamp) -> Result<(), Error> {
    let now = backend.clock.now();
    sql::due::finish(&backend.db, job, due_at, now).await?;
    sql::due::forget(&backend.db, job, now.plus_days(-KEPT_DAYS)).await
}
