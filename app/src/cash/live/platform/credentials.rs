//! The two tokens and the device id with which a till calls the Cashier API.

use std::fmt;

use gloo_net::http::{Request, RequestBuilder};
use serde::{Deserialize, Serialize};

use super::device;
use super::http::{Reply, exchange};

/// The two secrets that make this browser a till of a store. The other names are those of the
/// answer to a pairing code.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// The store's token.
    #[serde(alias = "tenant_token")]
    pub tenant: String,
    /// The till's token.
    #[serde(alias = "cashier_token")]
    pub cashier: String,
}

/// Prints no secrets: they must stay out of logs.
impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Tokens")
    }
}

/// Sends `GET /api/v1{path}`, with a path such as `/cashier/session`.
pub async fn get(path: &str, tokens: &Tokens, timeout_ms: u32) -> Reply {
    as_till(Request::get(&address(path)), None, tokens, timeout_ms).await
}

/// Sends `POST /api/v1{path}` with a JSON body.
pub async fn post(path: &str, tokens: &Tokens, body: String, timeout_ms: u32) -> Reply {
    let request = Request::post(&address(path)).header("Content-Type", "application/json");
    as_till(request, Some(body), tokens, timeout_ms).await
}

fn address(path: &str) -> String {
    ["/api/v1", path].concat()
}

async fn as_till(
    request: RequestBuilder,
    body: Option<String>,
    tokens: &Tokens,
    timeout_ms: u32,
) -> Reply {
    let request = request
        .header("X-Tenant-Token", &header_value(&tokens.tenant))
        .header("X-Cashier-Token", &header_value(&tokens.cashier))
        .header("X-Device-Id", &device::id().await);
    exchange(request, body, timeout_ms)
        .await
        .unwrap_or(Reply::None)
}

/// Removes what a header cannot carry from a token. A Cyrillic letter among the digits would make
/// `fetch` throw; without it the request is sent, and the server refuses the token.
fn header_value(token: &str) -> String {
    token.chars().filter(char::is_ascii_graphic).collect()
}
