//! Serves on the host name of a part of Bonex only this part.

use app::console::Console;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use cashier_api::ErrorCode;

use crate::app_state::App;
use crate::console::no_such_page;
use crate::error::ApiError;
use crate::hosts::Surface;

/// Passes a request on if its host serves its path. `/` leads to the part of its host.
pub(crate) async fn by_host(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(surface) = app.hosts.of_request(request.headers()) else {
        return next.run(request).await;
    };
    let path = request.uri().path();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if path == "/" && is_read {
        Redirect::temporary(surface.home()).into_response()
    } else if surface.serves(path) {
        next.run(request).await
    } else {
        match surface {
            Surface::Panel => no_such_page(Console::Panel),
            Surface::Admin => no_such_page(Console::Admin),
            Surface::Cash => StatusCode::NOT_FOUND.into_response(),
            Surface::Api => ApiError::from(ErrorCode::NotFound).into_response(),
        }
    }
}
