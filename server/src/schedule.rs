//! The daily jobs, which servers run by themselves: bonuses end at 03:00, the ledger is verified at
//! 04:00, and reminders are written at 09:30, all in the stores' time. Each runs once over all
//! servers; after downtime the last one that was due is caught up.

use std::time::Duration;

use backend::{Backend, jobs};
use domain::Timestamp;
use domain::messages::last_due;
use tokio::time::{MissedTickBehavior, interval};

use crate::scheduled;

/// How often it is looked whether a job is due.
const LOOK: Duration = Duration::from_secs(30);
/// How often a server that runs a job says that it lives; several times in a lease.
const RENEW: Duration = Duration::from_mins(1);

/// A daily job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Daily {
    ExpireBonuses,
    VerifyLedger,
    Reminders,
}

impl Daily {
    const ALL: [Self; 3] = [Self::ExpireBonuses, Self::VerifyLedger, Self::Reminders];

    const fn name(self) -> &'static str {
        match self {
            Self::ExpireBonuses => "expire-bonuses",
            Self::VerifyLedger => "verify-ledger",
            Self::Reminders => "expiring-bonus-reminders",
        }
    }

    /// Returns the seconds from the local midnight until it is due.
    const fn at_seconds(self) -> i64 {
        match self {
            Self::ExpireBonuses => 3 * 3_600,
            Self::VerifyLedger => 4 * 3_600,
            Self::Reminders => 9 * 3_600 + 30 * 60,
        }
    }

    async fn run(self, backend: &Backend) -> anyhow::Result<()> {
        match self {
            Self::ExpireBonuses => scheduled::sweep(backend, None, &[]).await.map(drop),
            Self::VerifyLedger => scheduled::verify_noted(backend).await.map(drop),
            Self::Reminders => scheduled::write_reminders(backend, None).await.map(drop),
        }
    }
}

/// Runs the daily jobs when they are due. Never returns.
pub(crate) async fn keep_schedule(backend: Backend) {
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        run_due_jobs(&backend).await;
    }
}

/// Runs the jobs that are due and that no server has run, one after another.
pub async fn run_due_jobs(backend: &Backend) {
    for job in Daily::ALL {
        let due_at = last_due(backend.clock.now(), job.at_seconds());
        if let Err(error) = run_once(backend, job, due_at).await {
            tracing::error!(
                job = job.name(),
                error = format!("{error:#}"),
                "a daily job failed"
            );
        }
    }
}

async fn run_once(backend: &Backend, job: Daily, due_at: Timestamp) -> anyhow::Result<()> {
    if !jobs::take_job(backend, job.name(), due_at).await? {
        return Ok(());
    }
    let run = job.run(backend);
    let renewing = async {
        let mut ticks = interval(RENEW);
        loop {
            ticks.tick().await;
            if let Err(error) = jobs::renew_job(backend, job.name(), due_at).await {
                tracing::warn!(%error, "cannot say that a job still runs");
            }
        }
    };
    // A job that failed is tried again when its lease ends.
    tokio::select! {
        ran = run => ran?,
        () = renewing => {}
    }
    jobs::finish_job(backend, job.name(), due_at).await?;
    tracing::info!(job = job.name(), "a daily job has run");
    Ok(())
}
