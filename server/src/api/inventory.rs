//! The handler for stock lists.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use backend::inventory::{self, Item, SyncInventory};
use cashier_api::Success;
use cashier_api::answers::SyncData;
use cashier_api::requests::SyncRequest;
use tokio::task::spawn_blocking;

use super::extract::{InTurn, Posted};
use super::perform::perform;
use super::records;
use crate::app_state::App;
use crate::error::ApiError;

#[utoipa::path(
    post,
    path = "/api/v1/integration/inventory/sync",
    tag = "Интеграция",
    summary = "Передать остатки",
    description = "Нужен только токен магазина; до 20 000 товаров и 8 МиБ, не чаще 30 раз в час и по одному списку за раз; в магазине — до 100 000 товаров. Товар, который не удаётся прочитать, пропускается и назван в skipped, остальные принимаются.",
    security(("tenant" = [])),
    request_body = SyncRequest,
    responses((status = 200, description = "Остатки приняты", body = Success<SyncData>))
)]
pub(crate) async fn sync_inventory(
    State(app): State<App>,
    InTurn(store, turn): InTurn,
    posted: Posted,
) -> Result<Response, ApiError> {
    // Parsing megabytes of JSON here would block the other requests of this thread.
    let body = posted.body.clone();
    let reading = spawn_blocking(move || SyncRequest::read(&body));
    let request = reading
        .await
        .map_err(|error| ApiError::internal(&error))??;
    let key = posted.key_of_store(store);
    let items = request.items.into_iter().map(|item| Item {
        sku: item.sku,
        name: item.name,
        category_code: item.category_code,
        quantity: item.quantity.0,
    });
    let paces = inventory::paces(&app.backend, store.tenant_id).await?;
    let command = SyncInventory {
        paces,
        store: &store,
        items: items.collect(),
        kept: request
            .skipped
            .iter()
            .filter_map(|item| item.sku.clone())
            .collect(),
        deactivate_missing: request.deactivate_missing,
    };
    let answer = perform(&app, "stock", key, &command, |synced| {
        Ok((StatusCode::OK, records::synced(&synced, &request.skipped)))
    })
    .await;
    drop(turn);
    answer
}
