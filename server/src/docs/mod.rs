//! `GET /api/v1/openapi.json`, and the page that shows this document.

mod example;
mod reference;

use app::api_page;
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::Value;

use crate::app_state::App;
use crate::error::json_text;

/// The content security policy of the page, which loads only its style.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; \
                           form-action 'none'; frame-ancestors 'none'";

/// Returns the routes of the document and its page. Both are rendered only once.
pub(crate) fn routes(document: &Value) -> Router<App> {
    let json = format!("{document:#}");
    let page = api_page::html(reference::read(document));
    let show_page = async move || {
        let kind = "text/html; charset=utf-8";
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
        ];
        (headers, page.clone()).into_response()
    };
    let show_style = async || {
        let kind = "text/css; charset=utf-8";
        ([(header::CONTENT_TYPE, kind)], api_page::STYLE)
    };
    Router::new()
        .route(
            "/api/v1/openapi.json",
            get(async move || json_text(200, json.clone())),
        )
        .route("/api/docs", get(show_page))
        .route(api_page::STYLE_URL, get(show_style))
}
