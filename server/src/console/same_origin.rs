//! Refuses changes that a page of another site asks for (OWASP, "Cross-Site Request Forgery
//! Prevention": Fetch Metadata and Origin).

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::Failed;
use crate::browser::{SEC_FETCH_SITE, is_host};

/// Passes a request on if it changes nothing or comes from a page of this server.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    if is_allowed(request.method(), request.headers()) {
        next.run(request).await
    } else {
        Failed::ForeignRequest.into_response()
    }
}

fn is_allowed(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return true;
    }
    // `none` is a person, such as one who reloads the answer.
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    let origin = headers.get(header::ORIGIN);
    let origin = origin.and_then(|origin| origin.to_str().ok()?.parse().ok());
    origin.is_some_and(|origin| is_host(headers, &origin))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn allowed(method: &Method, sent: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.append(HeaderName::from_static(name), value.parse().unwrap());
        }
        is_allowed(method, &headers)
    }

    #[test]
    fn only_pages_of_this_server_change_anything() {
        let host = ("host", "panel.example.tj");
        let own = ("origin", "https://panel.example.tj");
        let other = ("origin", "https://evil.example");
        let site = |value| ("sec-fetch-site", value);
        let table: [(&[_], bool); 13] = [
            (&[host, site("same-origin")], true),
            (&[host, site("none")], true),
            (&[host, site("same-origin"), other], true),
            (&[host, site("cross-site")], false),
            (&[host, site("same-site"), own], false),
            (&[host, site("cross-site"), own], false),
            (&[host, site("")], false),
            (&[host, own], true),
            (&[host, other], false),
            (&[host, ("origin", "null")], false),
            (&[host, ("origin", "https://panel.example.tj:8443")], false),
            (&[own], false),
            (&[host], false),
        ];
        for (sent, expected) in table {
            assert_eq!(allowed(&Method::POST, sent), expected, "{sent:?}");
            assert!(allowed(&Method::GET, sent), "{sent:?}");
        }
        assert!(!allowed(&Method::DELETE, &[host]));
    }
}
