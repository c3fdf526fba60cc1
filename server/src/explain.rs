//! The pages that explain failures of the consoles.

use app::console::Console;
use app::console::errors::{self as alone, Failure};
use app::panel::errors;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;

use crate::app_state::App;
use crate::console::answer::page;
use crate::console::language;
use crate::console::person::Person as _;
use crate::error::FailureCode;
use crate::hosts::Surface;
use crate::middleware::RequestId;
use crate::panel::SignedIn;

/// Explains a failure of a console in the language of the visitor, also a panic and a request that
/// took too long. A person of a store who is signed in stays in the frame of the panel. A failure
/// of the server is named by the id of the request, which the log has too.
pub(crate) async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let console = of_path(parts.uri.path());
    let visitor = console.map(|_| parts.clone());
    let language = language::of_headers(&parts.headers);
    let id = parts.extensions.get::<RequestId>().cloned();
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some((status, failure)) = failure_of(&response, console.is_some()) else {
        return response;
    };
    let id = id.filter(|_| status.is_server_error()).map(|id| id.0);
    let of_host = response.extensions().get::<Console>().copied();
    let console = of_host.or(console).unwrap_or(Console::Panel);
    let framed = match visitor {
        // A database that is away would not find the person either.
        Some(parts) if console == Console::Panel && failure != Failure::Unavailable => {
            in_frame(&app, &parts, failure, id.as_deref()).await
        }
        _ => None,
    };
    let html = framed.unwrap_or_else(|| alone::alone(console, language, failure, id.as_deref()));
    let mut answer = page(status, html);
    // The line of the log keeps the code of the failure.
    if let Some(code) = response.extensions().get::<FailureCode>() {
        answer.extensions_mut().insert(*code);
    }
    answer
}

async fn in_frame(app: &App, parts: &Parts, failure: Failure, id: Option<&str>) -> Option<String> {
    let person = SignedIn::find(parts, app).await.ok()??;
    Some(errors::html(&person.chrome(&parts.headers), failure, id))
}

/// Returns the status and the reason of an answer that has no page of its own.
fn failure_of(response: &Response, is_page: bool) -> Option<(StatusCode, Failure)> {
    let status = response.status();
    if let Some(failure) = response.extensions().get::<Failure>() {
        return Some((status, *failure));
    }
    let is_failed = response.extensions().get::<FailureCode>().is_some();
    match status {
        _ if !is_page => None,
        StatusCode::INTERNAL_SERVER_ERROR if is_failed => Some((status, Failure::Failed)),
        StatusCode::SERVICE_UNAVAILABLE if is_failed => Some((status, Failure::Unavailable)),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Some((status, Failure::NotFound)),
        // An address that cannot be read, such as one with a text in place of a number.
        StatusCode::BAD_REQUEST => Some((StatusCode::NOT_FOUND, Failure::NotFound)),
        _ => None,
    }
}

/// Returns the console to which a path belongs.
fn of_path(path: &str) -> Option<Console> {
    match Surface::of_path(path)? {
        Surface::Panel => Some(Console::Panel),
        Surface::Admin => Some(Console::Admin),
        Surface::Cash | Surface::Api => None,
    }
}
