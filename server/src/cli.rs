//! The command line.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use backend::jobs::{PutOff, Sweep};
use backend::{Backend, SystemClock, jobs};
use clap::{Args, Parser, Subcommand};
use domain::{DocumentDate, Money, Timestamp};
use tokio::net::TcpListener;

use crate::app_state::App;
use crate::config::Settings;
use crate::operator::{InviteAdmin, InviteOwner, ResetSecondStep};
use crate::provision::ProvisionDemo;
use crate::router;
use crate::say::say;
use crate::serve::{serve, stop_signal};

/// The greatest difference, in days, between the clock and `--now` of a job that writes.
const FARTHEST_DAYS: i64 = 2;

/// Bonex, a loyalty platform for shops.
#[derive(Parser)]
#[command(name = "bonex", version, about)]
pub struct Cli {
    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the description of the program"
    )]
    pub settings: Settings,

    /// The command to run.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands of `bonex`.
#[derive(Subcommand)]
pub enum Command {
    /// Serve the API and the pages until SIGINT or SIGTERM
    Serve,
    /// Bring the database's schema up to date
    Migrate,
    /// Create the two demo stores, if they do not exist yet, and print their tokens
    ProvisionDemo(ProvisionDemo),
    /// Sweep expired bonuses (run it daily)
    ExpireBonuses {
        #[command(flatten)]
        #[allow(
            missing_docs,
            reason = "a doc comment here would replace the description of the command"
        )]
        job: Job,
        /// Sweep this store even if it loses more than a fifth of its bonuses at once; repeat the
        /// option for several stores
        #[arg(long, value_name = "STORE")]
        yes: Vec<i64>,
    },
    /// Write reminders to clients whose bonuses expire soon (run it daily)
    ExpiringBonusReminders(Job),
    /// Print the one-time link with which a person becomes an owner of a store
    InviteOwner(InviteOwner),
    /// Print the one-time link with which a person becomes an admin of the platform
    InviteAdmin(InviteAdmin),
    /// Switch off the second step of a person who has lost the phone and the recovery codes
    ResetSecondStep(ResetSecondStep),
    /// Replay every client's entries against the stored balances; exit 1 on a difference
    VerifyLedger,
}

/// The options of a daily job.
#[derive(Args)]
pub struct Job {
    /// Run as of this moment instead of now; more than two days from now needs --dry-run
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    now: Option<Timestamp>,
    /// Count what the job would do and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Cli {
    /// Runs the command of the command line.
    ///
    /// # Errors
    /// If the database cannot be opened or the command fails.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let backend = open(&self.settings, &self.command).await?;
        let done = self.command.run(&self.settings, &backend).await;
        backend.close().await;
        done
    }
}

async fn open(settings: &Settings, command: &Command) -> anyhow::Result<Backend> {
    let secrets = settings.secret_key()?;
    let clock = Arc::new(SystemClock);
    let url = settings.database_url();
    match command {
        Command::Serve => Backend::open(&url, secrets, clock).await,
        _ => Backend::open_for_jobs(&url, secrets, clock).await,
    }
    .context("cannot open the database")
}

impl Command {
    async fn run(self, settings: &Settings, backend: &Backend) -> anyhow::Result<ExitCode> {
        match self {
            Self::Serve => serve_app(settings, backend).await?,
            Self::Migrate => {
                backend.migrate().await?;
                say("the schema is up to date")?;
            }
            Self::ProvisionDemo(demo) => demo.run(settings, backend).await?,
            Self::ExpireBonuses { job, yes } => {
                let now = job.moment(backend.clock.now())?;
                let sweep = if job.dry_run {
                    Sweep::Count
                } else {
                    Sweep::ButFor(&yes)
                };
                let swept = jobs::expire_bonuses(backend, now, sweep).await?;
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
                if !swept.put_off.is_empty() && !job.dry_run {
                    return Ok(ExitCode::FAILURE);
                }
            }
            Self::ExpiringBonusReminders(job) => {
                let now = job.moment(backend.clock.now())?;
                let reminded = jobs::remind_of_expiry(backend, now, job.dry_run).await?;
                let amount = Money::from_dirams(reminded.dirams);
                let (due, written) = (reminded.due, reminded.written);
                say(&format!(
                    "{}due {due}, written {written}, bonuses {amount}",
                    job.prefix()
                ))?;
            }
            Self::InviteOwner(invite) => invite.run(settings, backend).await?,
            Self::InviteAdmin(invite) => invite.run(settings, backend).await?,
            Self::ResetSecondStep(reset) => reset.run(backend).await?,
            Self::VerifyLedger => return verify(backend).await,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Job {
    const fn prefix(&self) -> &'static str {
        if self.dry_run { "would be: " } else { "" }
    }

    /// Returns the moment that `--now` names, or `None` for the clock's. Refuses a moment far from
    /// the clock for a job that writes, because bonuses swept by a wrong date cannot be restored.
    fn moment(&self, now: Timestamp) -> anyhow::Result<Option<Timestamp>> {
        let near =
            |then| now.plus_days(-FARTHEST_DAYS) <= then && then <= now.plus_days(FARTHEST_DAYS);
        if !self.dry_run && !self.now.is_none_or(near) {
            anyhow::bail!(
                "--now may be {FARTHEST_DAYS} days away at most; farther only with --dry-run"
            );
        }
        Ok(self.now)
    }
}

async fn serve_app(settings: &Settings, backend: &Backend) -> anyhow::Result<()> {
    settings.hosts.check()?;
    let _serving = backend.claim()?;
    backend.migrate().await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}", settings.listen))?;
    let address = listener.local_addr()?;
    let counters = TcpListener::bind(settings.metrics_listen)
        .await
        .with_context(|| format!("cannot listen on {} (metrics)", settings.metrics_listen))?;
    let counters_address = counters.local_addr()?;
    let site = settings
        .site_dir()
        .map(|dir| app::ssr::router(&dir))
        .transpose()?;
    if site.is_none() {
        tracing::warn!("no web bundle: serving the API without pages (`make web` builds it)");
    }
    let app = App::new(backend.clone(), settings.limits, settings.api_url(address))
        .with_hosts(settings.hosts.clone());
    let tidying = tokio::spawn(app.clone().keep_tidy());
    let gathering = tokio::spawn(app.clone().keep_activity());
    let counting = axum::serve(counters, router::metrics(app.clone()));
    let counting = tokio::spawn(counting.into_future());
    tracing::info!("metrics on http://{counters_address}/metrics");
    say(&format!("listening on http://{address}"))?;
    serve(listener, router::router(app.clone(), site), stop_signal()).await?;
    tidying.abort();
    gathering.abort();
    app.write_activity().await;
    counting.abort();
    Ok(())
}

async fn verify(backend: &Backend) -> anyhow::Result<ExitCode> {
    let verified = jobs::verify_ledger(backend).await?;
    for difference in &verified.differences {
        say(difference)?;
    }
    let (clients, entries) = (verified.clients, verified.entries);
    let differences = verified.differences.len();
    say(&format!(
        "clients {clients}, entries {entries}, differences {differences}"
    ))?;
    Ok(if differences == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Reads a moment in any usual form of ISO 8601; without an offset it is UTC.
fn moment(text: &str) -> Result<Timestamp, &'static str> {
    let date = DocumentDate::parse(text)
        .ok_or("expected a moment in ISO 8601, such as 2026-06-05T14:30:00Z")?;
    Ok(date.at)
}
