//! The message about what was done, which is shown once.

use app::console::Console;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::cookie;

/// Deletes the cookie of the message with the page that shows it. Redirects and files pass it on.
pub(crate) async fn forget_shown(console: Console, request: Request, next: Next) -> Response {
    let shown = cookie::notice(console).forget(request.headers());
    let mut response = next.run(request).await;
    if let Some(cookie) = shown.filter(|_| is_page(&response)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.map(HeaderValue::as_bytes)
        .is_some_and(|kind| kind.starts_with(b"text/html"))
}
