//! A copy of the web cashier's device id in a cookie.
//!
//! Browsers delete data that a page has stored long before a cookie that a server has set, and a
//! till without its device id is refused.

use axum::extract::Request;
use axum::http::uri::Uri;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::browser::{SEC_FETCH_SITE, cookie, is_host};

/// The path at which a page reads and stores the device id.
pub(crate) const PATH: &str = "/cash/device";

const COOKIE: &str = "bonex_device";
/// The longest time that browsers keep a cookie, 400 days. Each start of the till restarts it.
const LIFETIME_SECONDS: u32 = 400 * 24 * 60 * 60;
/// The maximum length of an `X-Device-Id`.
const MAX_LENGTH: usize = 128;

/// Answers with the id in this browser's cookie: 200 and its text, or 204 if there is no id.
pub(crate) async fn show(headers: HeaderMap) -> Response {
    if Origin::of(&headers) == Origin::Foreign {
        return StatusCode::FORBIDDEN.into_response();
    }
    match kept(&headers) {
        Some(device) => {
            let text = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (text, device.to_owned()).into_response()
        }
        None => StatusCode::NO_CONTENT.into_response(),
    }
}

/// Stores the id from the body in a cookie.
pub(crate) async fn keep(request: Request) -> Response {
    let Origin::Own { is_secure } = Origin::of(request.headers()) else {
        return StatusCode::FORBIDDEN.into_response();
    };
    let body = axum::body::to_bytes(request.into_body(), MAX_LENGTH).await;
    let body = body.unwrap_or_default();
    let Some(device) = std::str::from_utf8(&body)
        .ok()
        .filter(|text| is_device(text))
    else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let secure = if is_secure { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE}={device}; Path={PATH}; Max-Age={LIFETIME_SECONDS}; HttpOnly; SameSite=Strict{secure}"
    );
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response()
}

fn kept(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, COOKIE).filter(|device| is_device(device))
}

/// Checks whether `text` is an id that fits into a cookie and into a header without encoding.
fn is_device(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=MAX_LENGTH).contains(&text.len()) && text.bytes().all(is_plain)
}

/// The page that sent a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Origin {
    /// A page of this server.
    Own {
        /// `true` if the page was loaded over HTTPS, even if a proxy forwards the request as HTTP.
        is_secure: bool,
    },
    /// A page of another site.
    Foreign,
    /// Unknown. A browser omits `Origin` when a page reads from its own server.
    Unknown,
}

impl Origin {
    fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let origin = text(header::ORIGIN).map(str::parse::<Uri>);
        // A page cannot set this header. It is right even if a proxy changes `Host`.
        let fetch_site = text(SEC_FETCH_SITE).map(|site| site == "same-origin");
        let is_own = match (&origin, fetch_site) {
            (_, Some(is_own)) => is_own,
            (Some(Ok(origin)), None) => is_host(headers, origin),
            (Some(Err(_)), None) => false,
            (None, None) => return Self::Unknown,
        };
        if !is_own {
            return Self::Foreign;
        }
        match origin {
            Some(Ok(origin)) => Self::Own {
                is_secure: origin.scheme_str() == Some("https"),
            },
            _ => Self::Unknown,
        }
    }
}
