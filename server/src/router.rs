//! Every URL of the server.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{any, get};
use cashier_api::ErrorCode;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::{client, inventory, probes, receipt, returns, sale, session};
use crate::app_state::App;
use crate::docs;
use crate::error::ApiError;
use crate::middleware::{observe, panic_answer, security_headers, time_limit};
use crate::openapi::{self, Document};
use crate::throttle::{CallerKind, Throttle};

const MEBIBYTE: usize = 1024 * 1024;

/// The whole server: the API, the probes, and `site` for every path that is none of theirs.
///
pub fn router(app: App, site: Option<Router>) -> Router {
    let (api, document) = api(&app.throttle);
    let document = openapi::complete(document, &app.api_url);
    api.merge(docs::routes(&document))
        .route("/api", any(no_such_path))
        .route("/api/", any(no_such_path))
        .route("/api/{*path}", any(no_such_path))
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready))
        .route("/metrics", get(probes::metrics))
        .method_not_allowed_fallback(no_such_method)
        .fallback_service(site.unwrap_or_default())
        .layer(from_fn(time_limit))
        .layer(CatchPanicLayer::custom(panic_answer))
        .layer(map_response(security_headers))
        .layer(from_fn_with_state(app.clone(), observe))
        .with_state(app)
}

/// The routes of the API. They can only be added together with their description, so the
/// `OpenAPI` document cannot lack one.
fn api(throttle: &Throttle) -> (Router<App>, OpenApi) {
    let tills = OpenApiRouter::new()
        .routes(routes!(session::show))
        .routes(routes!(client::find))
        .routes(routes!(client::register))
        .routes(routes!(sale::sell))
        .routes(routes!(sale::redeem))
        .routes(routes!(returns::calculate))
        .routes(routes!(returns::take_back))
        .routes(routes!(receipt::record))
        .layer(DefaultBodyLimit::max(MEBIBYTE))
        .route_layer(throttle.layer(CallerKind::Till));
    let stores = OpenApiRouter::new()
        .routes(routes!(inventory::sync))
        .layer(DefaultBodyLimit::max(8 * MEBIBYTE))
        .route_layer(throttle.layer(CallerKind::Store));
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(tills)
        .merge(stores)
        .split_for_parts()
}

/// The document alone, for a test.
#[cfg(test)]
pub(crate) fn api_document(api_url: &str) -> serde_json::Value {
    let limits = crate::config::Limits::default();
    let (_, document) = api(&Throttle::new(limits));
    openapi::complete(document, api_url)
}

async fn no_such_path() -> ApiError {
    ErrorCode::NotFound.into()
}

async fn no_such_method() -> ApiError {
    ErrorCode::MethodNotAllowed.into()
}
