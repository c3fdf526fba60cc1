//! `GET /api/v1/openapi.json`, and the page that shows it.

use axum::Router;
use axum::http::header;
use axum::routing::get;
use utoipa::openapi::OpenApi;

use crate::app_state::App;
use crate::error::json_text;

mod page;

/// The document and its page, both written once.
pub(crate) fn routes(document: &OpenApi) -> Router<App> {
    let json = document.to_pretty_json().unwrap_or_default();
    let page = page::page(document);
    Router::new()
        .route(
            "/api/v1/openapi.json",
            get(async move || json_text(200, json)),
        )
        .route(
            "/api/docs",
            get(async move || {
                let policy = page::CONTENT_SECURITY_POLICY;
                let kind = "text/html; charset=utf-8";
                let headers = [
                    (header::CONTENT_TYPE, kind),
                    (header::CONTENT_SECURITY_POLICY, policy),
                ];
                (headers, page)
            }),
        )
}
