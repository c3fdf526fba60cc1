//! The handler that describes the calling till.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use cashier_api::answers::{ProgrammeData, SessionData};
use cashier_api::{Moment, Success};

use super::extract::Till;
use crate::app_state::App;
use crate::error::success;

#[utoipa::path(
    get,
    path = "/api/v1/cashier/session",
    tag = "Касса",
    summary = "Кто эта касса",
    description = "Магазин, филиал, касса, привязка к устройству и настройки программы. Первый запрос с верными токенами привязывает кассу к её X-Device-Id.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    responses((status = 200, description = "Касса узнана", body = Success<SessionData>))
)]
pub(crate) async fn show_session(State(app): State<App>, Till(till): Till) -> Response {
    let data = SessionData {
        loyalty: ProgrammeData::from(&till.programme),
        currency: till.programme.currency,
        store_name: till.store_name,
        cashier_name: till.name,
        branch: till.branch,
        cashier_node_id: till.id,
        device_id: till.device_id,
        device_bound_at: Moment(till.device_bound_at.whole_seconds()),
        server_time: Moment(app.backend.clock.now().whole_seconds()),
    };
    success(StatusCode::OK, data)
}
