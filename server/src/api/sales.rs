//! The handlers for sales, redemptions without a sale, and a client's past sales.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use backend::Recorded;
use backend::sales::{RecordSale, SaleLine, SaleRecord, past_sales};
use cashier_api::answers::{PastSalesData, RedeemData, SaleData};
use cashier_api::requests::{Line, RedeemRequest, SaleRequest};
use cashier_api::{ErrorCode, Success, identifier_text};
use domain::sales::Accrue;
use domain::{FieldError, FieldErrors};

use super::extract::{Posted, Till};
use super::perform::perform;
use super::records;
use crate::activity::Did;
use crate::app_state::App;
use crate::error::{ApiError, success};

#[utoipa::path(
    post,
    path = "/api/v1/cashier/sale",
    tag = "Касса",
    summary = "Записать продажу",
    description = "Списывает бонусы и начисляет новые одной операцией. Повтор external_sale_id — 422 duplicate_sale с данными первой продажи.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    request_body = SaleRequest,
    responses((status = 201, description = "Продажа записана", body = Success<SaleData>))
)]
pub(crate) async fn record_sale(
    State(app): State<App>,
    Till(till): Till,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = SaleRequest::read(&posted.body)?;
    if let Some(date) = &request.sale_date {
        app.live
            .note_date(till.number(), date.0, app.backend.clock.now());
    }
    let number = request.receipt_number.as_deref();
    let number = number.or(request.external_sale_id.as_deref());
    let dated = request.sale_date.as_ref().map(|date| date.0);
    let did = Did::sell(Some(&request.client_phone.0), number, dated);
    let key = posted.key_of_till(&till);
    let lines_skipped = Some(request.lines_skipped).filter(|skipped| *skipped > 0);
    let command = RecordSale {
        till: &till,
        sums: request.sums(),
        client: request.client_phone.0,
        accrue: Accrue::Yes,
        external_sale_id: request.external_sale_id,
        receipt_number: request.receipt_number,
        cashier_node_id: request.cashier_node_id,
        cashier_id: request.cashier_id,
        payment_method: request.payment_method,
        sale_date: request.sale_date.map(|date| date.0),
        lines: request.lines.into_iter().map(line).collect(),
    };
    let response = perform(&app, "sale", key, &command, |sale| match sale {
        Recorded::New(sale) => {
            let data = SaleData {
                lines_skipped,
                ..records::sale(&sale)
            };
            Ok((StatusCode::CREATED, data))
        }
        Recorded::Before(sale) => Err(duplicate(&sale)),
    })
    .await?;
    Ok(did.mark(response))
}

fn duplicate(first: &SaleRecord) -> ApiError {
    ApiError::with_data(ErrorCode::DuplicateSale, &records::sale(first))
}

fn line(line: Line) -> SaleLine {
    SaleLine {
        sku: line.sku,
        category_code: line.category_code,
        name: line.name,
        quantity: line.quantity.0,
        unit_price: line.unit_price.0,
        line_amount: line.line_amount.0,
    }
}

#[utoipa::path(
    post,
    path = "/api/v1/cashier/redeem",
    tag = "Касса",
    summary = "Только списать бонусы",
    description = "Те же правила и отказы, что у продажи, но ничего не начисляет. Обычно достаточно POST /cashier/sale.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    request_body = RedeemRequest,
    responses((status = 201, description = "Бонусы списаны", body = Success<RedeemData>))
)]
pub(crate) async fn redeem_bonuses(
    State(app): State<App>,
    Till(till): Till,
    posted: Posted,
) -> Result<Response, ApiError> {
    let request = RedeemRequest::read(&posted.body)?;
    let key = posted.key_of_till(&till);
    let command = RecordSale {
        till: &till,
        sums: request.sums(),
        client: request.client_phone.0,
        accrue: Accrue::No,
        external_sale_id: request.external_sale_id,
        receipt_number: None,
        cashier_node_id: None,
        cashier_id: None,
        payment_method: None,
        sale_date: None,
        lines: Vec::new(),
    };
    perform(&app, "redemption", key, &command, |sale| match sale {
        Recorded::New(sale) => Ok((StatusCode::CREATED, records::redemption(&sale))),
        Recorded::Before(sale) => Err(duplicate(&sale)),
    })
    .await
}

#[utoipa::path(
    get,
    path = "/api/v1/cashier/client/{identifier}/sales",
    tag = "Касса",
    summary = "Прошлые чеки клиента",
    description = "Последние 50 чеков клиента на всех кассах магазина, новые сначала по дате чека, и сколько из них уже вернули: чтобы оформить возврат чека, который пробила другая касса.",
    security(("tenant" = [], "cashier" = [], "device" = [])),
    params(
        ("identifier" = String, Path, description = "Телефон (%2B992…), карта 001-0000123 или её EAN-13, в кодировке URL", example = "+992901234567")
    ),
    responses((status = 200, description = "Чеки найдены", body = Success<PastSalesData>))
)]
pub(crate) async fn list_past_sales(
    State(app): State<App>,
    Till(till): Till,
    identifier: Result<Path<String>, PathRejection>,
) -> Result<Response, ApiError> {
    let unreadable = |_| FieldErrors::one("identifier", FieldError::Unreadable);
    let Path(identifier) = identifier.map_err(unreadable)?;
    let identifier = identifier_text(&identifier)?;
    let past = past_sales(&app.backend, &till, &identifier).await?;
    Ok(success(StatusCode::OK, records::past_sales(past)))
}
