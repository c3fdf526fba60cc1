//! The web cashier's device id once more, in a cookie: browsers throw away what a page has stored itself long before a
//! cookie that a server has set, and a till without its id is shut out.

use axum::extract::Request;
use axum::http::uri::{Authority, Uri};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Where a page reads and keeps it.
pub(crate) const PATH: &str = "/cash/device";

const COOKIE: &str = "bonex_device";
/// The longest that browsers keep a cookie, 400 days; each start of the till begins it anew.
const LIFETIME_SECONDS: u32 = 400 * 24 * 60 * 60;
/// As long as an `X-Device-Id` may be.
const MAX_LENGTH: usize = 128;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The id that is kept in this browser: 200 and its text, or 204 where there is none.
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

/// Keeps the id in the body.
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
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, device)| *name == COOKIE && is_device(device))
        .map(|(_, device)| device)
}

/// What stands in a cookie and in a header as it is.
fn is_device(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=MAX_LENGTH).contains(&text.len()) && text.bytes().all(is_plain)
}

/// Which page asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Origin {
    /// One of this server.
    Own {
        /// It was loaded by HTTPS, whatever stands between.
        is_secure: bool,
    },
    /// One of another site.
    Foreign,
    /// The browser does not say: it leaves `Origin` out where a page reads from its own server.
    Untold,
}

impl Origin {
    fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let origin = text(header::ORIGIN).map(str::parse::<Uri>);
        // A page cannot write this header. It still tells where a proxy changes `Host`.
        let told = text(SEC_FETCH_SITE).map(|site| site == "same-origin");
        let is_own = match (&origin, told) {
            (_, Some(is_own)) => is_own,
            (Some(Ok(origin)), None) => {
                let host = text(header::HOST).and_then(|host| host.parse::<Authority>().ok());
                host.is_some() && origin.authority() == host.as_ref()
            }
            (Some(Err(_)), None) => false,
            (None, None) => return Self::Untold,
        };
        if !is_own {
            return Self::Foreign;
        }
        match origin {
            Some(Ok(origin)) => Self::Own {
                is_secure: origin.scheme_str() == Some("https"),
            },
            _ => Self::Untold,
        }
    }
}
