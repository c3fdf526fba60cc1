//! The layers around the routes of both consoles, and their files.

use app::page;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use axum::routing::get;

use super::{compress, same_origin};
use crate::app_state::App;

/// Adds the style sheet and the script to the routes of the consoles, and the layers that refuse
/// forms of other sites and compress the pages.
pub(crate) fn guarded(routes: Router<App>) -> Router<App> {
    let style = async || kept("text/css; charset=utf-8", page::STYLE);
    let refresh = async || kept("text/javascript; charset=utf-8", page::REFRESH);
    routes
        .layer(from_fn(same_origin::same_origin))
        .route(page::STYLE_URL, get(style))
        .route(page::REFRESH_URL, get(refresh))
        .layer(from_fn(compress::keep_secrets))
        .layer(compress::layer())
        .method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED.into_response())
}

/// Answers with a file that browsers may keep, because its address changes with its content.
fn kept(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, text)
}
