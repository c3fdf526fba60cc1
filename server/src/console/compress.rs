//! Compression of the pages. Their texts repeat themselves, so a page is sent in a sixth of its
//! bytes, which matters on a slow mobile network.
//!
//! A secret must not be compressed together with text that somebody else can choose: the length of
//! the answer would tell them how much of their text is in the secret (the attack BREACH). A secret
//! is shown once, in answer to a form, so that it is not in the history of the browser. So answers
//! to forms are sent as they are, and so are the page of an invitation, whose address is a secret,
//! and the page with the secret of a new authenticator app.

use app::{admin, panel};
use axum::extract::{MatchedPath, Request};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::Predicate;

/// The effort, from 1 to 9. Above it a page takes longer to compress than its bytes save.
const LEVEL: CompressionLevel = CompressionLevel::Precise(4);

/// Answers shorter than this do not get shorter, in bytes.
const LEAST: u64 = 512;

/// Marks what must not be compressed, for the layer and for proxies on the way (RFC 9111, 5.2.2.6).
const AS_IT_IS: &str = "no-store, no-transform";

/// Marks answers that may contain a secret.
pub(crate) async fn keep_secrets(request: Request, next: Next) -> Response {
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD);
    let secret = [
        panel::urls::Url::Invitation(String::new()).pattern(),
        panel::urls::Url::NewSecondStep.pattern(),
        admin::urls::Url::Invitation(String::new()).pattern(),
        admin::urls::Url::ConnectApp.pattern(),
        admin::urls::Url::AnotherApp.pattern(),
    ];
    let matched = request.extensions().get::<MatchedPath>();
    let is_secret = matched.is_some_and(|path| secret.contains(&path.as_str()));
    let mut response = next.run(request).await;
    if is_secret || !is_page {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(AS_IT_IS));
    }
    response
}

/// Returns the layer that compresses all other texts.
pub(crate) fn layer() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new()
        .quality(LEVEL)
        .compress_when(is_open_text)
}

fn is_open_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let starts = |name, with: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.starts_with(with))
    };
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    starts(header::CONTENT_TYPE, "text/")
        && !starts(header::CACHE_CONTROL, AS_IT_IS)
        && length.is_none_or(|length| length >= LEAST)
}
