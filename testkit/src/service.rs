//! A local server that stands for a service: it answers as it is told, and keeps what arrived.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use tokio::net::TcpListener;

/// A request that arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Its method.
    pub method: Method,
    /// Its path.
    pub path: String,
    /// Its query without the question mark.
    pub query: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

impl Arrived {
    /// Returns the body as JSON.
    ///
    /// # Panics
    /// If it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a body in JSON")
    }
}

/// What the service does with a request.
#[derive(Clone)]
pub enum Does {
    /// Answers with this status, these headers and this body.
    Answers(u16, &'static [(&'static str, &'static str)], String),
    /// Takes the request and never answers.
    Hangs,
}

type Kept = Arc<Mutex<(VecDeque<Does>, Vec<Arrived>)>>;

/// The service.
pub struct Service {
    /// Its base address.
    pub address: String,
    kept: Kept,
}

/// Returns an answer with a status and a body.
pub fn answers(status: u16, body: &str) -> Does {
    Does::Answers(status, &[], body.to_owned())
}

impl Service {
    /// Starts a service that answers the requests in this order, and the last way from then on.
    ///
    /// # Panics
    /// If no port is free.
    pub async fn start(does: impl IntoIterator<Item = Does>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a service of the test");
        let address = format!(
            "http://{}",
            listener.local_addr().expect("a service of the test")
        );
        let kept: Kept = Arc::new(Mutex::new((does.into_iter().collect(), Vec::new())));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&kept));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, kept }
    }

    /// Changes what the service does from now on.
    ///
    /// # Panics
    /// If a test has panicked.
    pub fn now(&self, does: impl IntoIterator<Item = Does>) {
        self.kept.lock().expect("the service").0 = does.into_iter().collect();
    }

    /// Forgets what arrived.
    ///
    /// # Panics
    /// If a test has panicked.
    pub fn forget(&self) {
        self.kept.lock().expect("the service").1.clear();
    }

    /// Returns what arrived.
    ///
    /// # Panics
    /// If a test has panicked.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.kept.lock().expect("a service of the test").1.clone()
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
        let mut kept = kept.lock().expect("a service of the test");
        kept.1.push(Arrived {
            method,
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            headers,
            body: String::from_utf8(body.to_vec()).expect("a service of the test"),
        });
        match kept.0.len() {
            1 => kept.0.front().cloned(),
            _ => kept.0.pop_front(),
        }
    };
    match does {
        Some(Does::Answers(status, headers, body)) => {
            let status = StatusCode::from_u16(status).expect("a service of the test");
            let mut answer = (status, body).into_response();
            for (name, value) in headers {
                answer
                    .headers_mut()
                    .insert(*name, value.parse().expect("a service of the test"));
            }
            answer
        }
        _ => std::future::pending().await,
    }
}

/// Returns an address on which nothing listens.
///
/// # Panics
/// If no port is free.
pub async fn nowhere() -> String {
    // Dropped at once: the port is closed when the test asks for it.
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a service of the test");
    let address = format!(
        "http://{}",
        listener.local_addr().expect("a service of the test")
    );
    address
}

/// Starts a server that takes a request and closes the connection without an answer.
///
/// # Panics
/// If no port is free.
pub async fn breaking() -> String {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a service of the test");
    let address = format!(
        "http://{}",
        listener.local_addr().expect("a service of the test")
    );
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            connection.readable().await.expect("a service of the test");
        }
    });
    address
}
