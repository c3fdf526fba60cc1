//! «Магазины»: the stores of the platform.

use app::admin::stores::{AFTER, StoreRow, Stores, html};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use backend::stores::{self, StoreOverview};

use super::session::Admin;
use crate::app_state::App;
use crate::console::answer::{Failed, page};

/// Lists the stores. Three statements.
pub(super) async fn show_stores(
    State(app): State<App>,
    headers: HeaderMap,
    admin: Admin,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Failed> {
    let after = query.iter().find(|(name, _)| name == AFTER);
    let after = after.and_then(|(_, id)| id.parse().ok());
    let found = stores::list(&app.backend, after.unwrap_or_default()).await?;
    let row = |store: StoreOverview| StoreRow {
        id: store.id,
        name: store.name,
        is_suspended: store.suspended_at.is_some(),
        active_tills: store.active_tills,
        tills: store.tills,
        last_sale: store.last_sale_at,
    };
    let shown = Stores {
        now: app.backend.clock.now(),
        count: stores::count(&app.backend).await?,
        rows: found.stores.into_iter().map(row).collect(),
        next: found.next,
        is_continued: after.is_some(),
    };
    let html = html(&admin.chrome(&headers), &shown);
    Ok(page(StatusCode::OK, html))
}
