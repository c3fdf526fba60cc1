//! CORS: which answers a page of another site may read.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderName, Method};
use axum::middleware::Next;
use axum::response::Response;
use tower::{Layer, ServiceExt};
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

use crate::ticket;

/// The paths that pages of any site may call. They are authorised by custom headers and not by a
/// cookie, so a page cannot use the rights of the person who opened it.
const SHARED: [&str; 2] = ["/api/v1/cashier/", "/api/v1/integration/"];

/// The headers of an answer that a page may read.
const EXPOSED: [HeaderName; 7] = [
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("x-ratelimit-limit"),
    HeaderName::from_static("x-ratelimit-remaining"),
    HeaderName::from_static("x-ratelimit-after"),
    HeaderName::from_static("retry-after"),
    HeaderName::from_static("idempotency-replayed"),
    ticket::HEADER,
];

/// Lets pages of any site call the routes of tills and back offices, and no other routes.
pub(crate) async fn cross_origin(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !SHARED.iter().any(|shared| path.starts_with(shared)) {
        return next.run(request).await;
    }
    let layer = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers(EXPOSED)
        .max_age(Duration::from_hours(24));
    let answered: Result<Response, Infallible> = layer.layer(next).oneshot(request).await;
    answered.unwrap_or_else(|never| match never {})
}
