//! Tests of the log: what it contains about a request, and what it must never contain.

use std::io;
use std::sync::{Arc, Mutex};

use reqwest::Method;
use testkit::TestDatabase;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::harness::{DEVICE, PHONE, Server, without_hold};

/// A filter that logs everything of the server, down to the least important line, and nothing of
/// the test's HTTP client.
const EVERYTHING: &str = "off,server=trace,backend=trace,domain=trace,sqlx=trace,axum=trace,tower_http=trace,tower_governor=trace";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Sends requests that succeed and that fail. Returns their log, and the secrets that must not be
/// in it.
async fn log_of_requests(database: TestDatabase) -> (String, Vec<String>) {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(EVERYTHING))
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    // If only one subscriber exists, tracing asks the current thread's subscriber whether a log
    // line is enabled, and caches the answer. The threads of other tests have no subscriber, so
    // they would disable lines that they reach first. A second subscriber prevents this.
    let _another = tracing::Dispatch::new(tracing_subscriber::registry());
    let _guard = tracing::subscriber::set_default(subscriber);

    let server = Server::start(&database, without_hold()).await;
    let till = server.till().with("x-request-id", "request-of-the-test");
    till.register(PHONE).await;
    assert_eq!(till.sell(PHONE, "100", "0", "sold").await.status, 201);
    assert_eq!(till.sell(PHONE, "100", "50", "refused").await.status, 422);
    assert_eq!(till.lookup(PHONE, Some("100")).await.status, 200);
    assert_eq!(till.lookup("001-5764895", None).await.status, 200);
    assert_eq!(
        till.with("x-device-id", "another-pc")
            .lookup(PHONE, None)
            .await
            .status,
        403
    );
    let guess = "feed".repeat(16);
    assert_eq!(
        till.with("x-cashier-token", &guess)
            .get("/cashier/session")
            .await
            .status,
        401
    );
    let nowhere = format!(
        "/api/v1/cashier/client/{PHONE}/of/{}",
        server.shop.tenant_token
    );
    assert_eq!(
        till.send(Method::GET, &nowhere, |request| request)
            .await
            .status,
        404
    );
    server.shop.backend.close().await;

    let secrets = vec![
        server.shop.tenant_token.clone(),
        server.shop.cashier_token.clone(),
        guess,
        PHONE.trim_start_matches("+992").to_owned(),
        "001-5764895".to_owned(),
        DEVICE.to_owned(),
    ];
    (log.text(), secrets)
}

async fn the_log_contains_requests_and_no_secrets(database: TestDatabase) {
    let (log, secrets) = log_of_requests(database).await;
    for said in [
        "request_id=\"request-of-the-test\"",
        "route=\"/api/v1/cashier/sale\"",
        "route=\"/api/v1/cashier/client/{identifier}\"",
        "status=201",
        "code=\"insufficient_bonuses\"",
        "device mismatch",
    ] {
        assert!(log.contains(said), "{said} in {log}");
    }
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} in {log}");
    }
}

// On one thread, because the log of only this thread is captured.
#[tokio::test(flavor = "current_thread")]
async fn sqlite() {
    the_log_contains_requests_and_no_secrets(TestDatabase::sqlite()).await;
}

#[tokio::test(flavor = "current_thread")]
async fn postgres() {
    the_log_contains_requests_and_no_secrets(TestDatabase::postgres().await).await;
}
