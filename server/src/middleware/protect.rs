//! Limits and default headers that protect the server and the caller's browser.

use std::any::Any;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cashier_api::ErrorCode;

use crate::error::ApiError;

/// Ends a request that takes too long. Its transaction is rolled back unless the commit has already
/// been sent. The till finds out which by sending the same external id again.
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

/// Returns the answer for a handler that panicked.
#[allow(
    clippy::needless_pass_by_value,
    reason = "the signature is set by the layer that catches panics"
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

/// Headers that restrict what a browser may do with an answer. An answer that sets one of them
/// itself keeps its own.
const DEFAULTS: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];

/// Adds the default headers to an answer.
pub(crate) async fn security_headers(mut response: Response) -> Response {
    for (name, value) in DEFAULTS {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
