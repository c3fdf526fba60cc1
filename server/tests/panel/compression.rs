//! Pages are compressed, and answers that may contain a secret are not.

use app::panel::urls::Url;
use domain::Role;
use reqwest::Method;
use reqwest::header::{CACHE_CONTROL, CONTENT_ENCODING};
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Browser, Server};

/// Returns the compression of an answer and whether proxies are told to leave it as it is.
async fn sent(browser: &mut Browser, method: Method, path: &str) -> (String, bool) {
    let origin = browser.origin.clone();
    let headers = [("origin", origin.as_str()), ("accept-encoding", "gzip, br")];
    // The client of the tests reads no compressed body, but it is not looked at here.
    let answer = browser.send(method, path, &[], &headers).await;
    assert_eq!(answer.status, 200, "{path}");
    let value = |name| {
        answer
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap())
    };
    let encoding = value(CONTENT_ENCODING).unwrap_or_default().to_owned();
    let keep = value(CACHE_CONTROL).is_some_and(|value| value.contains("no-transform"));
    (encoding, keep)
}

#[on_both_engines]
async fn only_answers_without_a_secret_are_compressed(database: TestDatabase) {
    let server = Server::start(&database).await;
    let invitation = server.invitation(&server.shop, Role::Manager).await;
    let mut owner = server.person(Role::Owner, "firuz").await;
    owner.post("/panel/second-step", &[]).await;
    let (today, key) = (Url::Today, Url::ShowKey(server.shop.till.id));
    for (method, path, encoding) in [
        (Method::GET, today.to_string(), "gzip"),
        (Method::GET, "/panel/sign-in".to_owned(), "gzip"),
        (Method::POST, key.to_string(), ""),
        (Method::GET, invitation, ""),
        (Method::GET, "/panel/second-step/new".to_owned(), ""),
    ] {
        let (sent, keep) = sent(&mut owner, method, &path).await;
        assert_eq!(
            (sent.as_str(), keep),
            (encoding, encoding.is_empty()),
            "{path}"
        );
    }
}
