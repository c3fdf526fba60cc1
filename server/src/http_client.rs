//! A small client of other servers, for the commands that need one.

use std::time::Duration;

use anyhow::Context as _;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of an answer.
const MOST_BYTES: usize = 1024 * 1024;

/// Another server.
pub(crate) struct Api {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    /// The base address without a slash at the end: `https://api.bonex.one/api/v1`.
    base: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// Returns the body as JSON; `None` if it is not JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.text).ok()
    }
}

impl Api {
    /// Makes a client of the server at an address. The authorities that it trusts are Mozilla's.
    ///
    /// # Errors
    /// If the address is no address of a server.
    pub(crate) fn new(url: &str) -> anyhow::Result<Self> {
        let base = url.trim().trim_end_matches('/').to_owned();
        let address: Uri = base.parse().context("no address")?;
        let is_web = matches!(address.scheme_str(), Some("http" | "https"));
        anyhow::ensure!(
            is_web && address.host().is_some(),
            "the address must be like https://api.bonex.one/api/v1"
        );
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            base,
        })
    }

    /// Sends a request.
    ///
    /// # Errors
    /// If there is no answer.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: String,
    ) -> anyhow::Result<Answer> {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes())?)
            .uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            let name: HeaderName = name.parse()?;
            request = request.header(name, HeaderValue::from_bytes(value.as_bytes())?);
        }
        let request = request.body(Full::new(Bytes::from(body)))?;
        let answer = async {
            let answer = self.client.request(request).await?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, MOST_BYTES).collect().await;
            let body = body.map_err(|error| anyhow::anyhow!("{error}"))?.to_bytes();
            anyhow::Ok(Answer {
                status: parts.status.as_u16(),
                headers: parts.headers,
                text: String::from_utf8_lossy(&body).into_owned(),
            })
        };
        tokio::time::timeout(PATIENCE, answer)
            .await
            .context("no answer within 30 seconds")?
    }
}
