//! «Активность касс» and «Передача ключей»: what the tills do.

use std::cmp::Reverse;
use std::collections::HashMap;

use app::admin::activity::signs::{self, SignRow, Signs};
use app::admin::activity::strips::{AFTER, Strips, TillRow, html, sheet};
use app::admin::activity::{Day, HOURS, Hour};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use backend::activity::{self, Sign};
use backend::reports;
use backend::tills::TillNumber;
use domain::sharing::Level;
use domain::{Money, Timestamp};

use super::session::Admin;
use super::store::find;
use crate::app_state::App;
use crate::console::answer::{Failed, live_page};
use crate::console::export;

/// The tills of one page.
const PAGE: usize = 100;

/// The most rows of a file.
const MOST_SIGNS: i64 = 10_000;

const HOUR_MICROS: i64 = 3_600_000_000;

/// Returns when the 24 hours begin whose last one is going on.
pub(super) fn day_begins(now: Timestamp) -> Timestamp {
    let hour = now.micros() - now.micros().rem_euclid(HOUR_MICROS);
    Timestamp::from_micros(hour).plus_seconds(-23 * 3_600)
}

/// Returns the last 24 hours of these tills. One statement.
pub(super) async fn days(
    app: &App,
    tenant_id: i64,
    tills: &[i64],
) -> Result<HashMap<i64, Day>, Failed> {
    let from = day_begins(app.backend.clock.now());
    let hours = activity::hours(&app.backend, tenant_id, tills, from).await?;
    let mut days: HashMap<i64, Day> = HashMap::new();
    for known in hours {
        let day = days
            .entry(known.till_id)
            .or_insert([Hour::default(); HOURS]);
        let place = usize::try_from(known.hour).unwrap_or(HOURS);
        if let Some(hour) = day.get_mut(place) {
            *hour = Hour {
                requests: known.requests,
                sales: known.sales,
                returns: known.returns,
                refusals: known.refusals,
            };
        }
    }
    Ok(days)
}

/// Shows what the tills of a store do, those to look at first, or sends all of them as a file.
/// Seven statements.
pub(super) async fn show_activity(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Path(id): Path<i64>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let (backend, now) = (&app.backend, app.backend.clock.now());
    let store = find(&app, id).await?;
    let branches = reports::tills(backend, id, now.local_midnight()).await?;
    let silent: HashMap<_, _> = reports::silent(backend, id, &branches)
        .await?
        .into_iter()
        .collect();
    let signs: HashMap<_, _> = activity::signs_of_store(backend, id)
        .await?
        .into_iter()
        .collect();
    let mut rows = Vec::new();
    for branch in branches {
        for till in branch.tills {
            let judged = signs.get(&till.id);
            rows.push(TillRow {
                id: till.id,
                branch: branch.name.clone(),
                name: till.name,
                program: till.program,
                is_off: till.is_disabled,
                day: [Hour::default(); HOURS],
                checks: till.purchases,
                sold: till.sold,
                judged: judged.map_or((Level::Nothing, 0), |known| (known.level, known.points)),
                silent_since: silent.get(&till.id).copied(),
                seen_at: till.seen_at,
            });
        }
    }
    let is_to_look_at =
        |till: &TillRow| till.judged.0 > Level::Nothing || till.silent_since.is_some();
    let tills = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let to_look_at = rows.iter().filter(|till| is_to_look_at(till)).count();
    let checks = rows.iter().map(|till| till.checks).sum();
    let sold = rows.iter().map(|till| till.sold).sum::<Money>();
    rows.sort_by_key(|till| {
        let is_silent = till.silent_since.is_some();
        (Reverse(till.judged), !is_silent, till.is_off, till.id)
    });
    let format = export::asked(&query);
    let after = query.iter().find(|(name, _)| name == AFTER);
    let after = after.and_then(|(_, after)| after.parse().ok()).unwrap_or(0);
    let mut next = None;
    if format.is_none() {
        rows.drain(..rows.len().min(after));
        next = (rows.len() > PAGE).then_some(after + PAGE);
        rows.truncate(PAGE);
    }
    let shown: Vec<i64> = rows.iter().map(|till| till.id).collect();
    let mut days = days(&app, id, &shown).await?;
    for till in &mut rows {
        till.day = days.remove(&till.id).unwrap_or(till.day);
    }
    if let Some(format) = format {
        let language = admin.language(&headers);
        let sheet = move || sheet(language, &rows);
        return export::file(&app, &store.name, format, sheet).await;
    }
    let page = Strips {
        now,
        store_id: id,
        store: store.name,
        tills,
        to_look_at: i64::try_from(to_look_at).unwrap_or(i64::MAX),
        checks,
        sold,
        rows,
        next,
        is_continued: after > 0,
    };
    Ok(live_page(html(&admin.chrome(&headers), &page)))
}

/// Lists the tills of all stores whose tokens may be shared, or sends them as a file. One
/// statement.
pub(super) async fn show_signs(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    if let Some(format) = export::asked(&query) {
        let found = activity::signs(&app.backend, None, MOST_SIGNS).await?;
        let language = admin.language(&headers);
        let sheet = move || {
            let rows: Vec<SignRow> = found.into_iter().map(row).collect();
            signs::sheet(language, &rows)
        };
        return export::file(&app, "Bonex", format, sheet).await;
    }
    let after = query.iter().find(|(name, _)| name == signs::AFTER);
    let after = after.and_then(|(_, after)| place(after));
    let limit = i64::try_from(PAGE).unwrap_or(i64::MAX);
    let mut found = activity::signs(&app.backend, after, limit + 1).await?;
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let last = found.last().filter(|_| has_more);
    let next = last.map(|sign| {
        let TillNumber { tenant_id, till_id } = sign.till;
        format!("{}.{tenant_id}.{till_id}", sign.judged.points)
    });
    let page = Signs {
        now: app.backend.clock.now(),
        rows: found.into_iter().map(row).collect(),
        next,
        is_continued: after.is_some(),
    };
    Ok(live_page(signs::html(&admin.chrome(&headers), &page)))
}

/// Reads the place in the list from the query.
fn place(text: &str) -> Option<(i64, TillNumber)> {
    let mut parts = text.splitn(3, '.').map(str::parse);
    let mut part = || parts.next()?.ok();
    let (points, tenant_id, till_id) = (part()?, part()?, part()?);
    Some((points, TillNumber { tenant_id, till_id }))
}

fn row(sign: Sign) -> SignRow {
    SignRow {
        store_id: sign.till.tenant_id,
        store: sign.store,
        till_id: sign.till.till_id,
        till: format!("{}, {}", sign.branch, sign.name),
        level: sign.judged.level,
        points: sign.judged.points,
        reasons: sign.judged.reasons,
        at: sign.at,
    }
}
