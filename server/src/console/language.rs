//! The language of a page: the query's, then the cookie's, then the browser's.

use app::Language;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;

/// Returns the language that a visitor chooses with `?language=`, or else that of the headers.
pub(crate) fn of_request(headers: &HeaderMap, uri: &Uri) -> Language {
    chosen(uri).unwrap_or_else(|| of_headers(headers))
}

/// Returns the language of the cookie, or of the browser.
pub(crate) fn of_headers(headers: &HeaderMap) -> Language {
    app::ssr::language_of(headers)
}

/// Keeps the language that a visitor has chosen with `?language=` in the cookie.
pub(crate) fn keep(mut answer: Response, uri: &Uri) -> Response {
    let cookie = chosen(uri).map(app::ssr::language_cookie);
    if let Some(Ok(cookie)) = cookie.map(HeaderValue::try_from) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

fn chosen(uri: &Uri) -> Option<Language> {
    let pairs = uri
        .query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    let tag = pairs.into_iter().find(|(name, _)| *name == "language")?.1;
    Language::from_tag(tag)
}
