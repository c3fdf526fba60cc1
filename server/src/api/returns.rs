//! The handlers for returns, and for sales that a till undoes.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use backend::db::Tx;
use backend::returns::{self, Calculation, ReturnGoods, VoidSale};
use backend::{Command, Recorded};
use cashier_api::answers::{ReturnCalculation, ReturnData, VoidSaleData};
use cashier_api::requests::{CalculateReturnRequest, ReturnRequest, VoidSaleRequest};
use cashier_api::{ErrorCode, Success};
use domain::{Refusal, Timestamp};

use super::extract::{Posted, Till};
use super::perform::perform;
use super::records;
use crate::activity::Did;
use crate::app_state::App;
use crate::error::{ApiError, success};

#[utoipa::path(
    post,
    path = "/api/v1/cashier/return/calculate",
    tag = "Касса",
    summary = "Предрасчёт возврата",
    description = "Хватает ли у клиента бонусов на то, что возврат аннулирует. Нехватка — не ошибка, а указание кассиру: выдать на shortage_cash_equivalent меньше. С return_amount отвечает и тем, чем возврат кончится: деньги, возвращённые бонусы, удержание.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    request_body = CalculateReturnRequest,
    responses((status = 200, description = "Предрасчёт сделан", body = Success<ReturnCalculation>))
)]
pub(crate) async fn calculate_return(
    State(app): State<App>,
    Till(till): Till,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = CalculateReturnRequest::read(&posted.body)?;
    let goods = ReturnGoods {
        till: &till,
        request: request.rules(),
        client: request.client_phone.0,
        original_external_sale_id: request.original_external_sale_id,
        external_return_id: None,
    };
    let calculated = match returns::calculate(&app.backend, &goods).await {
        Ok(calculation) => Ok(calculation),
        Err(backend::Error::Refused(refusal)) => Err(refusal),
        Err(error) => return Err(error.into()),
    };
    match posted.key_of_till(&till) {
        None => Ok(success(StatusCode::OK, records::calculation(&calculated?))),
        Some(key) => {
            let remembered = Calculated(calculated);
            perform(&app, "calculation", Some(key), &remembered, |calculation| {
                Ok((StatusCode::OK, records::calculation(&calculation)))
            })
            .await
        }
    }
}

/// A finished calculation as a command, so that its answer is stored for its idempotency key.
struct Calculated(Result<Calculation, Refusal>);

impl Command for Calculated {
    type Outcome = Calculation;

    async fn execute(&self, _: &mut Tx, _: Timestamp) -> Result<Calculation, backend::Error> {
        Ok(self.0.clone()?)
    }
}

#[utoipa::path(
    post,
    path = "/api/v1/cashier/return",
    tag = "Касса",
    summary = "Провести возврат",
    description = "Аннулирует начисленные бонусы и возвращает списанные. Нехватка без shortage_settled — 422 insufficient_bonuses с предрасчётом.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    request_body = ReturnRequest,
    responses((status = 201, description = "Возврат записан", body = Success<ReturnData>))
)]
pub(crate) async fn return_goods(
    State(app): State<App>,
    Till(till): Till,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = ReturnRequest::read(&posted.body)?;
    let did = Did::take_back(&request.client_phone.0);
    let key = posted.key_of_till(&till);
    let command = ReturnGoods {
        till: &till,
        request: request.rules(),
        client: request.client_phone.0,
        original_external_sale_id: request.original_external_sale_id,
        external_return_id: request.external_return_id,
    };
    let response = perform(&app, "return", key, &command, |goods| match goods {
        Recorded::New(goods) => Ok((StatusCode::CREATED, records::returned(&goods))),
        Recorded::Before(goods) => Err(ApiError::with_data(
            ErrorCode::DuplicateReturn,
            &records::returned(&goods),
        )),
    })
    .await?;
    Ok(did.mark(response))
}

#[utoipa::path(
    post,
    path = "/api/v1/cashier/sale/void",
    tag = "Касса",
    summary = "Отменить продажу, будто её не было",
    description = "Для кассы, у которой чек не напечатался или от него отказались: продажа или списание этой кассы, не позже 72 часов после записи, без возвратов. Начисленное аннулируется, списанное возвращается, потраченное за это время становится долгом; денег отмена не касается. Если под номером ещё ничего не записано, номер запоминается, и продажа, пришедшая под ним позже, получит 422 sale_voided. Повтор — 422 sale_voided с теми же данными: для кассы это успех.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    request_body = VoidSaleRequest,
    responses((status = 200, description = "Продажа отменена", body = Success<VoidSaleData>))
)]
pub(crate) async fn void_sale(
    State(app): State<App>,
    Till(till): Till,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = VoidSaleRequest::read(&posted.body)?;
    let key = posted.key_of_till(&till);
    let command = VoidSale {
        till: &till,
        client: request.client_phone.0,
        external_sale_id: request.external_sale_id,
    };
    perform(&app, "sale_void", key, &command, |sale| match sale {
        Recorded::New(sale) => Ok((StatusCode::OK, records::voided_sale(&sale))),
        Recorded::Before(sale) => Err(ApiError::with_data(
            ErrorCode::SaleVoided,
            &records::voided_sale(&sale),
        )),
    })
    .await
}
