//! The `OpenAPI` document: what the handlers' annotations say, and what holds for every route.

use std::collections::BTreeMap;

use axum::http::Method;
use cashier_api::{ErrorCode, Failure, refusal_status};
use domain::{Money, Refusal, ReturnBalance};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Server};
use utoipa::{Modify, PartialSchema, ToSchema};

/// What the document says before any route is added to it.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Bonex Cashier API",
        description = "API для касс и учётных систем: 1С, Frontol и любых других. Все ответы — JSON: {\"success\": true, \"data\": …} или {\"success\": false, \"error\": \"…\", \"code\": \"…\"}. Суммы — в сомони, не больше двух знаков после запятой."
    ),
    components(schemas(Failure)),
    modifiers(&Credentials)
)]
pub(crate) struct Document;

struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        for (name, header, description) in [
            ("tenant", "X-Tenant-Token", "Токен магазина, 64 символа"),
            (
                "cashier",
                "X-Cashier-Token",
                "Токен кассы, 64 символа: одна касса — один токен",
            ),
            (
                "device",
                "X-Device-Id",
                "Идентификатор устройства, 1–128 печатных символов; первый верный запрос привязывает к нему кассу",
            ),
        ] {
            let value = ApiKeyValue::with_description(header, description);
            let scheme = SecurityScheme::ApiKey(ApiKey::Header(value));
            components.add_security_scheme(name, scheme);
        }
    }
}

/// Adds to every operation the failures and headers it shares with others.
pub(crate) fn complete(document: &mut OpenApi, api_url: &str) {
    let origin = api_url.strip_suffix("/api/v1").unwrap_or(api_url);
    document.servers = Some(vec![Server::new(origin)]);
    for item in document.paths.paths.values_mut() {
        for (method, operation) in [(Method::GET, &mut item.get), (Method::POST, &mut item.post)] {
            if let Some(operation) = operation {
                describe_headers(operation, &method);
                add_failures(operation, &method);
            }
        }
    }
}

fn describe_headers(operation: &mut Operation, method: &Method) {
    if method == Method::POST {
        let key = header_parameter(
            "Idempotency-Key",
            "Имя запроса, 1–255 символов ASCII: повтор с тем же телом получает первый ответ",
        );
        operation
            .parameters
            .get_or_insert_default()
            .push(RefOr::T(key));
    }
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response {
            for (name, description) in [
                ("X-Request-Id", "Имя запроса в журнале сервера"),
                ("X-RateLimit-Limit", "Запросов в минуту"),
                ("X-RateLimit-Remaining", "Сколько осталось в этой минуте"),
            ] {
                let header = HeaderBuilder::new()
                    .schema(Some(String::schema()))
                    .description(Some(description));
                response
                    .headers
                    .insert(name.to_owned(), RefOr::T(header.build()));
            }
        }
    }
}

fn header_parameter(name: &str, description: &str) -> Parameter {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(255));
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(text))
        .build()
}

fn add_failures(operation: &mut Operation, method: &Method) {
    let mut by_status: BTreeMap<u16, Vec<Failure>> = BTreeMap::new();
    let name = operation.operation_id.as_deref().unwrap_or_default();
    for code in common_codes(name, method) {
        by_status
            .entry(code.status())
            .or_default()
            .push(Failure::new(code));
    }
    for refusal in refusals(name) {
        let status = refusal_status(&refusal);
        by_status.entry(status).or_default().push((&refusal).into());
    }
    for (status, failures) in by_status {
        let response = RefOr::T(failure_response(&failures));
        operation
            .responses
            .responses
            .insert(status.to_string(), response);
    }
}

/// The failures of an operation outside the rules.
fn common_codes(operation: &str, method: &Method) -> Vec<ErrorCode> {
    let mut codes = vec![
        ErrorCode::BadTenantToken,
        ErrorCode::StoreSuspended,
        ErrorCode::TooManyRequests,
        ErrorCode::Internal,
        ErrorCode::Timeout,
    ];
    if operation != "syncInventory" {
        codes.extend([
            ErrorCode::BadCashierToken,
            ErrorCode::CashierDisabled,
            ErrorCode::DeviceIdRequired,
            ErrorCode::DeviceMismatch,
        ]);
    }
    if method == Method::POST {
        codes.extend([
            ErrorCode::MalformedJson,
            ErrorCode::BodyTooLarge,
            ErrorCode::IdempotencyKeyReused,
        ]);
    }
    codes.extend(match operation {
        "sale" | "redeem" => Some(ErrorCode::DuplicateSale),
        "return" => Some(ErrorCode::DuplicateReturn),
        "receipt" => Some(ErrorCode::DuplicateReceipt),
        _ => None,
    });
    codes
}

/// The rules an operation can break, by an example each.
fn refusals(operation: &str) -> Vec<Refusal> {
    let invalid = Refusal::field("total_amount", "обязательное поле");
    let (maximum, minimum) = (Money::from_somoni(60), Money::from_somoni(10));
    let limits = [
        Refusal::BelowMinPurchase { minimum },
        Refusal::InsufficientBonuses {
            max_redeem: maximum,
        },
        Refusal::BonusesOnHold {
            max_redeem: maximum,
        },
        Refusal::OverRedeemLimit {
            max_redeem: maximum,
        },
        Refusal::WelcomeBelowMinimum {
            max_redeem: maximum,
            minimum,
        },
    ];
    let client = [Refusal::ClientNotFound, Refusal::ClientBlocked];
    let mut refusals = match operation {
        "session" => return Vec::new(),
        "lookup" => {
            return [
                client.to_vec(),
                vec![Refusal::field("check_amount", "должно быть числом")],
            ]
            .concat();
        }
        "register" => vec![Refusal::ClientBlocked],
        "sale" => [&client[..], &limits, &[Refusal::CashierNodeMismatch]].concat(),
        "redeem" => [&client[..], &limits].concat(),
        "calculateReturn" => vec![
            Refusal::ClientNotFound,
            Refusal::SaleNotFound,
            Refusal::OverReturn { left: maximum },
        ],
        "return" => vec![
            Refusal::ClientNotFound,
            Refusal::SaleNotFound,
            Refusal::OverReturn { left: maximum },
            Refusal::OverRefund { limit: maximum },
            Refusal::OverRestore { limit: maximum },
            Refusal::ReturnShortage(ReturnBalance {
                available: Money::ZERO,
                to_revoke: Money::from_somoni(50),
            }),
        ],
        "receipt" => vec![Refusal::CashierNodeMismatch],
        _ => Vec::new(),
    };
    refusals.push(invalid);
    refusals
}

fn failure_response(failures: &[Failure]) -> Response {
    let codes: Vec<_> = failures
        .iter()
        .map(|failure| failure.code.as_str())
        .collect();
    let examples = failures.iter().map(|failure| {
        let example = ExampleBuilder::new()
            .summary(failure.error.as_str())
            .value(serde_json::to_value(failure).ok());
        (failure.code.clone(), example)
    });
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name(Failure::name())))
        .examples_from_iter(examples);
    ResponseBuilder::new()
        .description(codes.join(", "))
        .content("application/json", content.build())
        .build()
}
