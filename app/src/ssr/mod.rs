//! The server's part: the pages as HTML, and the files of the web bundle.

mod bundle;
mod cash;
mod document;
mod files;
mod headers;
mod install;
mod language;
mod raw_text;

use std::future::{Ready, ready};
use std::path::Path;
use std::sync::Arc;

use any_spawner::Executor;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Response, StatusCode};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use leptos::nonce::provide_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::App;
use bundle::Bundle;
pub use bundle::SiteError;
pub use language::{asked as language_of, cookie as language_cookie};
pub(crate) use raw_text::{textarea, title};

/// Returns the routes of the pages and their files, to be used as the fallback of the server's own
/// routes.
///
/// `/` is the start page, `/cash` the cashier, `/pkg/*` the bundle (the scanner's files are loaded
/// from `/cash/pkg/*`). Any other path is a 404 page.
///
/// # Errors
/// Returns a [`SiteError`] if `site_dir` contains no complete web bundle.
pub fn router(site_dir: &Path) -> Result<Router, SiteError> {
    // Fails only if an earlier router has initialized the executor already.
    let _ = Executor::init_tokio();
    let bundle = Arc::new(Bundle::read(site_dir)?);
    // The icon of answers that are not our pages: JSON, a log.
    let icon = bundle.icon_url();
    let files = files::of_bundle(site_dir);
    Ok(Router::new()
        .route("/", get(start_page(Arc::clone(&bundle))))
        .route("/cash", get(cash_page(Arc::clone(&bundle))))
        .route("/cash/", get(async || to_cash()))
        .merge(install::routes(&bundle))
        .route("/favicon.ico", get(Redirect::temporary(&icon)))
        .nest_service("/pkg", files.clone())
        .nest_service("/cash/pkg", files)
        .fallback(get(not_found_page(bundle))))
}

/// A page handler, as Leptos makes them.
trait Page: Fn(Request) -> Answer + Clone + Send + Sync + 'static {}
impl<F: Fn(Request) -> Answer + Clone + Send + Sync + 'static> Page for F {}
type Answer = std::pin::Pin<Box<dyn Future<Output = Response<Body>> + Send>>;

fn start_page(bundle: Arc<Bundle>) -> impl Page {
    leptos_axum::render_app_to_stream_with_context(announce_program(&bundle), move || {
        let language = language::of_page();
        document::start(&bundle, language, view! { <App language /> })
    })
}

/// Serves the cashier's page. It is rendered in one piece, because it awaits nothing: a slow phone
/// then need not run the scripts with which Leptos streams later parts.
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

/// Adds the headers of a page that runs the program.
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

/// Redirects to the cashier. It has the same address on every host, because its service worker
/// handles only that one.
fn to_cash() -> Redirect {
    Redirect::temporary("/cash")
}
