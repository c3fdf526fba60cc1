//! The server's half: pages as HTML, and the files of the web bundle.

mod bundle;
mod cash;
mod document;
mod files;
mod headers;
mod install;
mod language;

use std::future::{Ready, ready};
use std::path::Path;
use std::sync::Arc;

use any_spawner::Executor;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use leptos::nonce::provide_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::App;
use bundle::Bundle;
pub use bundle::SiteError;
pub(crate) use document::title;

/// The pages and the files they load, ready to be the fallback of the server's own routes.
///
/// `/` is the start page, `/cash` the cashier, `/pkg/*` the bundle (the scanner's files by `/cash/pkg/*`); any other path is a 404 page. On a host whose name
/// begins with `cash.` the start page is the cashier.
///
/// # Errors
/// [`SiteError`] when `site_dir` holds no complete web bundle.
pub fn router(site_dir: &Path) -> Result<Router, SiteError> {
    // Fails only where an earlier router has done it already.
    let _ = Executor::init_tokio();
    let bundle = Arc::new(Bundle::read(site_dir)?);
    // For what browsers show that is no page of ours: JSON, a log.
    let icon = bundle.icon_url();
    let start = start_page(Arc::clone(&bundle));
    let home = async move |request: Request| {
        if is_cash_host(request.headers()) {
            to_cash().into_response()
        } else {
            start(request).await
        }
    };
    let files = files::of_bundle(site_dir);
    Ok(Router::new()
        .route("/", get(home))
        .route("/cash", get(cash_page(Arc::clone(&bundle))))
        .route("/cash/", get(async || to_cash()))
        .merge(install::routes(&bundle))
        .route("/favicon.ico", get(Redirect::temporary(&icon)))
        .nest_service("/pkg", files.clone())
        .nest_service("/cash/pkg", files)
        .fallback(get(not_found_page(bundle))))
}

/// A page handler as Leptos makes them.
trait Page: Fn(Request) -> Answer + Clone + Send + Sync + 'static {}
impl<F: Fn(Request) -> Answer + Clone + Send + Sync + 'static> Page for F {}
type Answer = std::pin::Pin<Box<dyn Future<Output = Response<Body>> + Send>>;

fn start_page(bundle: Arc<Bundle>) -> impl Page {
    leptos_axum::render_app_to_stream_with_context(announce_program(&bundle), move || {
        let language = language::of_page();
        document::start(&bundle, language, view! { <App language /> })
    })
}

/// Rendered in one piece, for nothing in the cashier's page is awaited: a slow phone need not read and run the scripts
/// by which Leptos hands over what comes later.
fn cash_page(bundle: Arc<Bundle>) -> impl Fn(Request) -> Ready<Response<Body>> + Clone {
    let announce = announce_program(&bundle);
    move |request| {
        let owner = Owner::new_root(None);
        let options = ResponseOptions::default();
        let html = owner.with(|| {
            provide_context(request.into_parts().0);
            provide_context(options.clone());
            provide_nonce();
            announce();
            headers::mark_cash();
            cash::document(&bundle, language::of_page()).to_html()
        });
        owner.unset_with_forced_cleanup();
        let mut answer = Html(html).into_response();
        if let Ok(parts) = options.0.read() {
            answer.headers_mut().extend(parts.headers.clone());
        }
        ready(answer)
    }
}

/// The headers of a page that comes alive.
fn announce_program(bundle: &Arc<Bundle>) -> impl Fn() + Clone + Send + Sync + use<> {
    let bundle = Arc::clone(bundle);
    move || {
        headers::announce();
        headers::preload(&bundle);
    }
}

fn not_found_page(bundle: Arc<Bundle>) -> impl Page {
    let context = || {
        headers::announce();
        if let Some(options) = use_context::<ResponseOptions>() {
            options.set_status(StatusCode::NOT_FOUND);
        }
    };
    leptos_axum::render_app_to_stream_with_context(context, move || {
        document::not_found(&bundle, language::of_page())
    })
}

/// The cashier has one address on every host: the one that its worker looks after.
fn to_cash() -> Redirect {
    Redirect::temporary("/cash")
}

/// Whether a browser has asked for a name like `cash.example.tj`.
fn is_cash_host(headers: &HeaderMap) -> bool {
    const PREFIX: &str = "cash.";
    headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| host.get(..PREFIX.len()))
        .is_some_and(|beginning| beginning.eq_ignore_ascii_case(PREFIX))
}
