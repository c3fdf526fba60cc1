//! The answers of the consoles.

use app::console::Console;
use app::console::errors::Failure;
use axum::Extension;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use backend::Error;

use super::cookie;

/// The content security policy of the pages, which load only their style sheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Answers with a page.
pub(crate) fn page(status: StatusCode, html: String) -> Response {
    guarded((status, Html(html)).into_response())
}

/// The policy of the pages that bring themselves up to date by their script.
const LIVE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                           script-src 'self'; connect-src 'self'; form-action 'self'; \
                           base-uri 'none'; frame-ancestors 'none'";

/// Answers with a page that brings itself up to date.
pub(crate) fn live_page(html: String) -> Response {
    let mut response = page(StatusCode::OK, html);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(LIVE_POLICY),
    );
    response
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
    /// The store of the person is suspended.
    Suspended,
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
    /// Answers with a status. [`crate::explain`] adds the page, because it knows the visitor.
    fn into_response(self) -> Response {
        let (status, failure) = match &self {
            Self::NotFound => (StatusCode::NOT_FOUND, Failure::NotFound),
            Self::Forbidden => (StatusCode::FORBIDDEN, Failure::Forbidden),
            Self::Suspended => (StatusCode::FORBIDDEN, Failure::Suspended),
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

/// Returns the answer for a page that does not exist on the host of a console.
pub(crate) fn no_such_page(console: Console) -> Response {
    (Extension(console), Failed::NotFound).into_response()
}
