//! A local server that stands for a service: it answers as it is told, and keeps what arrived.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use channels::{Address, Http};
use tokio::net::TcpListener;

/// The wait of the tests for an answer.
pub(crate) const PATIENCE: Duration = Duration::from_millis(700);

/// A request that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// What the service does with a request.
#[derive(Clone)]
pub(crate) enum Does {
    /// Answers with this status, these headers and this body.
    Answers(u16, &'static [(&'static str, &'static str)], String),
    /// Takes the request and never answers.
    Hangs,
}

type Kept = Arc<Mutex<(VecDeque<Does>, Vec<Arrived>)>>;

/// The service.
pub(crate) struct Service {
    pub(crate) address: Address,
    kept: Kept,
}

pub(crate) fn answers(status: u16, body: &str) -> Does {
    Does::Answers(status, &[], body.to_owned())
}

impl Service {
    /// Starts a service that answers the requests in this order, and the last way from then on.
    pub(crate) async fn start(does: impl IntoIterator<Item = Does>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let kept: Kept = Arc::new(Mutex::new((does.into_iter().collect(), Vec::new())));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&kept));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            address: address.parse().unwrap(),
            kept,
        }
    }

    /// Returns what arrived.
    pub(crate) fn arrived(&self) -> Vec<Arrived> {
        self.kept.lock().unwrap().1.clone()
    }
}

async fn answer(
    State(kept): State<Kept>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let does = {
        let mut kept = kept.lock().unwrap();
        kept.1.push(Arrived {
            method,
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        });
        match kept.0.len() {
            1 => kept.0.front().cloned(),
            _ => kept.0.pop_front(),
        }
    };
    match does {
        Some(Does::Answers(status, headers, body)) => {
            let status = StatusCode::from_u16(status).unwrap();
            let mut answer = (status, body).into_response();
            for (name, value) in headers {
                answer.headers_mut().insert(*name, value.parse().unwrap());
            }
            answer
        }
        _ => std::future::pending().await,
    }
}

/// Returns an address on which nothing listens.
pub(crate) async fn nowhere() -> Address {
    // Dropped at once: the port is closed when the test asks for it.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    address.parse().unwrap()
}

/// Starts a server that takes a request and closes the connection without an answer.
pub(crate) async fn breaking() -> Address {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            connection.readable().await.unwrap();
        }
    });
    address.parse().unwrap()
}

pub(crate) fn http() -> Http {
    Http::new(PATIENCE)
}
