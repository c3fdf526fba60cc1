//! Refuses changes that a page of another site asks for (OWASP, "Cross-Site Request Forgery
//! Prevention": Fetch Metadata and Origin).

use axum::extract::Request;
use axum::http::uri::{Authority, Uri};
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Passes a request on if it changes nothing or comes from a page of this server.
pub(super) async fn same_origin(request: Request, next: Next) -> Response {
    if is_allowed(request.method(), request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn is_allowed(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return true;
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // A page cannot set this header. `none` is a person, such as one who reloads the answer.
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    let origin = text(header::ORIGIN).and_then(|origin| origin.parse::<Uri>().ok());
    let host = text(header::HOST).and_then(|host| host.parse::<Authority>().ok());
    let origin = origin.as_ref().and_then(Uri::authority);
    origin.is_some() && origin == host.as_ref()
}

#[cfg(test)]
mod tests {
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
