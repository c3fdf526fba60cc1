//! `bonex provision-demo`.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};

use app::{admin, panel};
use backend::Backend;
use backend::demo::{self, Demo, DemoStore, Made, Size};
use clap::Args;

use crate::config::Settings;
use crate::say::say;

/// The options of `provision-demo`.
#[derive(Args)]
pub struct ProvisionDemo {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Create a store of 100 tills, 10,000 clients and 1,000,000 sales instead; it takes minutes
    #[arg(long)]
    large: bool,
    #[command(flatten)]
    #[allow(
        missing_docs,
        reason = "a doc comment here would replace the description of the command"
    )]
    size: Sizes,
}

/// Another size of the large store.
#[derive(Args)]
struct Sizes {
    /// Branches of the large store
    #[arg(long, requires = "large", default_value_t = Size::default().branches, value_parser = at_least_one)]
    branches: usize,
    /// Tills of the large store
    #[arg(long, requires = "large", default_value_t = Size::default().tills, value_parser = at_least_one)]
    tills: usize,
    /// Clients of the large store
    #[arg(long, requires = "large", default_value_t = Size::default().clients, value_parser = at_least_one)]
    clients: usize,
    /// Sales of the large store
    #[arg(long, requires = "large", default_value_t = Size::default().sales, value_parser = at_least_one)]
    sales: usize,
}

impl ProvisionDemo {
    pub(crate) async fn run(&self, settings: &Settings, backend: &Backend) -> anyhow::Result<()> {
        if self.large {
            // A server of the same SQLite file could not write for minutes.
            let _alone = backend.claim()?;
            backend.migrate().await?;
            return self.make_large(settings, backend).await;
        }
        backend.migrate().await?;
        let demo = demo::provision(backend).await?;
        if self.json {
            say(&serde_json::to_string(&demo)?)?;
        } else {
            let Demo { store, .. } = &demo;
            say(&tour(store, settings))?;
        }
        Ok(())
    }

    async fn make_large(&self, settings: &Settings, backend: &Backend) -> anyhow::Result<()> {
        let Sizes {
            branches,
            tills,
            clients,
            sales,
        } = self.size;
        let size = Size {
            branches,
            tills,
            clients,
            sales,
        };
        let bar = Bar::default();
        let made = demo::provision_large(backend, size, &|done, all| bar.show(done, all)).await;
        bar.end();
        let store = match made? {
            Made::New(store) => store,
            Made::Before(login) => anyhow::bail!(
                "the large demo store exists already; sign in as {login}. To build it anew, use another database"
            ),
        };
        if self.json {
            say(&serde_json::to_string(&store)?)?;
        } else {
            say(&tour(&store, settings))?;
        }
        Ok(())
    }
}

fn at_least_one(text: &str) -> Result<usize, &'static str> {
    let number = text.parse().ok().filter(|number| *number > 0);
    number.ok_or("expected a number from 1 on")
}

/// A progress bar on a terminal. Elsewhere it shows nothing.
struct Bar {
    /// The percentage that is shown; a number above 100 at first.
    shown: AtomicUsize,
    is_terminal: bool,
}

impl Default for Bar {
    fn default() -> Self {
        Self {
            shown: AtomicUsize::new(usize::MAX),
            is_terminal: io::stderr().is_terminal(),
        }
    }
}

impl Bar {
    fn show(&self, done: usize, all: usize) {
        const CELLS: usize = 40;
        let percent = (done * 100 / all.max(1)).min(100);
        if self.is_terminal && self.shown.swap(percent, Ordering::Relaxed) != percent {
            let full = "█".repeat(percent * CELLS / 100);
            // A progress bar that cannot be written is no reason to fail.
            let _ = write!(io::stderr(), "\r{full:░<CELLS$} {percent} %");
        }
    }

    fn end(&self) {
        if self.is_terminal {
            let _ = writeln!(io::stderr());
        }
    }
}

/// Returns the addresses, tokens and logins with which to try a demo store.
fn tour(store: &DemoStore, settings: &Settings) -> String {
    const SHOWN_TILLS: usize = 5;
    let mut lines = vec![
        format!("Start page:     http://{}/", settings.listen),
        format!("API document:   http://{}/api/docs", settings.listen),
        format!("X-Tenant-Token: {}", store.tenant_token),
    ];
    for till in store.cashiers.iter().take(SHOWN_TILLS) {
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
    let (owner, superadmin) = (&store.panel, &store.admin);
    lines.push(format!(
        "Panel:          {}{}, login {}, password {}",
        settings.panel_origin(),
        panel::urls::Url::Today,
        owner.login,
        owner.password
    ));
    lines.push(format!(
        "Admin console:  {}{}, login {}, password {}; the first sign-in connects an authenticator app",
        settings.admin_origin(),
        admin::urls::Url::Stores,
        superadmin.login,
        superadmin.password
    ));
    lines.join("\n")
}
