//! The handlers for finding and registering clients.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::Recorded;
use backend::clients::{RegisterClient, lookup};
use cashier_api::answers::ClientData;
use cashier_api::requests::RegisterRequest;
use cashier_api::{Success, check_amount, identifier_text};
use domain::{FieldError, FieldErrors};
use serde::Deserialize;

use super::extract::{Posted, Till};
use super::perform::perform;
use super::records;
use crate::activity::Did;
use crate::app_state::App;
use crate::error::{ApiError, success};

#[derive(Deserialize)]
pub(crate) struct OpenCheck {
    check_amount: Option<String>,
}

#[utoipa::path(
    get,
    path = "/api/v1/cashier/client/{identifier}",
    tag = "Касса",
    summary = "Найти клиента",
    description = "Телефон, QR, номер карты или её штрихкод — один и тот же идентификатор. Отвечает балансом и тем, сколько можно списать.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    params(
        ("identifier" = String, Path, description = "Телефон (%2B992…), карта 001-0000123 или её EAN-13, в кодировке URL", example = "+992901234567"),
        ("check_amount" = Option<f64>, Query, description = "Сумма открытого чека: с ней ответ содержит max_redeem_amount", example = 200)
    ),
    responses((status = 200, description = "Клиент найден", body = Success<ClientData>))
)]
pub(crate) async fn look_up_client(
    State(app): State<App>,
    Till(till): Till,
    identifier: Result<Path<String>, PathRejection>,
    query: Result<Query<OpenCheck>, QueryRejection>,
) -> Result<Response, ApiError> {
    let unreadable = |field| FieldErrors::one(field, FieldError::Unreadable);
    let Path(identifier) = identifier.map_err(|_| unreadable("identifier"))?;
    let Query(open_check) = query.map_err(|_| unreadable("check_amount"))?;
    let identifier = identifier_text(&identifier)?;
    let check_amount = check_amount(open_check.check_amount.as_deref())?;
    let client = lookup(&app.backend, &till, &identifier).await?;
    let data = records::client(&client, &till.programme, check_amount);
    Ok(Did::look_up(&client.phone).mark(success(StatusCode::OK, data)))
}

#[utoipa::path(
    post,
    path = "/api/v1/cashier/client/register",
    tag = "Касса",
    summary = "Зарегистрировать клиента",
    description = "Новый клиент получает карту и, если программа их даёт, приветственные бонусы. Известный телефон — не ошибка: 200 и тот же клиент.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    request_body = RegisterRequest,
    responses(
        (status = 201, description = "Клиент зарегистрирован", body = Success<ClientData>),
        (status = 200, description = "Клиент уже был", body = Success<ClientData>)
    )
)]
pub(crate) async fn register_client(
    State(app): State<App>,
    Till(till): Till,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = RegisterRequest::read(&posted.body)?;
    let key = posted.key_of_till(&till);
    let command = RegisterClient {
        till: &till,
        phone: request.phone.0,
        full_name: request.full_name,
        card: request.card.map(|card| card.0),
        secrets: &app.backend.secrets,
    };
    perform(&app, "client", key, &command, |registered| {
        let (status, client) = match registered {
            Recorded::New(client) => (StatusCode::CREATED, client),
            Recorded::Before(client) => (StatusCode::OK, client),
        };
        let data = records::client(&client, &till.programme, None);
        Ok((status, data))
    })
    .await
}
