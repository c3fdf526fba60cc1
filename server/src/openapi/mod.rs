//! The `OpenAPI` document: the annotations of the handlers, and what is common to all routes.

mod failures;
mod glossary;

use axum::http::Method;
use cashier_api::Failure;
use serde_json::{Value, json};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::openapi::{OpenApi, RefOr, Required, Server};
use utoipa::{Modify, PartialSchema};

/// The document without routes.
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

/// Returns the finished document: adds to the annotations the failures and headers that operations
/// share, and the descriptions of the glossary.
pub(crate) fn complete(mut document: OpenApi, api_url: &str) -> Value {
    let origin = api_url.strip_suffix("/api/v1").unwrap_or(api_url);
    document.servers = Some(vec![Server::new(origin)]);
    for item in document.paths.paths.values_mut() {
        for (method, operation) in [(Method::GET, &mut item.get), (Method::POST, &mut item.post)] {
            if let Some(operation) = operation {
                describe_headers(operation, &method);
                failures::add(operation, &method);
            }
        }
    }
    let mut document = serde_json::to_value(document).unwrap_or_default();
    refer_to_answers(&mut document);
    glossary::describe(&mut document);
    document
}

/// Replaces the copy of an answer's schema in its `Success_…` envelope by a reference to the
/// schema. `utoipa` copies the parameters of generic types, with the descriptions from the code.
fn refer_to_answers(document: &mut Value) {
    let schemas = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut);
    for (name, envelope) in schemas.into_iter().flatten() {
        let Some(answer) = name.strip_prefix("Success_") else {
            continue;
        };
        if let Some(data) = envelope.pointer_mut("/properties/data") {
            *data = json!({ "$ref": format!("#/components/schemas/{answer}") });
        }
    }
}

fn describe_headers(operation: &mut Operation, method: &Method) {
    if method == Method::POST && operation.operation_id.as_deref() != Some(failures::PAIR) {
        let key = header_parameter(
            "Idempotency-Key",
            "Имя запроса, 1–255 символов ASCII: повтор с тем же телом получает первый ответ, если по нему что-то записано; после отказа запрос выполняется заново",
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
