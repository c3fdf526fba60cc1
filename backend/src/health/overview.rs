//! Everything that the page of the platform's health shows.

use domain::Timestamp;

use super::runs::{Job, Run};
use super::sizes::DaySize;
use super::sql;
use crate::db::Db;
use crate::{Backend, Error};

/// The runs of each job that are read.
const RUNS: i64 = 10;

/// The most waiting messages that are counted.
pub const MOST_WAITING: i64 = 1_000;

/// The messages that wait to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Queue {
    /// Their number; `None` if there are more than a thousand.
    pub waiting: Option<i64>,
    /// The moment of the oldest one.
    pub oldest: Option<Timestamp>,
}

/// The health of the platform.
#[derive(Clone, Debug)]
pub struct Health {
    /// The last runs of each job, the newest first.
    pub runs: Vec<(Job, Vec<Run>)>,
    /// The messages that wait.
    pub queue: Queue,
    /// The version of the database's engine.
    pub engine_version: String,
    /// The size of the database in bytes.
    pub bytes: i64,
    /// The sizes of the last year, the newest first.
    pub sizes: Vec<DaySize>,
    /// The version of the database's schema.
    pub schema: i64,
    /// The newest version of the schema that this program knows.
    pub known_schema: i64,
    /// The bytes that are free on the disk of the database; `None` if it is not on this machine.
    pub free_bytes: Option<i64>,
}

/// Reads the health of the platform. Seven statements, each of which reads an end of an index, or
/// at most a thousand entries of it.
///
/// # Errors
/// [`Error::Storage`].
pub async fn health(backend: &Backend) -> Result<Health, Error> {
    let db = &backend.db;
    let mut runs = Vec::with_capacity(Job::ALL.len());
    for job in Job::ALL {
        let rows = sql::runs(db, job.as_str(), RUNS).await?;
        runs.push((job, rows.into_iter().map(Run::from).collect()));
    }
    let (waiting, oldest) = sql::waiting(db, MOST_WAITING + 1, backend.clock.now()).await?;
    let (engine_version, bytes) = sql::engine(db).await?;
    let sizes = sql::sizes(db).await?;
    Ok(Health {
        runs,
        queue: Queue {
            waiting: (waiting <= MOST_WAITING).then_some(waiting),
            oldest: oldest.map(Timestamp::from_micros),
        },
        engine_version,
        bytes,
        sizes: sizes
            .into_iter()
            .map(|(day, bytes)| DaySize {
                day: Timestamp::from_micros(day),
                bytes,
            })
            .collect(),
        schema: sql::schema(db).await?,
        known_schema: Db::known_schema(),
        free_bytes: db.free_bytes(),
    })
}

/// Returns how many messages are due, at most a thousand, and for how many seconds one of them has
/// been. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn due_messages(backend: &Backend) -> Result<(u32, u32), Error> {
    let now = backend.clock.now();
    let (due, oldest) = sql::waiting(&backend.db, MOST_WAITING, now).await?;
    let seconds = oldest.map_or(0, |oldest| (now.micros() - oldest) / 1_000_000);
    let number = |count: i64| u32::try_from(count).unwrap_or_default();
    Ok((number(due), number(seconds)))
}
