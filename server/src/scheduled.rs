//! The commands that the operator schedules. Each notes its run, so that the page of the platform's
//! health shows when it ran last, and how it ended.

use std::process::ExitCode;

use backend::health::{self, Figures, Outcome, StoreFaults};
use backend::jobs::{self, Expired, PutOff, Reminded, Sweep, Verified};
use backend::{Backend, Error, stores};
use domain::{Money, Timestamp};

use crate::job::Job;
use crate::say::say;

/// The most stores of which a run keeps what is wrong.
const MOST_STORES: usize = 50;
/// The most contradictions of a store that a run keeps.
const MOST_LINES: usize = 3;

/// A run that has begun; `None` if it cannot be noted. A job is never stopped by that.
struct Noted(Option<i64>);

impl Noted {
    async fn begin(backend: &Backend, job: health::Job) -> Self {
        let begun = health::begin_run(backend, job).await;
        Self(warned(begun, "cannot note that a job begins"))
    }

    /// Notes the end, and the size of the database.
    async fn end(self, backend: &Backend, outcome: Outcome, figures: &Figures) {
        let Some(run) = self.0 else { return };
        let ended = health::end_run(backend, run, outcome, figures).await;
        warned(ended, "cannot note how a job ended");
        let noted = health::note_size(backend).await;
        warned(noted, "cannot note the size of the database");
    }

    /// Notes an error, and returns it.
    async fn failed(self, backend: &Backend, error: Error) -> anyhow::Error {
        let figures = Figures {
            error: Some(error.to_string()),
            ..Figures::default()
        };
        self.end(backend, Outcome::Failed, &figures).await;
        error.into()
    }
}

fn warned<T>(result: Result<T, Error>, what: &str) -> Option<T> {
    result
        .inspect_err(|error| tracing::warn!(%error, "{what}"))
        .ok()
}

