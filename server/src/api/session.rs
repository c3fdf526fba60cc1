//! Who the till is.

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
    operation_id = "session",
    tag = "Касса",
    summary = "Кто эта касса",
    description = "Магазин, филиал, касса, привязка к устройству и настройки программы. Первый запрос с верными токенами привязывает кассу к её X-Device-Id.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    responses((status = 200, description = "Касса узнана", body = Success<SessionData>))
)]
pub(crate) async fn show(State(app): State<App>, Till(caller): Till) -> Response {
    let data = SessionData {
        loyalty: ProgrammeData::from(&caller.programme),
        currency: caller.programme.currency,
        store_name: caller.store_name,
        cashier_name: caller.cashier_name,
        branch: caller.branch,
        cashier_node_id: caller.node_id,
        device_id: caller.device_id,
        device_bound_at: Moment(caller.device_bound_at.whole_seconds()),
        server_time: Moment(app.backend.clock.now().whole_seconds()),
    };
    success(StatusCode::OK, data)
}
