//! «Здоровье»: how the platform is, and what to do.

use app::admin::health::{
    self as shown, DaySize, Health, Job, LIST, List, Outcome, Run, StoreFaults, html, sheet,
};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::health::{self as kept, MOST_WAITING};

use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page};
use crate::console::export;
use crate::telemetry::dropped_lines;

/// Shows the health, or sends one of its lists as a file. Eight statements, with that of the
/// session; none of them reads the rows of a store.
pub(super) async fn show_health(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let health = read(&app).await?;
    if let Some(format) = export::asked(&query) {
        let list = query.iter().find(|(name, _)| name == LIST);
        let list = List::parse(list.map_or("", |(_, value)| value));
        let language = admin.language(&headers);
        let sheet = move || sheet(language, &health, list);
        return export::file(&app, "Bonex", format, sheet).await;
    }
    let html = html(&admin.chrome(&headers), &health);
    Ok(page(StatusCode::OK, html))
}

async fn read(app: &App) -> Result<Health, Failed> {
    let health = kept::health(&app.backend).await?;
    let last_hour = app.metrics.last_hour();
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let jobs = health.runs.into_iter();
    let jobs = jobs.map(|(known, runs)| (job(known), runs.into_iter().map(run).collect()));
    let engine = match app.backend.db.engine_name() {
        "sqlite" => "SQLite",
        _ => "PostgreSQL",
    };
    Ok(Health {
        now: app.backend.clock.now(),
        jobs: jobs.collect(),
        waiting: health.queue.waiting,
        most_waiting: MOST_WAITING,
        oldest: health.queue.oldest,
        engine: format!("{engine} {}", health.engine_version),
        bytes: health.bytes,
        free_bytes: health.free_bytes,
        sizes: health
            .sizes
            .into_iter()
            .map(|size| DaySize {
                day: size.day,
                bytes: size.bytes,
            })
            .collect(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: health.schema,
        known_schema: health.known_schema,
        server_began: app.began,
        requests: number(last_hour.all),
        failed: number(last_hour.failed),
        dropped_lines: number(dropped_lines()),
    })
}

const fn job(job: kept::Job) -> Job {
    match job {
        kept::Job::VerifyLedger => Job::VerifyLedger,
        kept::Job::ExpireBonuses => Job::ExpireBonuses,
        kept::Job::Reminders => Job::Reminders,
    }
}

fn run(run: kept::Run) -> Run {
    let figures = run.figures;
    let store = |store: kept::StoreFaults| StoreFaults {
        store: store.store,
        name: store.name,
        faults: store.faults,
        first: store.first,
        put_off_dirams: store.put_off_dirams,
    };
    Run {
        began: run.began_at,
        ended: run.ended_at,
        outcome: match run.outcome {
            Some(kept::Outcome::Good) => Outcome::Good,
            Some(kept::Outcome::Faults) => Outcome::Faults,
            // An outcome of a newer version is looked at, too.
            Some(kept::Outcome::Failed) | None => shown::Outcome::Failed,
        },
        clients: figures.clients,
        entries: figures.entries,
        dirams: figures.dirams,
        written: figures.written,
        faults: figures.faults,
        stores: figures.stores.into_iter().map(store).collect(),
        error: figures.error,
    }
}