/// Runs `expire-bonuses`. Fails if a store was put off.
pub(crate) async fn expire(backend: &Backend, job: &Job, yes: &[i64]) -> anyhow::Result<ExitCode> {
    let now = job.moment(backend.clock.now())?;
    if job.is_dry() {
        let counted = jobs::expire_bonuses(backend, now, Sweep::Count).await?;
        say_expired(job, &counted)?;
        return Ok(ExitCode::SUCCESS);
    }
    let swept = sweep(backend, now, yes).await?;
    say_expired(job, &swept)?;
    Ok(if swept.put_off.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Sweeps expired bonuses and notes the run. Stores that would lose too much at once are put off,
/// but for those in `yes`.
pub(crate) async fn sweep(
    backend: &Backend,
    now: Option<Timestamp>,
    yes: &[i64],
) -> anyhow::Result<Expired> {
    let noted = Noted::begin(backend, health::Job::ExpireBonuses).await;
    let swept = match jobs::expire_bonuses(backend, now, Sweep::ButFor(yes)).await {
        Ok(swept) => swept,
        Err(error) => return Err(noted.failed(backend, error).await),
    };
    let outcome = if swept.put_off.is_empty() {
        Outcome::Good
    } else {
        Outcome::Faults
    };
    let mut figures = Figures {
        clients: swept.clients,
        lots: swept.lots,
        dirams: swept.dirams,
        ..Figures::default()
    };
    for store in swept.put_off.iter().take(MOST_STORES) {
        figures.stores.push(StoreFaults {
            store: store.tenant_id,
            name: name(backend, store.tenant_id).await,
            put_off_dirams: Some(store.dirams),
            ..StoreFaults::default()
        });
    }
    noted.end(backend, outcome, &figures).await;
    Ok(swept)
}

fn say_expired(job: &Job, swept: &Expired) -> anyhow::Result<()> {
    let amount = Money::from_dirams(swept.dirams);
    let (clients, lots) = (swept.clients, swept.lots);
    say(&format!(
        "{}clients {clients}, lots {lots}, bonuses {amount}",
        job.prefix()
    ))?;
    for PutOff {
        tenant_id,
        dirams,
        held,
    } in &swept.put_off
    {
        let (amount, held) = (Money::from_dirams(*dirams), Money::from_dirams(*held));
        say(&format!(
            "store {tenant_id} is put off: {amount} of its {held} bonuses would end at once; \
             check the clock and the programme, then run again with --yes {tenant_id}"
        ))?;
    }
    Ok(())
}

/// Runs `expiring-bonus-reminders`.
pub(crate) async fn remind(backend: &Backend, job: &Job) -> anyhow::Result<()> {
    let now = job.moment(backend.clock.now())?;
    let reminded = if job.is_dry() {
        jobs::remind_of_expiry(backend, now, true).await?
    } else {
        write_reminders(backend, now).await?
    };
    let amount = Money::from_dirams(reminded.dirams);
    let (due, written) = (reminded.due, reminded.written);
    say(&format!(
        "{}due {due}, written {written}, bonuses {amount}",
        job.prefix()
    ))?;
    Ok(())
}

/// Writes reminders and notes the run.
pub(crate) async fn write_reminders(
    backend: &Backend,
    now: Option<Timestamp>,
) -> anyhow::Result<Reminded> {
    let noted = Noted::begin(backend, health::Job::Reminders).await;
    let reminded = match jobs::remind_of_expiry(backend, now, false).await {
        Ok(reminded) => reminded,
        Err(error) => return Err(noted.failed(backend, error).await),
    };
    let figures = Figures {
        written: reminded.written,
        dirams: reminded.dirams,
        ..Figures::default()
    };
    noted.end(backend, Outcome::Good, &figures).await;
    Ok(reminded)
}

/// Runs `verify-ledger`. Fails on a difference.
pub(crate) async fn verify(backend: &Backend) -> anyhow::Result<ExitCode> {
    let verified = verify_noted(backend).await?;
    for difference in &verified.differences {
        say(difference)?;
    }
    let differences = verified.differences.len();
    let (clients, entries) = (verified.clients, verified.entries);
    say(&format!(
        "clients {clients}, entries {entries}, differences {differences}"
    ))?;
    Ok(if differences == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Replays the ledger and notes the run.
pub(crate) async fn verify_noted(backend: &Backend) -> anyhow::Result<Verified> {
    let noted = Noted::begin(backend, health::Job::VerifyLedger).await;
    let verified = match jobs::verify_ledger(backend).await {
        Ok(verified) => verified,
        Err(error) => return Err(noted.failed(backend, error).await),
    };
    let outcome = if verified.differences.is_empty() {
        Outcome::Good
    } else {
        Outcome::Faults
    };
    let figures = figures_of(backend, &verified).await;
    noted.end(backend, outcome, &figures).await;
    Ok(verified)
}

async fn figures_of(backend: &Backend, verified: &Verified) -> Figures {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let mut figures = Figures {
        clients: i64::try_from(verified.clients).unwrap_or(i64::MAX),
        entries: i64::try_from(verified.entries).unwrap_or(i64::MAX),
        faults: number(verified.differences.len()),
        ..Figures::default()
    };
    for store in verified.stores.iter().take(MOST_STORES) {
        let lines = verified.differences.get(store.lines.clone());
        let lines = lines.unwrap_or_default();
        figures.stores.push(StoreFaults {
            store: store.tenant_id,
            name: name(backend, store.tenant_id).await,
            faults: number(lines.len()),
            first: lines.iter().take(MOST_LINES).cloned().collect(),
            put_off_dirams: None,
        });
    }
    figures
}

/// Returns the name of a store, or nothing if it cannot be read: the job has done its work.
async fn name(backend: &Backend, tenant_id: i64) -> String {
    let name = stores::name(backend, tenant_id).await;
    warned(name, "cannot read the name of a store")
        .flatten()
        .unwrap_or_default()
}
