//! The layers around the routes of both consoles, and their style sheet.

use app::page;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use axum::routing::get;

use super::{compress, same_origin};
use crate::app_state::App;

/// Adds the style sheet to the routes of the consoles, and the layers that refuse forms of other
/// sites and compress the pages.
pub(crate) fn guarded(routes: Router<App>) -> Router<App> {
    let style = async || {
        let headers = [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            // The address changes with the content.
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ];
        (headers, page::STYLE)
    };
    routes
        .layer(from_fn(same_origin::same_origin))
        .route(page::STYLE_URL, get(style))
        .layer(from_fn(compress::keep_secrets))
        .layer(compress::layer())
        .method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED.into_response())
}
