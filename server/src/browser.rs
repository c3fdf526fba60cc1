//! The headers by which browsers say what a page is and what it has stored.

use axum::http::uri::{Authority, Uri};
use axum::http::{HeaderMap, HeaderName, header};

/// The header that says which site's page sends a request. A page cannot set it.
pub(crate) const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

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

/// Returns whether an origin is the host to which the request was sent.
pub(crate) fn is_host(headers: &HeaderMap, origin: &Uri) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| host.parse::<Authority>().ok());
    host.is_some() && origin.authority() == host.as_ref()
}
