//! The client API: what the app of a store's clients calls, and their own pages. A client sees
//! nothing but their own account in one store.

mod account;
mod caller;
mod failures;
mod pages;
mod session;
mod sign_in;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app_state::App;

/// The most bytes of a request.
const MOST_BYTES: usize = 16 * 1024;

/// Returns the routes of the clients' own pages.
pub(crate) fn page_routes() -> Router<App> {
    use app::client as url;
    Router::new()
        .route(url::HOME, get(pages::show_home))
        .route(url::CODE, post(pages::ask_code))
        .route(url::SIGN_IN, post(pages::sign_in))
        .route(url::HISTORY, get(pages::show_history))
        .route(
            url::PREFERENCES,
            get(pages::show_preferences).post(pages::save_preferences),
        )
        .route(url::NOT_ME, post(pages::disconnect_telegram))
        .route(url::SIGN_OUT, post(pages::sign_out))
}

/// Returns the routes of the client API.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/client/otp/request", post(sign_in::ask_code))
        .route("/api/v1/client/otp/verify", post(sign_in::verify_code))
        .route("/api/v1/client/sign-out", post(sign_in::sign_out))
        .route("/api/v1/client/me", get(account::show_me))
        .route("/api/v1/client/history", get(account::show_history))
        .route("/api/v1/client/devices", post(account::register_device))
        .route(
            "/api/v1/client/devices/forget",
            post(account::forget_device),
        )
        .route(
            "/api/v1/client/preferences",
            get(account::show_preferences).post(account::save_preferences),
        )
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}
