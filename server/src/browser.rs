//! The headers by which browsers say what a page is and what it has stored.

use axum::http::uri::{Authority, Uri};
use axum::http::{HeaderMap, HeaderName, header};

/// The header that says which site's page sends a request. A page cannot set it.
pub(crate) const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The header by which an operator's proxy says which scheme the browser uses.
pub(crate) const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Returns the value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Returns the origin to which the request was sent: that of the page with the form, or else what
/// the operator's proxy and the host say.
pub(crate) fn own_origin(headers: &HeaderMap) -> String {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(&header::ORIGIN).filter(|origin| {
        let parsed = origin.parse();
        parsed.is_ok_and(|origin| is_host(headers, &origin))
    });
    if let Some(origin) = origin {
        return origin.to_owned();
    }
    let scheme = text(&FORWARDED_PROTO).unwrap_or("http");
    let scheme = if scheme.starts_with("https") {
        "https"
    } else {
        "http"
    };
    format!("{scheme}://{}", text(&header::HOST).unwrap_or_default())
}

/// Returns whether an origin is the host to which the request was sent.
pub(crate) fn is_host(headers: &HeaderMap, origin: &Uri) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| host.parse::<Authority>().ok());
    host.is_some() && origin.authority() == host.as_ref()
}
