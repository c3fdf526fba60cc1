//! `bonex conformance` against a live server: all of the contract holds, a server that breaks one
//! promise is found, and a store looks afterwards as it did before.

use std::process::Command;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use domain::Programme;
use testkit::{Shop, TestDatabase, on_both_engines};
use tokio::net::TcpListener;

use crate::process::{Process, assert_ledger_is_sound};

/// The phone of the client that a run sells to.
const PHONE: &str = "+992999999999";

/// Opens a store with programme `programme` and a server for it.
async fn open(database: &TestDatabase, programme: Programme) -> (Shop, Process) {
    let shop = Shop::open(database, programme).await;
    (shop, Process::start(database))
}

/// Runs the command as an integrator does: without the settings of a server, in a thread of its
/// own. Returns whether it has succeeded, and what it has printed.
async fn conformance(url: &str, keys: (&str, &str), more: &'static [&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bonex"));
    command
        .args(["conformance", "--url", &format!("{url}/api/v1")])
        .args(["--tenant-token", keys.0, "--cashier-token", keys.1])
        .args(more);
    let ran = tokio::task::spawn_blocking(move || command.output());
    let output = ran.await.unwrap().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// Runs the command for the till of a store, and checks that it prints no key.
async fn run(shop: &Shop, url: &str, more: &'static [&str]) -> (bool, String) {
    let keys = (shop.tenant_token.as_str(), shop.cashier_token.as_str());
    let (passed, said) = conformance(url, keys, more).await;
    for key in [keys.0, keys.1] {
        let lower = said.to_lowercase();
        assert!(!lower.contains(key), "a key in the output: {said}");
    }
    (passed, said)
}

/// Counts the sales and receipts that count.
async fn documents(shop: &Shop) -> i64 {
    let client = shop.client(PHONE).await;
    assert_eq!(client.figures.bonus_balance.dirams(), 0);
    assert_eq!(client.total_spent.dirams(), 0);
    let statement = "SELECT COUNT(*) FROM receipts WHERE tenant_id = $1 AND voided_at IS NULL";
    let counted = shop.backend.db.reads();
    let counted = counted.fetch_one(statement, (shop.till.tenant_id,)).await;
    let (count,): (i64,) = counted.unwrap();
    count
}

#[on_both_engines]
async fn a_server_of_this_version_keeps_the_contract(database: TestDatabase) {
    let without_hold = Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    };
    let (shop, server) = open(&database, without_hold).await;
    let (passed, said) = run(&shop, &server.url, &[]).await;
    assert!(passed, "{said}");
    assert!(said.contains("Не прошло: 0. Пропущено: 0."), "{said}");
    assert!(said.contains("Сбросьте привязку"), "{said}");
    assert_eq!(documents(&shop).await, 0);
    assert_ledger_is_sound(&database);

    // The till is bound to that run now: the next one is told so, and does nothing.
    let (passed, said) = run(&shop, &server.url, &[]).await;
    assert!(!passed && said.contains("привязана к другому"), "{said}");
    assert!(said.contains("Ничего не записано"), "{said}");
}

#[on_both_engines]
async fn bonuses_on_hold_and_a_minimum_are_no_failure(database: TestDatabase) {
    let programme = Programme {
        min_purchase: testkit::money("25.5"),
        ..Programme::default()
    };
    let (shop, server) = open(&database, programme).await;
    let (passed, said) = run(&shop, &server.url, &["--language", "en"]).await;
    assert!(passed, "{said}");
    assert!(said.contains("the client has no bonuses"), "{said}");
    assert!(said.contains("Failed: 0."), "{said}");
    assert_eq!(documents(&shop).await, 0);
    assert_ledger_is_sound(&database);
}

/// Serves what the server at `origin` answers, after `broken` has changed it.
async fn proxy(origin: String, broken: fn(&str, String) -> String) -> String {
    let http = reqwest::Client::new();
    let answer = async move |request: Request| {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let uri = format!("{origin}{}", parts.uri);
        let mut headers = parts.headers;
        headers.remove(header::HOST);
        let sent = http.request(parts.method, uri).headers(headers).body(body);
        let answer = sent.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = broken(parts.uri.path(), answer.text().await.unwrap());
        let kept = headers.into_iter().filter_map(|(name, value)| {
            let name: HeaderName = name?;
            (name != header::CONTENT_LENGTH).then_some((name, value))
        });
        let mut answer = (status, Bytes::from(text)).into_response();
        answer
            .headers_mut()
            .extend(kept.map(|(name, value)| (Some(name), value)));
        answer
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, service).await });
    url
}

#[on_both_engines]
async fn a_server_that_breaks_a_promise_is_found(database: TestDatabase) {
    let (shop, server) = open(&database, Programme::default()).await;
    // It calls a conflict a duplicate, which a till would take for a success.
    let broken = proxy(server.url.clone(), |_, text| {
        text.replace("external_id_conflict", "duplicate_sale")
    });
    let (passed, said) = run(&shop, &broken.await, &[]).await;
    assert!(!passed, "{said}");
    let failed: Vec<_> = said
        .lines()
        .filter_map(|line| line.strip_prefix("НЕ ПРОШЛО "))
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(
        failed,
        ["sale.conflict", "receipt.conflict", "return.conflict"],
        "{said}"
    );
    assert!(
        said.contains("ждали code: \"external_id_conflict\""),
        "{said}"
    );
    assert_eq!(documents(&shop).await, 0);
    assert_ledger_is_sound(&database);
}

#[on_both_engines]
async fn sums_as_texts_and_pages_in_place_of_json_are_found(database: TestDatabase) {
    let (shop, server) = open(&database, Programme::default()).await;
    let texts = proxy(server.url.clone(), |_, text| {
        text.replace("\"bonus_redeemed\":0", "\"bonus_redeemed\":\"0\"")
    });
    let (passed, said) = run(&shop, &texts.await, &[]).await;
    assert!(!passed && said.contains("НЕ ПРОШЛО sale:"), "{said}");
    assert_eq!(documents(&shop).await, 0);

    let page = proxy(server.url.clone(), |_, _| "<html>502</html>".to_owned());
    let (passed, said) = run(&shop, &page.await, &[]).await;
    assert!(!passed && said.contains("Ничего не записано"), "{said}");

    // A key that the server repeats is not printed.
    let (_, said) = run(&shop, "http://127.0.0.1:1", &[]).await;
    assert!(said.contains("ответа нет"), "{said}");
    let keys = ("a".repeat(64), "b".repeat(64));
    let (passed, said) = conformance(&server.url, (&keys.0, &keys.1), &[]).await;
    assert!(!passed && said.contains("bad_tenant_token"), "{said}");
}

#[tokio::test]
async fn a_wrong_option_is_refused_before_anything_is_sent() {
    for (url, more) in [
        ("ftp://bonex.one", &[][..]),
        ("bonex.one", &[]),
        ("http://127.0.0.1:1", &["--phone", "+79161234567"]),
        ("http://127.0.0.1:1", &["--phone", "1"]),
    ] {
        let (passed, said) = conformance(url, ("x", "y"), more).await;
        assert!(!passed && said.contains("--"), "{url}: {said}");
    }
}
