//! The HTTP client of the channels: no redirects, small answers, one limit of time, and errors
//! without addresses.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use hyper::{HeaderMap, Method, Request, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use crate::{Fault, NotAccepted};

/// The most bytes of an answer that are read.
const MOST_BYTES: usize = 64 * 1024;
/// The longest time to connect.
const CONNECT: Duration = Duration::from_secs(10);
/// The longest wait that a service may ask for: an hour.
const LONGEST_WAIT: u64 = 3_600;

/// The base address of a service, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Cow<'static, str>);

/// A text that is no base address of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadAddress;

impl fmt::Display for BadAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected an address such as https://api.telegram.org")
    }
}

impl std::error::Error for BadAddress {}

impl std::str::FromStr for Address {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim().trim_end_matches('/');
        let uri: Uri = text.parse().map_err(|_| BadAddress)?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        if !is_web || uri.host().is_none() || uri.query().is_some() {
            return Err(BadAddress);
        }
        Ok(Self(Cow::Owned(text.to_owned())))
    }
}

impl Address {
    /// Makes the default address of a service.
    pub const fn fixed(address: &'static str) -> Self {
        Self(Cow::Borrowed(address))
    }

    /// Returns the address followed by `path`.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Returns the address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A client for all services. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    patience: Duration,
}

impl fmt::Debug for Http {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Http")
    }
}

/// A whole answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    /// Returns the body as JSON; `None` if it is not JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.text).ok()
    }

    /// Returns the seconds of `Retry-After`, at most an hour.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        let value = self.headers.get(RETRY_AFTER)?.to_str().ok()?;
        value.trim().parse().ok()
    }
}

/// A request that is ready to be sent.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) url: String,
    /// The bearer token of the request.
    pub(crate) bearer: Option<&'a str>,
    /// The type of the body, and the body.
    pub(crate) body: Option<(&'static str, String)>,
}

impl Http {
    /// Makes a client that waits `patience` for a whole answer. It trusts Mozilla's authorities.
    pub fn new(patience: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.set_connect_timeout(Some(CONNECT));
        tcp.set_nodelay(true);
        tcp.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(Duration::from_secs(30))
            .build(connector);
        Self { client, patience }
    }

    /// Sends a request. An error says whether the request may have been received.
    pub(crate) async fn send(&self, call: Call<'_>) -> Result<Answer, NotAccepted> {
        let (kind, body) = call.body.unzip();
        let mut request = Request::builder().method(call.method).uri(call.url);
        if let Some(bearer) = call.bearer {
            let mut value = HeaderValue::try_from(format!("Bearer {bearer}"))
                .map_err(|_| NotAccepted::Settings(Fault::BadAnswer))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        let body = Full::new(Bytes::from(body.unwrap_or_default()));
        // Only a setting that is no part of a URL can be refused here.
        let request = request
            .body(body)
            .map_err(|_| NotAccepted::Later(Fault::Unreachable))?;
        tokio::time::timeout(self.patience, self.exchange(request))
            .await
            .unwrap_or(Err(NotAccepted::Unsure(Fault::Timeout)))
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Answer, NotAccepted> {
        let answer = self.client.request(request).await.map_err(|error| {
            if error.is_connect() {
                NotAccepted::Later(Fault::Unreachable)
            } else {
                NotAccepted::Unsure(Fault::BadAnswer)
            }
        })?;
        let (parts, body) = answer.into_parts();
        let body = Limited::new(body, MOST_BYTES).collect().await;
        let body = body
            .map_err(|_| NotAccepted::Unsure(Fault::BadAnswer))?
            .to_bytes();
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}

/// Returns the wait that a service has asked for, in seconds, within bounds.
pub(crate) fn wait(seconds: Option<u64>) -> NotAccepted {
    let seconds = seconds.unwrap_or(30).clamp(1, LONGEST_WAIT);
    NotAccepted::Wait(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_base_address_is_taken() {
        let parsed = |text: &str| text.parse::<Address>().map(|address| address.0);
        assert_eq!(
            parsed(" https://api.telegram.org/ "),
            Ok("https://api.telegram.org".into())
        );
        for wrong in ["", "api.telegram.org", "ftp://a", "/path", "https://a?b=c"] {
            assert_eq!(parsed(wrong), Err(BadAddress), "{wrong}");
        }
    }
}
