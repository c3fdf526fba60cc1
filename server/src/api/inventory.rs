//! The store's stock.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use backend::inventory::{Item, Sync};
use cashier_api::Success;
use cashier_api::answers::SyncData;
use cashier_api::requests::SyncRequest;

use super::extract::{Posted, Store};
use super::perform::perform;
use super::records;
use crate::app_state::App;
use crate::error::ApiError;

#[utoipa::path(
    post,
    path = "/api/v1/integration/inventory/sync",
    operation_id = "syncInventory",
    tag = "Интеграция",
    summary = "Передать остатки",
    description = "Весь список или ничего. Нужен только токен магазина; до 20 000 товаров и 8 МиБ.",
    security(("tenant" = [])),
    request_body = SyncRequest,
    responses((status = 200, description = "Остатки приняты", body = Success<SyncData>))
)]
pub(crate) async fn sync(
    State(app): State<App>,
    Store(store): Store,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = SyncRequest::read(&posted.body)?;
    let key = posted.key_of_store(store);
    let items = request.items.into_iter().map(|item| Item {
        sku: item.sku,
        name: item.name,
        category_code: item.category_code,
        quantity: item.quantity.0,
    });
    let command = Sync {
        store: &store,
        items: items.collect(),
        deactivate_missing: request.deactivate_missing,
    };
    perform(&app, "stock", key, &command, |synced| {
        (StatusCode::OK, records::synced(&synced))
    })
    .await
}
