//! The answers of the consoles.

use app::console::Console;
use app::console::errors::{self, Failure};
use axum::Extension;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use backend::Error;

use super::{cookie, language};
use crate::error::FailureCode;
use crate::hosts::Surface;
use crate::middleware::RequestId;

/// The content security policy of the pages, which load only their style sheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Answers with a page.
pub(crate) fn page(status: StatusCode, html: String) -> Response {
    guarded((status, Html(html)).into_response())
}

/// Adds the headers that restrict what a browser does with an answer.
pub(crate) fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    // Without a referrer browsers send `Origin: null` with the page's own forms.
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    response
}

/// Answers a form that has changed something, so that a reload does not send it again.
pub(crate) fn see_other(url: impl std::fmt::Display) -> Response {
    Redirect::to(&url.to_string()).into_response()
}

/// Answers as [`see_other`], and shows on the next page the message with this code.
pub(crate) fn done(
    headers: &HeaderMap,
    console: Console,
    url: impl std::fmt::Display,
    code: &str,
) -> Response {
    let mut response = see_other(url);
    if let Some(cookie) = cookie::notice(console).set(headers, code) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A reason why there is no page.
#[derive(Debug)]
pub(crate) enum Failed {
    /// There is no such thing, or not for this person.
    NotFound,
    /// The person may not do this.
    Forbidden,
    /// A page of another site asks for a change.
    ForeignRequest,
    /// The link was used, cancelled, or is too old.
    LinkEnded,
    /// The form cannot be read.
    Unreadable,
    /// A file could not be written.
    File(String),
    /// The server or its database failed.
    Broken(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

impl IntoResponse for Failed {
    /// Answers with a status. [`explain`] adds the page, because it knows the visitor.
    fn into_response(self) -> Response {
        let (status, failure) = match &self {
            Self::NotFound => (StatusCode::NOT_FOUND, Failure::NotFound),
            Self::Forbidden => (StatusCode::FORBIDDEN, Failure::Forbidden),
            Self::ForeignRequest => (StatusCode::FORBIDDEN, Failure::ForeignRequest),
            Self::LinkEnded => (StatusCode::NOT_FOUND, Failure::LinkEnded),
            Self::Unreadable => (StatusCode::BAD_REQUEST, Failure::Failed),
            Self::File(error) => {
                tracing::error!(error, "a file was not written");
                (StatusCode::INTERNAL_SERVER_ERROR, Failure::Failed)
            }
            Self::Broken(error) => {
                tracing::error!(%error, "a page failed");
                match error.outage() {
                    Some(_) => (StatusCode::SERVICE_UNAVAILABLE, Failure::Unavailable),
                    None => (StatusCode::INTERNAL_SERVER_ERROR, Failure::Failed),
                }
            }
        };
        (status, Extension(failure)).into_response()
    }
}

/// Explains a failure of a console in the language of the visitor, also a panic and a request that
/// took too long. A failure of the server is named by the id of the request, which the log has too.
pub(crate) async fn explain(request: Request, next: Next) -> Response {
    let console = of_path(request.uri().path());
    let language = language::of_headers(request.headers());
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    let own = response.extensions().get::<Failure>().copied();
    let of_server = || {
        let is_failed = console.is_some() && response.extensions().get::<FailureCode>().is_some();
        match status {
            StatusCode::INTERNAL_SERVER_ERROR if is_failed => Some(Failure::Failed),
            StatusCode::SERVICE_UNAVAILABLE if is_failed => Some(Failure::Unavailable),
            _ => None,
        }
    };
    let Some(failure) = own.or_else(of_server) else {
        return response;
    };
    let id = id.filter(|_| status.is_server_error()).map(|id| id.0);
    let of_host = response.extensions().get::<Console>().copied();
    let console = of_host.or(console).unwrap_or(Console::Panel);
    let html = errors::alone(console, language, failure, id.as_deref());
    let mut answer = page(status, html);
    // The line of the log keeps the code of the failure.
    if let Some(code) = response.extensions().get::<FailureCode>() {
        answer.extensions_mut().insert(*code);
    }
    answer
}

/// Returns the console to which a path belongs.
fn of_path(path: &str) -> Option<Console> {
    match Surface::of_path(path)? {
        Surface::Panel => Some(Console::Panel),
        Surface::Admin => Some(Console::Admin),
        Surface::Cash | Surface::Api => None,
    }
}

/// Returns the answer for a page that does not exist on the host of a console.
pub(crate) fn no_such_page(console: Console) -> Response {
    (Extension(console), Failed::NotFound).into_response()
}
