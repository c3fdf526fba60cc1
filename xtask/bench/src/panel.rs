//! The measurement of the panel: every page of a large store. And of the admin console: what its
//! tills do, when it has 500.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use app::admin::urls::Url;
use app::panel::urls::ALL_PATTERNS;
use backend::db::Db;
use backend::secrets::SecretKey;
use backend::{Backend, SystemClock};
use serde::Deserialize;
use testkit::panel::{Page, Person};

use crate::database::{Database, Engine, SECRET_KEY};
use crate::server::Server;

/// The most bytes that a page should have as it is sent.
pub(crate) const MOST_BYTES: usize = 50 * 1024;

/// The requests for one page, unless they take longer than [`LONGEST`].
const REQUESTS: usize = 100;
const LONGEST: Duration = Duration::from_secs(4);
/// The requests before that, in which caches fill and connections prepare their statements.
const WARM_UP: usize = 3;

/// What is expected of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A list, a form, or one thing.
    List,
    /// A page of sums over many documents.
    Report,
    /// A page of the admin console about the activity of tills.
    Activity,
    /// A file to download.
    Export,
}

impl Kind {
    fn of(page: &Page) -> Self {
        const REPORTS: [&str; 3] = ["/panel/reports", "/panel/programme", "/panel/goods"];
        let is_report = |report: &&str| page.pattern.starts_with(report);
        if page.path.contains("?as=") || page.path.contains("&as=") {
            Self::Export
        } else if page.pattern == "/panel" || REPORTS.iter().any(is_report) {
            Self::Report
        } else {
            Self::List
        }
    }

    /// Returns the milliseconds that the page should take at most.
    pub(crate) const fn limit_ms(self) -> Option<f64> {
        match self {
            Self::List => Some(50.0),
            Self::Report => Some(500.0),
            Self::Activity => Some(100.0),
            Self::Export => None,
        }
    }
}

/// The measurement of one page.
pub(crate) struct PageRow {
    /// The database engine.
    pub(crate) engine: Engine,
    /// The path with the query.
    pub(crate) path: String,
    /// What is expected of it.
    pub(crate) kind: Kind,
    /// The median time in milliseconds.
    pub(crate) p50_ms: f64,
    /// The 99th percentile of the time in milliseconds.
    pub(crate) p99_ms: f64,
    /// The bytes as they are sent.
    pub(crate) sent: usize,
    /// The bytes before compression.
    pub(crate) whole: usize,
}

impl PageRow {
    /// Returns whether the page takes longer, or has more bytes, than it should.
    pub(crate) fn is_over(&self) -> bool {
        let limit = self.kind.limit_ms();
        limit.is_some_and(|limit| self.p99_ms > limit || self.sent > MOST_BYTES)
    }
}

#[derive(Deserialize)]
struct Demo {
    panel: Login,
}

#[derive(Deserialize)]
struct Login {
    login: String,
    password: String,
}

/// Fills the database with the large demo of `sales` sales, and measures every page.
///
/// # Errors
/// If a page fails, or if a URL has neither a page nor a sample.
pub(crate) async fn measure(database: &Database, sales: usize) -> Result<Vec<PageRow>> {
    let began = Instant::now();
    let (sales, mut command) = (
        sales.to_string(),
        vec!["provision-demo", "--large", "--json"],
    );
    command.extend(["--sales", &sales]);
    let demo: Demo = serde_json::from_str(&database.run(&command)?)?;
    println!("  {sales} sales in {} s", began.elapsed().as_secs());
    let mut server = Server::start(database)?;
    let measured = pages(database, &server.address, &demo.panel).await;
    measured.with_context(|| server.last_words())
}

