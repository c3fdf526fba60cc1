//! All URLs of the server.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{any, get, post};
use cashier_api::ErrorCode;
use tower::util::MapRequest;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::admin;
use crate::api::{clients, inventory, probes, receipts, returns, sales, tills};
use crate::app_state::App;
use crate::bot;
use crate::by_host::by_host;
use crate::client;
use crate::console::guarded;
use crate::device;
use crate::docs;
use crate::error::ApiError;
use crate::explain::explain;
use crate::middleware::{
    cross_origin, forgive_slash, observe, panic_answer, read_to_the_end, security_headers,
    time_limit,
};
use crate::openapi::{self, Document};
use crate::panel;
use crate::throttle::throttle;

/// The longest time that a request may take, including reading its body. No normal request takes
/// so long, and a cashier does not wait longer.
const TIME_LIMIT: Duration = Duration::from_secs(30);

const MEBIBYTE: usize = 1024 * 1024;

/// Returns the routes of the whole server: the API and its reference, the probes, the cookie of a
/// device, and `site` for all other paths.
pub fn router(app: App, site: Option<Router>) -> Router {
    let (api, document) = api();
    let document = openapi::complete(document, &app.api_url);
    let api = api
        .merge(client::routes())
        .route(bot::PATH, post(bot::receive))
        .route("/api/v1/{*path}", any(no_such_path))
        .method_not_allowed_fallback(no_such_method);
    let others = docs::routes(&document)
        .route("/api", any(no_such_path))
        .route("/api/", any(no_such_path))
        .route("/api/{*path}", any(no_such_path))
        .route("/healthz", get(probes::alive))
        .route("/readyz", get(probes::ready))
        .route(device::PATH, get(device::show).put(device::keep))
        .merge(guarded(
            panel::routes()
                .merge(admin::routes())
                .merge(client::page_routes()),
        ))
        .method_not_allowed_fallback(no_such_method)
        .fallback_service(site.unwrap_or_default());
    let routes = bounded(others, TIME_LIMIT).merge(throttled(bounded(api, TIME_LIMIT), &app));
    // Around the routes, because a trailing slash must be removed before the path is matched.
    let forgiving = MapRequest::new(protected(routes, app), forgive_slash);
    Router::new().fallback_service(forgiving)
}

/// Returns the route of the counters. It has a separate listener, because the counters are for the
/// operator and not for the public.
pub fn metrics(app: App) -> Router {
    Router::new()
        .route("/metrics", get(probes::metrics))
        .with_state(app)
}

/// Adds an answer for handlers that panic or take longer than `time`.
fn bounded(routes: Router<App>, time: Duration) -> Router<App> {
    routes
        .layer(from_fn_with_state(time, time_limit))
        .layer(CatchPanicLayer::custom(panic_answer))
}

/// Adds the rate limit, whose headers say how many requests the caller has left. It is around
/// [`bounded`], so that the answers to panics and timeouts have these headers too.
fn throttled(routes: Router<App>, app: &App) -> Router<App> {
    routes.layer(from_fn_with_state(app.throttle.clone(), throttle))
}

/// Adds the layers that every request passes through, the outermost last.
fn protected(routes: Router<App>, app: App) -> Router {
    routes
        .layer(from_fn(read_to_the_end))
        .layer(from_fn_with_state(app.clone(), by_host))
        .layer(from_fn_with_state(app.clone(), explain))
        .layer(map_response(security_headers))
        .layer(from_fn(cross_origin))
        .layer(from_fn_with_state(app.clone(), observe))
        .with_state(app)
}

/// Returns the routes of the API and their `OpenAPI` document. A route can only be added together
/// with its description, so the document contains every route.
fn api() -> (Router<App>, OpenApi) {
    let tills = OpenApiRouter::new()
        .routes(routes!(tills::pair_device))
        .routes(routes!(tills::show_session))
        .routes(routes!(clients::look_up_client))
        .routes(routes!(clients::register_client))
        .routes(routes!(sales::record_sale))
        .routes(routes!(sales::redeem_bonuses))
        .routes(routes!(sales::list_past_sales))
        .routes(routes!(returns::calculate_return))
        .routes(routes!(returns::return_goods))
        .routes(routes!(receipts::record_receipt))
        .routes(routes!(receipts::void_receipt))
        .routes(routes!(returns::void_sale))
        .layer(DefaultBodyLimit::max(MEBIBYTE));
    let stores = OpenApiRouter::new()
        .routes(routes!(inventory::sync_inventory))
        .layer(DefaultBodyLimit::max(8 * MEBIBYTE));
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(tills)
        .merge(stores)
        .split_for_parts()
}

/// Returns only the document, for tests.
#[cfg(test)]
pub(crate) fn api_document(api_url: &str) -> serde_json::Value {
    let (_, document) = api();
    openapi::complete(document, api_url)
}

async fn no_such_path() -> ApiError {
    ErrorCode::NotFound.into()
}

