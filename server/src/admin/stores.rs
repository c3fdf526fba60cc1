//! «Магазины»: the stores of the platform.

use std::collections::HashMap;

use app::admin::store_state::StoreState;
use app::admin::stores::{Group, QUERY, StoreRow, Stores, Totals, html, sheet};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::activity;
use backend::stores::{self, StoreOverview};
use domain::Money;
use domain::sharing::Level;

use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page};
use crate::console::export;

/// The most characters of a search.
const MAX_SEARCH: usize = 100;

/// The most tills that are worth a look, far more than a person can look at.
const MOST_SIGNS: i64 = 10_000;

/// The stores of one page.
const PAGE: usize = 100;

/// The name of the platform in the names of files.
const PLATFORM: &str = "Bonex";

/// Lists the stores, or sends those of all pages as a file. Four statements, six for a search.
pub(super) async fn show_stores(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let value = |name: &str| {
        let found = query.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let [by_search, by_group, by_after] = QUERY;
    let search: String = value(by_search).trim().chars().take(MAX_SEARCH).collect();
    // A search looks among all stores.
    let group = match search.as_str() {
        "" => Group::parse(value(by_group)).unwrap_or(Group::All),
        _ => Group::All,
    };
    let all = stores::list(&app.backend).await?;
    let levels = levels(&app).await?;
    let row = |store: StoreOverview| row(store, &levels);
    let rows: Vec<StoreRow> = all.iter().cloned().map(row).collect();
    let totals = totals(&rows);
    let number = |group: Group| {
        let members = rows.iter().filter(|store| group.has(store));
        (group, i64::try_from(members.count()).unwrap_or(i64::MAX))
    };
    let groups = Group::ALL.map(number).to_vec();
    let mut rows = if search.is_empty() {
        rows
    } else {
        let found = stores::found(&app.backend, all, &search).await?;
        found.into_iter().map(row).collect()
    };
    rows.retain(|store| group.has(store));
    rows.sort_by_key(place);
    let (language, now) = (admin.language(&headers), app.backend.clock.now());
    if let Some(format) = export::asked(&query) {
        let sheet = move || sheet(language, now, &rows);
        return export::file(&app, PLATFORM, format, sheet).await;
    }
    let after = parse(value(by_after));
    if let Some(after) = after {
        rows.retain(|store| place(store) > after);
    }
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let last = rows.last().filter(|_| has_more).map(place);
    let shown = Stores {
        now,
        search,
        group,
        groups,
        totals,
        rows,
        next: last.map(|(rank, id)| format!("{rank}.{id}")),
        is_continued: after.is_some(),
    };
    let html = html(&admin.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}

/// Returns the place of a store in the list: the stores to look at are first, then those that were
/// opened first.
const fn place(store: &StoreRow) -> (i64, i64) {
    (store.rank(), store.id)
}

/// Reads the place in the list from the query.
fn parse(text: &str) -> Option<(i64, i64)> {
    let (rank, id) = text.split_once('.')?;
    Some((rank.parse().ok()?, id.parse().ok()?))
}

/// Returns the worst that a till of each store was judged.
async fn levels(app: &App) -> Result<HashMap<i64, Level>, Failed> {
    let mut levels = HashMap::new();
    for sign in activity::signs(&app.backend, None, MOST_SIGNS).await? {
        let level = levels.entry(sign.till.tenant_id).or_insert(Level::Nothing);
        *level = sign.judged.level.max(*level);
    }
    Ok(levels)
}

fn row(store: StoreOverview, levels: &HashMap<i64, Level>) -> StoreRow {
    let state = match store.state {
        stores::StoreState::Works => StoreState::Works,
        stores::StoreState::Silent(since) => StoreState::Silent(since),
        stores::StoreState::NotConnected => StoreState::NotConnected,
        stores::StoreState::Suspended(_) => StoreState::Suspended,
    };
    StoreRow {
        id: store.id,
        name: store.name,
        places: store.places,
        state,
        level: levels.get(&store.id).copied().unwrap_or(Level::Nothing),
        working_tills: match state {
            StoreState::Suspended => 0,
            _ => store.active_tills,
        },
        paid_tills: store.paid_tills,
        sold_today: store.sold_today,
        last_sale: store.last_sale_at,
    }
}

fn totals(rows: &[StoreRow]) -> Totals {
    Totals {
        stores: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        working_tills: rows.iter().map(|store| store.working_tills).sum(),
        paid_tills: rows.iter().filter_map(|store| store.paid_tills).sum(),
        is_all_limited: rows.iter().all(|store| store.paid_tills.is_some()),
        sold_today: rows.iter().map(|store| store.sold_today).sum::<Money>(),
    }
}
