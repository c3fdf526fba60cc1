//! The handlers for receipts: purchases without a client.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use backend::Recorded;
use backend::receipts::{RecordReceipt, VoidReceipt};
use cashier_api::answers::ReceiptData;
use cashier_api::requests::{ReceiptRequest, VoidReceiptRequest};
use cashier_api::{ErrorCode, Success};

use super::extract::{Posted, Till};
use super::perform::perform;
use super::records;
use crate::activity::Did;
use crate::app_state::App;
use crate::error::ApiError;

#[utoipa::path(
    post,
    path = "/api/v1/cashier/receipt",
    tag = "Касса",
    summary = "Записать чек без клиента",
    description = "Для показателей магазина: доля чеков с клиентом.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    request_body = ReceiptRequest,
    responses((status = 201, description = "Чек записан", body = Success<ReceiptData>))
)]
pub(crate) async fn record_receipt(
    State(app): State<App>,
    Till(till): Till,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = ReceiptRequest::read(&posted.body)?;
    if let Some(date) = &request.receipt_date {
        app.live
            .note_date(till.number(), date.0, app.backend.clock.now());
    }
    let date = request.receipt_date.as_ref().map(|date| date.0);
    let did = Did::sell(None, request.external_receipt_id.as_deref(), date);
    let key = posted.key_of_till(&till);
    let command = RecordReceipt {
        till: &till,
        total_amount: request.total_amount.0,
        external_receipt_id: request.external_receipt_id,
        cashier_node_id: request.cashier_node_id,
        receipt_date: request.receipt_date.map(|date| date.0),
    };
    let response = perform(&app, "receipt", key, &command, |receipt| match receipt {
        Recorded::New(receipt) => Ok((StatusCode::CREATED, records::receipt(&receipt))),
        Recorded::Before(receipt) => Err(ApiError::with_data(
            ErrorCode::DuplicateReceipt,
            &records::receipt(&receipt),
        )),
    })
    .await?;
    Ok(did.mark(response))
}

#[utoipa::path(
    post,
    path = "/api/v1/cashier/receipt/void",
    tag = "Касса",
    summary = "Отменить чек без клиента",
    description = "Чек этой кассы, записанный по ошибке, не позже суток после записи. Он остаётся в базе и не входит в суммы. Повтор — 422 receipt_voided с теми же данными: для кассы это успех.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    request_body = VoidReceiptRequest,
    responses((status = 200, description = "Чек отменён", body = Success<ReceiptData>))
)]
pub(crate) async fn void_receipt(
    State(app): State<App>,
    Till(till): Till,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = VoidReceiptRequest::read(&posted.body)?;
    let key = posted.key_of_till(&till);
    let command = VoidReceipt {
        till: &till,
        external_receipt_id: request.external_receipt_id,
    };
    perform(&app, "void", key, &command, |receipt| match receipt {
        Recorded::New(receipt) => Ok((StatusCode::OK, records::receipt(&receipt))),
        Recorded::Before(receipt) => Err(ApiError::with_data(
            ErrorCode::ReceiptVoided,
            &records::receipt(&receipt),
        )),
    })
    .await
}