async fn no_such_method() -> ApiError {
    ErrorCode::MethodNotAllowed.into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::Body;
    use axum::http::Request;
    use backend::secrets::SecretKey;
    use backend::{Backend, SystemClock};
    use domain::Programme;
    use http_body_util::BodyExt;
    use testkit::{Shop, TestDatabase};
    use tower::ServiceExt;

    use super::*;
    use crate::config::Limits;

    async fn app() -> (App, TestDatabase) {
        let database = TestDatabase::sqlite();
        let key = SecretKey::from_text(&"ab".repeat(32)).unwrap();
        let backend = Backend::open(database.url(), key, Arc::new(SystemClock)).await;
        let app = App::new(backend.unwrap(), Limits::default(), String::new());
        (app, database)
    }

    async fn body_of(response: axum::response::Response) -> String {
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn a_panic_is_answered_with_the_request_id_and_no_details() {
        async fn broken() -> &'static str {
            panic!("a secret")
        }
        let (app, _database) = app().await;
        let handlers = Router::new().route("/broken", get(broken));
        let router = protected(bounded(handlers, TIME_LIMIT), app.clone());
        let request = Request::get("/broken").header("x-request-id", "till-7");
        let response = router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers()["x-request-id"], "till-7");
        assert_eq!(
            response.headers()["content-type"],
            "application/json; charset=utf-8"
        );
        let body = body_of(response).await;
        assert!(body.contains(r#""data":{"request_id":"till-7"}"#), "{body}");
        assert!(!body.contains("secret"), "{body}");
        assert!(
            app.metrics
                .render()
                .contains(r#"bonex_refusals_total{code="internal"} 1"#)
        );
    }

    #[tokio::test]
    async fn a_page_that_panics_is_explained_in_the_visitors_language() {
        async fn broken() -> &'static str {
            panic!("a secret")
        }
        let (app, _database) = app().await;
        let handlers = Router::new().route("/panel/broken", get(broken));
        let router = protected(bounded(handlers, TIME_LIMIT), app);
        let request = Request::get("/panel/broken")
            .header("x-request-id", "page-7")
            .header("accept-language", "en");
        let response = router
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(
            response.headers()["content-type"],
            "text/html; charset=utf-8"
        );
        let body = body_of(response).await;
        assert!(
            body.contains("lang=\"en\"") && body.contains("page-7"),
            "{body}"
        );
        assert!(!body.contains("secret"), "{body}");
    }

    #[tokio::test]
    async fn answers_to_panics_and_timeouts_have_rate_limit_headers() {
        async fn broken() -> &'static str {
            panic!()
        }
        let (app, _database) = app().await;
        let handlers = Router::new()
            .route("/api/v1/broken", get(broken))
            .route("/api/v1/endless", get(std::future::pending::<()>));
        let bounded = bounded(handlers, Duration::from_millis(10));
        let router = protected(throttled(bounded, &app), app);
        for (path, status) in [("/api/v1/broken", 500), ("/api/v1/endless", 503)] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status, "{path}");
            let headers = response.headers();
            for name in ["x-ratelimit-limit", "x-ratelimit-remaining"] {
                assert!(headers.contains_key(name), "{path}: {name}");
            }
        }
    }

    #[tokio::test]
    async fn unknown_paths_and_methods_are_refused_in_json_under_api_only() {
        let (app, _database) = app().await;
        let site = Router::new().fallback(async || "a page");
        let router = router(app, Some(site));
        for (method, path, status, shown) in [
            ("GET", "/api", 404, "not_found"),
            ("GET", "/api/", 404, "not_found"),
            ("PUT", "/api/v1/cashier/nothing", 404, "not_found"),
            ("GET", "/api/v1/cashier/client", 404, "not_found"),
            ("GET", "/api/v1/cashier/sale", 405, "method_not_allowed"),
            ("POST", "/healthz", 405, "method_not_allowed"),
            ("GET", "/metrics", 200, "a page"),
            ("GET", "/apis", 200, "a page"),
        ] {
            let request = Request::builder().method(method).uri(path);
            let request = request.body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status, "{method} {path}");
            assert_eq!(
                response.headers().contains_key("allow"),
                status == 405,
                "{path}"
            );
            assert!(response.headers().contains_key("content-security-policy"));
            let body = body_of(response).await;
            assert!(body.contains(shown), "{method} {path}: {body}");
        }
    }

    #[tokio::test]
    async fn a_body_over_its_limit_is_not_read() {
        let (app, database) = app().await;
        let shop = Shop::open(&database, Programme::default()).await;
        let router = router(app, None);
        let request = Request::post("/api/v1/cashier/sale")
            .header("x-tenant-token", &shop.tenant_token)
            .header("x-cashier-token", &shop.cashier_token)
            .header("x-device-id", "till-pc")
            .body(Body::from(" ".repeat(MEBIBYTE + 1)));
        let response = router.oneshot(request.unwrap()).await.unwrap();
        assert_eq!(response.status(), 413);
        assert!(body_of(response).await.contains("body_too_large"));
    }
}
