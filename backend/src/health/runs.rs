//! The runs of the commands that the operator schedules.

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use super::sql;
use crate::{Backend, Error};

/// The days for which a run is kept.
const KEPT_DAYS: i64 = 366;

/// A command that the operator schedules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// `bonex verify-ledger`.
    VerifyLedger,
    /// `bonex expire-bonuses`.
    ExpireBonuses,
    /// `bonex expiring-bonus-reminders`.
    Reminders,
}

impl Job {
    /// Every job.
    pub const ALL: [Self; 3] = [Self::VerifyLedger, Self::ExpireBonuses, Self::Reminders];

    /// Returns the name under which its runs are stored: that of the command.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyLedger => "verify-ledger",
            Self::ExpireBonuses => "expire-bonuses",
            Self::Reminders => "expiring-bonus-reminders",
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did everything and found nothing wrong.
    Good,
    /// It ran to its end and found something wrong, or put stores off.
    Faults,
    /// It stopped at an error.
    Failed,
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Faults => "faults",
            Self::Failed => "failed",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Good, Self::Faults, Self::Failed]
            .into_iter()
            .find(|outcome| outcome.as_str() == text)
    }
}

/// What a run counted. A figure that the job does not have is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// The clients that were replayed or swept.
    pub clients: i64,
    /// The entries that were replayed.
    pub entries: i64,
    /// The lots that were swept.
    pub lots: i64,
    /// The bonuses that ended, or about which clients were reminded, in dirams.
    pub dirams: i64,
    /// The reminders that were written.
    pub written: i64,
    /// The contradictions of all stores.
    pub faults: i64,
    /// The stores with contradictions, or that were put off.
    pub stores: Vec<StoreFaults>,
    /// The error that stopped the run.
    pub error: Option<String>,
}

/// What is wrong in a store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoreFaults {
    /// The store's number.
    pub store: i64,
    /// Its name at that time.
    pub name: String,
    /// Its contradictions.
    pub faults: i64,
    /// The first of them.
    pub first: Vec<String>,
    /// The bonuses that would have ended at once, in dirams, if it was put off.
    pub put_off_dirams: Option<i64>,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// Its beginning.
    pub began_at: Timestamp,
    /// Its end; `None` while it runs, and if it was killed.
    pub ended_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What it counted.
    pub figures: Figures,
}

impl From<sql::RunRow> for Run {
    fn from(row: sql::RunRow) -> Self {
        Self {
            id: row.id,
            began_at: Timestamp::from_micros(row.began_at),
            ended_at: row.ended_at.map(Timestamp::from_micros),
            outcome: row.outcome.as_deref().and_then(Outcome::parse),
            // What an older or a newer version has counted is no reason to hide the run.
            figures: serde_json::from_str(&row.figures).unwrap_or_default(),
        }
    }
}

/// Notes that a job begins, and forgets runs that are older than a year. Returns the number of the
/// run. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn begin_run(backend: &Backend, job: Job) -> Result<i64, Error> {
    let now = backend.clock.now();
    sql::forget_runs(&backend.db, job.as_str(), now.plus_days(-KEPT_DAYS)).await?;
    sql::insert_run(&backend.db, job.as_str(), now).await
}

/// Notes how a run ended. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn end_run(
    backend: &Backend,
    run: i64,
    outcome: Outcome,
    figures: &Figures,
) -> Result<(), Error> {
    let text = serde_json::to_string(figures).map_err(|error| Error::corrupt("figures", error))?;
    let now = backend.clock.now();
    sql::end_run(&backend.db, run, outcome.as_str(), &text, now).await
}
