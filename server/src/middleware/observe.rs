//! The id of a request, its line in the log, its counters, and its place among the last requests of
//! its till.
//!
//! No tokens and no phones are written to the log: it contains no headers and no URIs, only the
//! pattern of the route.

use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use cashier_api::{ErrorCode, Failure};
use serde::Serialize;
use tracing::Instrument;
use tracing::field::Empty;

use crate::activity::{self, Did};
use crate::app_state::App;
use crate::error::FailureCode;
use crate::live::{LiveRequest, Sender, SentBy};
use crate::ticket::{self, Browser};

const REQUEST_ID: &str = "x-request-id";
const MAX_REQUEST_ID: usize = 64;

/// The id of a request, among its extensions.
#[derive(Clone)]
pub(crate) struct RequestId(pub(crate) String);

/// Gives a request an id, logs it, counts it, and keeps it if a till has sent it.
pub(crate) async fn observe(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let sender = Sender::default();
    request.extensions_mut().insert(sender.clone());
    let sent_by = SentBy::of(request.headers());
    let prefix = app.throttle.prefix_of(&request);
    let browser = Browser::of(request.headers(), sent_by.is_web_till());
    let id = request_id(request.headers());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = method_name(request.method());
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("other", MatchedPath::as_str);
    let span = tracing::info_span!(
        "request",
        request_id = id,
        method,
        route,
        tenant_id = Empty,
        till_id = Empty
    );
    let mut response = next.run(request).instrument(span.clone()).await;

    let code = response
        .extensions()
        .get::<FailureCode>()
        .map(|code| code.0);
    if code == Some(ErrorCode::Internal.as_str()) {
        response = name_failed_request(response, &id);
    }
    if let Ok(id) = HeaderValue::try_from(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    if let Some(next) = sender.ticket() {
        ticket::give(next, browser, response.headers_mut());
    }
    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.metrics.answered(method, route, status, took);
    if let Some(code) = code {
        app.metrics.refused(code);
    }
    if let (Some(till), Some(matched)) = (sender.till(), &matched) {
        let answer = (response.extensions().get::<Did>(), code);
        let now = app.backend.clock.now();
        let event = activity::event(&app.backend, till, &sent_by, prefix, answer, now);
        app.activity.record(till, event);
        let request = LiveRequest {
            at: now,
            method,
            route: matched.as_str().into(),
            status,
            code,
            millis: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            program: None,
        };
        app.keep_request(till, request, &sent_by);
    }
    let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(status, code, microseconds, "answered"));
    response
}

/// Returns the id that the caller has sent, if it is fit for a log, otherwise a new one.
fn request_id(headers: &HeaderMap) -> String {
    let fit = |id: &&str| {
        (1..=MAX_REQUEST_ID).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    headers
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .filter(fit)
        .map_or_else(|| uuid::Uuid::new_v4().simple().to_string(), str::to_owned)
}

/// Returns the name of a usual method, otherwise "other": a caller must not be able to create new
/// counters with invented methods.
fn method_name(method: &Method) -> &'static str {
    const USUAL: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    USUAL
        .into_iter()
        .find(|usual| *usual == method.as_str())
        .unwrap_or("other")
}

#[derive(Serialize)]
struct FailedRequest<'a> {
    request_id: &'a str,
}

/// Adds the id of the request to an internal failure in JSON, so that the failure can be found in
/// the log. A page has it already.
fn name_failed_request(response: Response, id: &str) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let failure = Failure::new(ErrorCode::Internal).with_data(&FailedRequest { request_id: id });
    let Ok(text) = serde_json::to_string(&failure) else {
        return response;
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_unfit_for_a_log_is_replaced() {
        let id_for = |given: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, HeaderValue::from_static(given));
            request_id(&headers)
        };
        assert_eq!(id_for("till-7_2026.1"), "till-7_2026.1");
        for given in ["", "a b", "a\"b", &"x".repeat(65)] {
            let given: &'static str = String::from(given).leak();
            assert_eq!(id_for(given).len(), 32, "{given}");
        }
    }

    #[test]
    fn invented_methods_share_one_counter() {
        assert_eq!(method_name(&Method::POST), "POST");
        assert_eq!(method_name(&Method::from_bytes(b"BREW").unwrap()), "other");
    }
}
