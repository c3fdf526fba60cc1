//! The answers of the panel.

use app::panel::errors::{self, Failure};
use app::panel::notices::Done;
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use backend::Error;

use super::session::SignedIn;
use super::{cookie, language};
use crate::app_state::App;
use crate::error::FailureCode;
use crate::middleware::RequestId;

/// The content security policy of the pages, which load only their style sheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Answers with a page.
pub(super) fn page(status: StatusCode, html: String) -> Response {
    guarded((status, Html(html)).into_response())
}

/// Adds the headers that restrict what a browser does with an answer.
pub(super) fn guarded(mut response: Response) -> Response {
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
pub(super) fn see_other(url: impl std::fmt::Display) -> Response {
    Redirect::to(&url.to_string()).into_response()
}

/// Answers as [`see_other`], and shows on the next page that something was done.
pub(super) fn done(headers: &HeaderMap, url: impl std::fmt::Display, done: Done) -> Response {
    let mut response = see_other(url);
    if let Some(cookie) = cookie::NOTICE.set(headers, done.code()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A reason why there is no page.
#[derive(Debug)]
pub(super) enum Failed {
    /// There is no such thing in this store.
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

/// Explains a failure of the panel in the language of the visitor, also a panic and a request that
/// took too long. A person who is signed in stays in the frame of the panel. A failure of the
/// server is named by the id of the request, which the log has too.
pub(crate) async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let is_page = path == "/panel" || path.starts_with("/panel/");
    let language = language::of_headers(&parts.headers);
    let id = parts.extensions.get::<RequestId>().cloned();
    let visitor = is_page.then(|| parts.clone());
    let response = next.run(Request::from_parts(parts, body)).await;
    let Some((status, failure)) = failure_of(&response, is_page) else {
        return response;
    };
    let id = id.filter(|_| status.is_server_error()).map(|id| id.0);
    // A database that is away would not find the person either.
    let visitor = visitor.filter(|_| failure != Failure::Unavailable);
    let html = match visitor {
        Some(parts) => match SignedIn::find(&parts, &app).await {
            Ok(Some(person)) => {
                errors::html(&person.chrome(&parts.headers), failure, id.as_deref())
            }
            _ => errors::alone(language, failure, id.as_deref()),
        },
        None => errors::alone(language, failure, id.as_deref()),
    };
    let mut answer = page(status, html);
    // The line of the log keeps the code of the failure.
    if let Some(code) = response.extensions().get::<FailureCode>() {
        answer.extensions_mut().insert(*code);
    }
    answer
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
