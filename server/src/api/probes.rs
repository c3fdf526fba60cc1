//! The handlers for operators: liveness, readiness and counters.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::app_state::App;

#[derive(Serialize)]
struct Health {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<&'static str>,
}

/// Answers 200 while the process runs.
pub(crate) async fn alive() -> Response {
    let health = Health {
        status: "ok",
        database: None,
    };
    Json(health).into_response()
}

/// Answers 200 if the database accepts writes, otherwise 503. The result may be a second old.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let (code, status) = if app.readiness.ask(&app.backend).await {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    };
    let health = Health {
        status,
        database: Some(app.backend.db.engine_name()),
    };
    (code, Json(health)).into_response()
}

/// Answers with the counters for Prometheus.
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.metrics.render()).into_response()
}
