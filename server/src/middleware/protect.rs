//! Bounds and defaults that keep a request from harming the server or its caller's browser.

use std::any::Any;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cashier_api::ErrorCode;

use crate::error::ApiError;

/// Ends a request that takes too long. What it had begun in the database is rolled back, unless its
/// commit was already on the way: the till finds out by sending the same external id again.
pub(crate) async fn time_limit(
    State(limit): State<Duration>,
    request: Request,
    next: Next,
) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_elapsed) => ApiError::from(ErrorCode::Timeout).into_response(),
    }
}

/// The answer of a handler that panicked.
#[allow(
    clippy::needless_pass_by_value,
    reason = "the catching layer hands it over"
)]
pub(crate) fn panic_answer(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message");
    tracing::error!(panic = message, "a handler panicked");
    ApiError::from(ErrorCode::Internal).into_response()
}

/// What a browser must not do with an answer, unless the answer itself says otherwise.
const DEFAULTS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Puts the defaults on an answer.
pub(crate) async fn security_headers(mut response: Response) -> Response {
    for (name, value) in DEFAULTS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
