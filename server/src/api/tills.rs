//! The handlers that make a device a till, and that describe the calling till.

use std::time::Duration;

use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use backend::tills::{self, PairError};
use cashier_api::answers::{PairData, ProgrammeData, SessionData};
use cashier_api::requests::PairRequest;
use cashier_api::{ErrorCode, Moment, Success};

use super::extract::{FromStranger, Till};
use crate::app_state::App;
use crate::error::{ApiError, success};
use crate::live::Sender;
use crate::throttle::too_many;

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

#[utoipa::path(
    post,
    path = "/api/v1/cashier/pair",
    tag = "Касса",
    summary = "Стать кассой по коду",
    description = "Код из панели («Подключить телефон») вместо двух токенов: 12 знаков, действует десять минут и один раз. Касса привязывается к device_id сразу, прежнее устройство перестаёт работать. Повтор с того же устройства десять минут получает тот же ответ. Токены не нужны.",
    security(()),
    request_body = PairRequest,
    responses((status = 200, description = "Устройство стало кассой", body = Success<PairData>))
)]
pub(crate) async fn pair_device(
    State(app): State<App>,
    Extension(sender): Extension<Sender>,
    FromStranger { body, address }: FromStranger,
) -> Response {
    let request = match PairRequest::read(&body) {
        Ok(request) => request,
        Err(error) => return ApiError::from(error).into_response(),
    };
    let code = request.pairing_code();
    let paired = tills::pair(&app.backend, code.as_ref(), &request.device_id, &address).await;
    let paired = match paired {
        Ok(paired) => paired,
        Err(error) => return refused(error),
    };
    sender.is(paired.till);
    let data = PairData {
        tenant_token: paired.tenant_token,
        cashier_token: paired.cashier_token,
        store_name: paired.store_name,
        branch: paired.branch,
        cashier_name: paired.till_name,
        cashier_node_id: paired.till.till_id,
    };
    success(StatusCode::OK, data)
}

fn refused(error: PairError) -> Response {
    let error: ApiError = match error {
        PairError::BadCode => ErrorCode::BadPairingCode.into(),
        PairError::Used => ErrorCode::PairingCodeUsed.into(),
        PairError::DeviceIdRequired => ErrorCode::DeviceIdRequired.into(),
        PairError::TooMany { wait_seconds } => {
            return too_many(Duration::from_secs(wait_seconds.try_into().unwrap_or(0)));
        }
        PairError::Refused(error) => error.into(),
    };
    error.into_response()
}