async fn pages(database: &Database, origin: &str, login: &Login) -> Result<Vec<PageRow>> {
    let secrets = SecretKey::from_text(SECRET_KEY)?;
    let backend = Backend::open(&database.url, secrets, Arc::new(SystemClock)).await?;
    let tenant = "SELECT tenant_id FROM panel_users WHERE login = $1";
    let tenant = backend.db.reads().fetch_one(tenant, (&login.login,)).await;
    let (tenant_id,): (i64,) = tenant?;
    let told = |error: String| anyhow!(error);
    let person = Person::sign_in(origin, &login.login, &login.password);
    let person = person.await.map_err(told)?;
    let walk = person.walk(&backend.db, tenant_id, ALL_PATTERNS);
    let walk = walk.await.map_err(told)?;
    let missing = &walk.missing;
    ensure!(missing.is_empty(), "no page and no sample: {missing:?}");
    let mut rows = Vec::new();
    for page in &walk.pages {
        let row = row(database.engine, &person, &page.path, Kind::of(page)).await;
        rows.push(row.map_err(told)?);
    }
    let admin = Person::admin(&backend, origin).await.map_err(told)?;
    let till = add_tills(&backend.db, tenant_id).await?;
    backend.close().await;
    for url in [
        Url::Activity(tenant_id),
        Url::TillActivity(tenant_id, till),
        Url::Signs,
        Url::Stores,
    ] {
        let row = row(database.engine, &admin, &url.to_string(), Kind::Activity).await;
        rows.push(row.map_err(told)?);
    }
    Ok(rows)
}

/// Adds four tills for each till of the store, with the same activity, so that it has 500. Returns
/// the number of a till.
async fn add_tills(db: &Db, tenant_id: i64) -> Result<i64> {
    const TILLS: &str = r"
        INSERT INTO cashier_nodes (tenant_id, branch_id, name, token_hash, token_sealed, created_at, seen_at)
        SELECT tenant_id, branch_id, name, token_hash || ' ' || id || ' ' || $2, token_sealed, created_at, seen_at
        FROM cashier_nodes
        WHERE tenant_id = $1
            AND token_hash NOT LIKE '% %'
    ";
    const COUNTS: &str = r"
        INSERT INTO till_slots (
            tenant_id, cashier_node_id, started_at, server, requests, sales, returns, lookups, refusals
        )
        SELECT $1, copy.id, started_at, server, requests, sales, returns, lookups, refusals
        FROM cashier_nodes AS copy
        JOIN till_slots
            ON till_slots.tenant_id = $1
            AND copy.token_hash LIKE '% ' || cashier_node_id || ' %'
        WHERE copy.tenant_id = $1
    ";
    for copy in ["a", "b", "c", "d"] {
        let added = db.writes().execute(TILLS, (tenant_id, copy)).await?;
        ensure!(added.rows() > 0, "the store has no tills");
    }
    db.writes().execute(COUNTS, (tenant_id,)).await?.any();
    let till = "SELECT MIN(id) FROM cashier_nodes WHERE tenant_id = $1";
    let (till,) = db.reads().fetch_one(till, (tenant_id,)).await?;
    Ok(till)
}

async fn row(engine: Engine, person: &Person, path: &str, kind: Kind) -> Result<PageRow, String> {
    let whole = person.get(path, "identity").await?.body.len();
    for _ in 0..WARM_UP {
        person.get(path, "gzip").await?;
    }
    let began = Instant::now();
    let (mut times, mut sent) = (Vec::new(), 0);
    while times.len() < REQUESTS && (times.len() < WARM_UP || began.elapsed() < LONGEST) {
        let asked = Instant::now();
        let answer = person.get(path, "gzip").await?;
        times.push(asked.elapsed().as_secs_f64() * 1e3);
        sent = answer.body.len();
    }
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        times
            .get(times.len().saturating_sub(1) * percent / 100)
            .copied()
    };
    let row = PageRow {
        engine,
        path: path.to_owned(),
        kind,
        p50_ms: at(50).unwrap_or_default(),
        p99_ms: at(99).unwrap_or_default(),
        sent,
        whole,
    };
    println!(
        "  {:7.1} ms  {:6} bytes  {}",
        row.p50_ms, row.sent, row.path
    );
    Ok(row)
}
