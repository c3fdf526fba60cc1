//! The files of the web bundle, under `/pkg/`.

use std::path::Path;

use axum::Router;
use axum::http::{HeaderValue, Response, header};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use super::headers;

/// Serves the bundle in `site_dir`, compressed if the browser accepts it.
pub(super) fn of_bundle(site_dir: &Path) -> Router {
    let files = ServeDir::new(site_dir.join("pkg"))
        .precompressed_br()
        .precompressed_gzip();
    // The name of a file changes with its content, so browsers need not check for changes.
    let lifetime = HeaderValue::from_static("public, max-age=31536000, immutable");
    let of_success = move |response: &Response<_>| {
        let success = response.status().is_success();
        success.then(|| lifetime.clone())
    };
    Router::new()
        .fallback_service(files)
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            of_success,
        ))
        .layer(SetResponseHeaderLayer::overriding(
            header::CONTENT_SECURITY_POLICY,
            of_script,
        ))
}

/// Returns the policy for a script: it may be started as a worker, and then runs under the policy
/// of its own answer.
fn of_script<B>(response: &Response<B>) -> Option<HeaderValue> {
    let media_type = response.headers().get(header::CONTENT_TYPE)?;
    let is_script = media_type.as_bytes().starts_with(b"text/javascript");
    is_script.then_some(HeaderValue::from_static(headers::OF_WORKERS))
}
