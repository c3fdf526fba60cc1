//! The command line.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use backend::Backend;
use clap::{Parser, Subcommand};
use tokio::net::TcpListener;

use crate::app_state::App;
use crate::bot;
use crate::config::Settings;
use crate::conformance::Conformance;
use crate::job::Job;
use crate::operator::{InviteAdmin, InviteOwner, NewAdminPassword, ResetSecondStep};
use crate::provision::ProvisionDemo;
use crate::router;
use crate::sandbox::SandboxChannels;
use crate::say::say;
use crate::schedule::keep_schedule;
use crate::scheduled;
use crate::serve::{serve, stop_signal};

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
    /// Serve the API and the pages, send messages and run the daily jobs, until SIGINT or SIGTERM
    Serve {
        /// Run no daily jobs: they are run by cron with the commands below
        #[arg(long, env = "BONEX_NO_JOBS")]
        no_jobs: bool,
    },
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
    /// Print the one-time link with which an admin of the platform sets a new password
    NewAdminPassword(NewAdminPassword),
    /// Switch off the second step of a person who has lost the phone and the recovery codes
    ResetSecondStep(ResetSecondStep),
    /// Tell Telegram where the updates of a bot go, after the address of the server has changed
    SetWebhook {
        /// The store whose bot it is [default: the platform's bot]
        #[arg(long, value_name = "STORE")]
        store: Option<i64>,
    },
    /// Check a server against the contract of the Cashier API, with an unbound till of its own
    Conformance(Conformance),
    /// Stand for the services that carry messages: show what they would have sent, and send nothing
    SandboxChannels(SandboxChannels),
    /// Replay every client's entries against the stored balances; exit 1 on a difference
    VerifyLedger,
}

impl Cli {
    /// Runs the command of the command line.
    ///
    /// # Errors
    /// If the database cannot be opened or the command fails.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        // The commands that work without a database.
        match &self.command {
            Command::Conformance(conformance) => return conformance.run().await,
            Command::SandboxChannels(sandbox) => return sandbox.run(&self.settings).await,
            _ => {}
        }
        let backend = open(&self.settings, &self.command).await?;
        let done = self.command.run(&self.settings, &backend).await;
        backend.close().await;
        done
    }
}

async fn open(settings: &Settings, command: &Command) -> anyhow::Result<Backend> {
    let secrets = settings.secret_key()?;
    let clock = settings.clock();
    let url = settings.database_url();
    match command {
        Command::Serve { .. } => Backend::open(&url, secrets, clock).await,
        _ => Backend::open_for_jobs(&url, secrets, clock).await,
    }
    .context("cannot open the database")
}

impl Command {
    async fn run(self, settings: &Settings, backend: &Backend) -> anyhow::Result<ExitCode> {
        match self {
            Self::Serve { no_jobs } => serve_app(settings, backend, no_jobs).await?,
            Self::Migrate => {
                backend.migrate().await?;
                say("the schema is up to date")?;
            }
            Self::ProvisionDemo(demo) => demo.run(settings, backend).await?,
            Self::ExpireBonuses { job, yes } => {
                return scheduled::expire(backend, &job, &yes).await;
            }
            Self::ExpiringBonusReminders(job) => scheduled::remind(backend, &job).await?,
            Self::InviteOwner(invite) => invite.run(settings, backend).await?,
            Self::InviteAdmin(invite) => invite.run(settings, backend).await?,
            Self::ResetSecondStep(reset) => reset.run(backend).await?,
            Self::NewAdminPassword(link) => link.run(settings, backend).await?,
            Self::SetWebhook { store } => set_webhook(settings, backend, store).await?,
            // Have been run without a database.
            Self::Conformance(conformance) => return conformance.run().await,
            Self::SandboxChannels(sandbox) => return sandbox.run(settings).await,
            Self::VerifyLedger => return scheduled::verify(backend).await,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Returns the backend for the daily jobs, whose statements may take long. SQLite has one writer
/// for the whole process.
async fn for_jobs(settings: &Settings, backend: &Backend) -> anyhow::Result<Backend> {
    let url = settings.database_url();
    if url.starts_with("sqlite:") {
        return Ok(backend.clone());
    }
    let jobs = Backend::open_for_jobs(&url, backend.secrets.clone(), backend.clock.clone()).await?;
    let committed = Arc::clone(&backend.committed);
    Ok(Backend { committed, ..jobs })
}

/// Sets the webhook of a store's bot, or of the platform's.
async fn set_webhook(
    settings: &Settings,
    backend: &Backend,
    store: Option<i64>,
) -> anyhow::Result<()> {
    let app = App::new(
        backend.clone(),
        settings.limits,
        settings.api_url(settings.listen),
    );
    let app = app.with_services(settings.services.clone());
    let name = store.map_or_else(|| bot::PLATFORM.to_owned(), |store| store.to_string());
    let client = bot::of(&app, &name).await?;
    let client =
        client.context("there is no such bot: set BONEX_TELEGRAM_TOKEN, or name a store")?;
    if let Err(refused) = bot::set_webhook(&app, &client, &name).await {
        anyhow::bail!("Telegram refuses the webhook: {}", refused.fault().as_str());
    }
    say("the webhook is set")?;
    Ok(())
}

async fn serve_app(settings: &Settings, backend: &Backend, no_jobs: bool) -> anyhow::Result<()> {
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
        .with_hosts(settings.hosts.clone())
        .with_services(settings.services.clone());
    let sending = tokio::spawn(app.dispatcher().run());
    let scheduling = if no_jobs {
        None
    } else {
        let jobs = for_jobs(settings, backend).await?;
        Some(tokio::spawn(keep_schedule(jobs)))
    };
    let tidying = tokio::spawn(app.clone().keep_tidy());
    let gathering = tokio::spawn(app.clone().keep_activity());
    let counting = axum::serve(counters, router::metrics(app.clone()));
    let counting = tokio::spawn(counting.into_future());
    tracing::info!("metrics on http://{counters_address}/metrics");
    say(&format!("listening on http://{address}"))?;
    serve(listener, router::router(app.clone(), site), stop_signal()).await?;
    // A message whose result is not written is sent again when its lease ends.
    sending.abort();
    if let Some(scheduling) = scheduling {
        scheduling.abort();
    }
    tidying.abort();
    gathering.abort();
    app.write_activity().await;
    counting.abort();
    Ok(())
}
