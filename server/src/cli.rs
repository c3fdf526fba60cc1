//! The command line.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use backend::demo::{self, Demo};
use backend::{Backend, SystemClock, jobs};
use clap::{Args, Parser, Subcommand};
use domain::{Money, Timestamp};
use tokio::net::TcpListener;

use crate::app_state::App;
use crate::config::Settings;
use crate::router::router;
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

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `bonex` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Serve the API and the pages until SIGINT or SIGTERM
    Serve,
    /// Bring the database's schema up to date
    Migrate,
    /// Fill a demo store and print its tokens; run again it keeps what is there
    ProvisionDemo {
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
    /// Sweep bonuses whose term has ended (daily)
    ExpireBonuses(Job),
    /// Write reminders to clients whose bonuses end soon (daily)
    ExpiringBonusReminders(Job),
    /// Replay every client's entries against the stored balances; exit 1 on a difference
    VerifyLedger,
}

/// How a daily job is run.
#[derive(Args)]
pub struct Job {
    /// As if it were then, instead of now
    #[arg(long, value_name = "RFC3339", value_parser = Timestamp::parse)]
    now: Option<Timestamp>,
    /// Only count what it would do
    #[arg(long)]
    dry_run: bool,
}

impl Cli {
    /// Does what the command line says.
    ///
    /// # Errors
    /// Where it cannot be done.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let backend = open(&self.settings).await?;
        let done = self.command.run(&self.settings, &backend).await;
        backend.close().await;
        done
    }
}

async fn open(settings: &Settings) -> anyhow::Result<Backend> {
    let secrets = settings.secret_key()?;
    let clock = Arc::new(SystemClock);
    Backend::open(&settings.database_url(), secrets, clock)
        .await
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
            Self::ProvisionDemo { json } => {
                backend.migrate().await?;
                let demo = demo::provision(backend).await?;
                if json {
                    say(&serde_json::to_string(&demo)?)?;
                } else {
                    say(&demo_tour(&demo, settings))?;
                }
            }
            Self::ExpireBonuses(job) => {
                let swept = jobs::expire_bonuses(backend, job.now, job.dry_run).await?;
                let amount = Money::from_dirams(swept.dirams);
                let (clients, lots) = (swept.clients, swept.lots);
                say(&format!(
                    "{}clients {clients}, lots {lots}, bonuses {amount}",
                    job.prefix()
                ))?;
            }
            Self::ExpiringBonusReminders(job) => {
                let reminded = jobs::remind_of_expiry(backend, job.now, job.dry_run).await?;
                let amount = Money::from_dirams(reminded.dirams);
                let (due, written) = (reminded.due, reminded.written);
                say(&format!(
                    "{}due {due}, written {written}, bonuses {amount}",
                    job.prefix()
                ))?;
            }
            Self::VerifyLedger => return verify(backend).await,
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Job {
    const fn prefix(&self) -> &'static str {
        if self.dry_run { "would be: " } else { "" }
    }
}

async fn serve_app(settings: &Settings, backend: &Backend) -> anyhow::Result<()> {
    backend.migrate().await?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}", settings.listen))?;
    let address = listener.local_addr()?;
    let site = settings
        .site_dir()
        .map(|dir| app::ssr::router(&dir))
        .transpose()?;
    if site.is_none() {
        tracing::warn!("no web bundle: serving the API without pages (`make web` builds it)");
    }
    let app = App::new(backend.clone(), settings.limits, settings.api_url(address));
    let tidying = tokio::spawn(app.clone().keep_tidy());
    say(&format!("listening on http://{address}"))?;
    serve(listener, router(app, site), stop_signal()).await?;
    tidying.abort();
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

/// Where to click and what to try first.
fn demo_tour(demo: &Demo, settings: &Settings) -> String {
    let store = &demo.store;
    let mut lines = vec![
        format!("Start page:     http://{}/", settings.listen),
        format!("API document:   http://{}/api/docs", settings.listen),
        format!("X-Tenant-Token: {}", store.tenant_token),
    ];
    for till in &store.cashiers {
        let (id, name, branch, token) = (till.id, &till.name, &till.branch, &till.token);
        lines.push(format!(
            "X-Cashier-Token of till {id} ({branch}, {name}): {token}"
        ));
    }
    let clients = store.clients.len();
    if let Some(client) = store.clients.first() {
        let (phone, name, card) = (&client.phone, &client.full_name, &client.card_number);
        lines.push(format!(
            "Clients:        {clients}, the first {phone} ({name}, card {card})"
        ));
    }
    let (panel, admin) = (&store.panel, &store.admin);
    lines.push(format!(
        "Panel:          {} / {}",
        panel.login, panel.password
    ));
    lines.push(format!(
        "Admin:          {} / {}",
        admin.login, admin.password
    ));
    lines.join("\n")
}

/// Prints a line for whoever started the program, at once.
fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
