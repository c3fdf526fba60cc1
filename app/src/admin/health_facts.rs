//! What the page of the platform's health shows.

use domain::Timestamp;

/// A job that the operator schedules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Compares the balances with the entries.
    VerifyLedger,
    /// Sweeps expired bonuses.
    ExpireBonuses,
    /// Writes reminders of bonuses that end soon.
    Reminders,
}

impl Job {
    pub(super) const fn command(self) -> &'static str {
        match self {
            Self::VerifyLedger => "verify-ledger",
            Self::ExpireBonuses => "expire-bonuses",
            Self::Reminders => "expiring-bonus-reminders",
        }
    }

    /// Returns the hour at which it should run, as cron takes it.
    pub(super) const fn schedule(self) -> &'static str {
        match self {
            Self::VerifyLedger => "30 3 * * *",
            Self::ExpireBonuses => "0 3 * * *",
            Self::Reminders => "30 9 * * *",
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It found nothing wrong.
    Good,
    /// It found something wrong, or put stores off.
    Faults,
    /// It stopped at an error.
    Failed,
}

/// A run of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its beginning.
    pub began: Timestamp,
    /// Its end; `None` while it runs, and if it was killed.
    pub ended: Option<Timestamp>,
    /// How it ended.
    pub outcome: Outcome,
    /// The clients that were replayed or swept.
    pub clients: i64,
    /// The entries that were replayed.
    pub entries: i64,
    /// The bonuses that ended, or about which clients were reminded, in dirams.
    pub dirams: i64,
    /// The reminders that were written.
    pub written: i64,
    /// The contradictions of all stores.
    pub faults: i64,
    /// The stores with contradictions, or that were put off.
    pub stores: Vec<StoreFaults>,
    /// The error that stopped it.
    pub error: Option<String>,
}

/// What is wrong in a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreFaults {
    /// The store's number.
    pub store: i64,
    /// Its name.
    pub name: String,
    /// Its contradictions.
    pub faults: i64,
    /// The first of them.
    pub first: Vec<String>,
    /// The bonuses that would have ended, in dirams, if it was put off.
    pub put_off_dirams: Option<i64>,
}

/// The size of the database on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySize {
    /// The local midnight with which the day begins.
    pub day: Timestamp,
    /// The size in bytes.
    pub bytes: i64,
}

/// The page of the health.
#[derive(Clone, Debug)]
pub struct Health {
    /// The current moment.
    pub now: Timestamp,
    /// The last runs of each job, the newest first.
    pub jobs: Vec<(Job, Vec<Run>)>,
    /// The messages that wait; `None` if there are more than [`Health::most_waiting`].
    pub waiting: Option<i64>,
    /// The most messages that are counted.
    pub most_waiting: i64,
    /// The moment of the oldest message that waits.
    pub oldest: Option<Timestamp>,
    /// The engine of the database with its version.
    pub engine: String,
    /// The size of the database in bytes.
    pub bytes: i64,
    /// The bytes that are free on its disk; `None` if that is on another machine.
    pub free_bytes: Option<i64>,
    /// The sizes by day, the newest first.
    pub sizes: Vec<DaySize>,
    /// The version of Bonex.
    pub version: String,
    /// The version of the schema.
    pub schema: i64,
    /// The newest version of the schema that this program knows.
    pub known_schema: i64,
    /// The moment when this server began.
    pub server_began: Timestamp,
    /// The requests that this server has answered in the last hour.
    pub requests: i64,
    /// Those of them that failed.
    pub failed: i64,
    /// The lines of the log that were dropped.
    pub dropped_lines: i64,
}
