//! The limit of HTTP alone: a route that answers a constant.

use std::net::SocketAddr;

use anyhow::Result;
use axum::Router;
use axum::http::{Method, StatusCode, header};
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// The constant answer, as long as the answer to a lookup.
const ANSWER: &str = concat!(
    r##"{"success":true,"data":{"id":4711,"phone":"+992900004711","full_name":"Клиент 4711","##,
    r##""bonus_balance":86.6,"redeemable_balance":86.6,"held_balance":0,"##,
    r##""welcome_bonus_balance":0,"total_spent":34822,"tier":{"id":2,"name":"Gold","##,
    r##""color":"#C9A227"},"is_blocked":false,"loyalty":{"bonus_percent":5,"##,
    r##""max_redeem_percent":30,"redeem_hold_seconds":1,"redeem_hold_human":"1 сек","##,
    r##""redeemable_balance":86.6,"held_balance":0,"min_purchase_amount":10,"##,
    r##""currency":"TJS","max_redeem_amount":45},"card_number":"001-0004711","##,
    r##""ean13":"2000100047118"}}"##,
);

/// A server that gives every request the same answer, with the HTTP library and the socket options
/// of the real server. It ends when it is dropped.
pub(crate) struct ConstantServer {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl ConstantServer {
    /// Serves on a free port, on the threads of `runtime`.
    pub(crate) fn start(runtime: &Runtime) -> Result<Self> {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = listener.local_addr()?;
        let listener = listener.tap_io(|connection| {
            // If this fails, the connection is slower but works.
            let _ = connection.set_nodelay(true);
        });
        let router = Router::new().fallback(answer);
        let serving = runtime.spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                eprintln!("the constant server: {error}");
            }
        });
        Ok(Self { address, serving })
    }

    /// Returns the base URL, for wrk.
    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for ConstantServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Answers a request after reading its body, as a real server must.
async fn answer(
    method: Method,
    _body: String,
) -> (
    StatusCode,
    [(header::HeaderName, &'static str); 1],
    &'static str,
) {
    let status = if method == Method::POST {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    (status, [(header::CONTENT_TYPE, "application/json")], ANSWER)
}
