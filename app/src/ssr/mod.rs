//! The server's half: pages as HTML, and the files of the web bundle.

mod bundle;
mod document;
mod policy;

use std::path::Path;
use std::sync::Arc;

use any_spawner::Executor;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use axum::response::Redirect;
use axum::routing::get;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use bundle::Bundle;
pub use bundle::SiteError;
use document::{document, not_found};

/// The pages and the files they load, ready to be the fallback of the server's own routes.
///
/// `/` is the start page, `/pkg/*` the bundle; any other path is a 404 page.
///
/// # Errors
/// [`SiteError`] when `site_dir` holds no complete web bundle.
pub fn router(site_dir: &Path) -> Result<Router, SiteError> {
    // Fails only where an earlier router has done it already.
    let _ = Executor::init_tokio();
    let bundle = Arc::new(match std::env::var("LEPTOS_OUTPUT_NAME") {
        Ok(name) => Bundle::of_cargo_leptos(&name),
        Err(_) => Bundle::read(site_dir)?,
    });
    // For what browsers show that is no page of ours: JSON, a log.
    let icon = format!("/pkg/{}", bundle.icon);
    let files = ServeDir::new(site_dir.join("pkg"))
        .precompressed_br()
        .precompressed_gzip();
    Ok(Router::new()
        .route("/", get(start_page(Arc::clone(&bundle))))
        .route("/favicon.ico", get(Redirect::temporary(&icon)))
        .nest_service("/pkg", with_lifetime(files, bundle.named_by_content))
        .fallback(get(not_found_page(bundle))))
}

/// A page handler as Leptos makes them.
trait Page: Fn(Request<Body>) -> Answer + Clone + Send + Sync + 'static {}
impl<F: Fn(Request<Body>) -> Answer + Clone + Send + Sync + 'static> Page for F {}
type Answer = std::pin::Pin<Box<dyn Future<Output = Response<Body>> + Send>>;

fn start_page(bundle: Arc<Bundle>) -> impl Page {
    leptos_axum::render_app_to_stream_with_context(policy::announce, move || {
        document(&bundle, crate::App())
    })
}

fn not_found_page(bundle: Arc<Bundle>) -> impl Page {
    let context = || {
        policy::announce();
        if let Some(options) = use_context::<ResponseOptions>() {
            options.set_status(StatusCode::NOT_FOUND);
        }
    };
    leptos_axum::render_app_to_stream_with_context(context, move || not_found(&bundle))
}

/// Who has a file whose name tells its content need never ask again; others must ask each time.
fn with_lifetime(files: ServeDir, named_by_content: bool) -> Router {
    let lifetime = HeaderValue::from_static(if named_by_content {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    });
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
}
