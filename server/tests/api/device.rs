//! Tests of the cookie with a copy of the web cashier's device id.

use domain::Programme;
use reqwest::Method;
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{Server, Till};
use crate::reply::Reply;

const PATH: &str = "/cash/device";
const ID: &str = "web-3f8b0c1e-7d55-4a7c-9b1a-0a1b2c3d4e5f";

/// Stores `id`, as a page at `origin` does.
async fn keep(page: &Till, origin: &str, id: impl Into<reqwest::Body>) -> Reply {
    let put = |request: reqwest::RequestBuilder| request.header("origin", origin).body(id);
    page.send(Method::PUT, PATH, put).await
}

async fn show(page: &Till) -> Reply {
    page.send(Method::GET, PATH, |request| request).await
}

#[on_both_engines]
async fn a_page_reads_the_id_that_it_has_stored(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (page, own) = (
        server.stranger(),
        format!("http://{}", server.address().authority()),
    );
    assert_eq!(show(&page).await.status, 204);

    let kept = keep(&page, &own, ID).await;
    assert_eq!(
        (kept.status, kept.header("cache-control")),
        (204, "no-store")
    );
    let cookie = kept.header("set-cookie");
    assert_eq!(
        cookie,
        format!(
            "bonex_device={ID}; Path=/cash/device; Max-Age=34560000; HttpOnly; SameSite=Strict"
        )
    );

    let cookies = format!("bonex_language=tg; bonex_device={ID}");
    let shown = show(&page.with("cookie", &cookies)).await;
    assert_eq!((shown.status, shown.text.as_str()), (200, ID));
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(shown.header("access-control-allow-origin"), "");

    // Behind an HTTPS proxy that sends another `Host` to this server.
    let proxied = page.with("sec-fetch-site", "same-origin");
    let kept = keep(&proxied, "https://cash.example.tj", ID).await;
    assert!(
        kept.header("set-cookie")
            .ends_with("; SameSite=Strict; Secure"),
        "{kept}"
    );
}

#[on_both_engines]
async fn another_site_can_neither_read_nor_store_the_id(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let page = server
        .stranger()
        .with("cookie", &format!("bonex_device={ID}"));
    for foreign in [
        "http://evil.example",
        "http://127.0.0.1:1",
        "null",
        "://",
        "",
    ] {
        let kept = keep(&page, foreign, ID).await;
        assert_eq!(
            (kept.status, kept.header("set-cookie")),
            (403, ""),
            "{foreign}"
        );
        assert_eq!(
            show(&page.with("origin", foreign)).await.status,
            403,
            "{foreign}"
        );
    }
    for site in ["cross-site", "same-site", "none"] {
        let page = page.with("sec-fetch-site", site);
        let own = format!("http://{}", server.address().authority());
        assert_eq!(keep(&page, &own, ID).await.status, 403, "{site}");
        assert_eq!(show(&page).await.status, 403, "{site}");
    }
    // Browsers send `Origin` with every PUT, so a PUT without it is refused.
    let without_origin = page
        .send(Method::PUT, PATH, |request| request.body(ID))
        .await;
    assert_eq!(without_origin.status, 403);
}

#[on_both_engines]
async fn only_an_id_is_stored(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (page, own) = (
        server.stranger(),
        format!("http://{}", server.address().authority()),
    );
    let long = "a".repeat(129);
    for wrong in [
        "",
        "a b",
        "a;Domain=evil.example",
        "a\r\nX: y",
        "касса",
        long.as_str(),
    ] {
        let kept = keep(&page, &own, wrong.to_owned()).await;
        assert_eq!(
            (kept.status, kept.header("set-cookie")),
            (400, ""),
            "{wrong}"
        );
        if !wrong.contains('\r') {
            let damaged = page.with("cookie", &format!("bonex_device={wrong}"));
            let shown = show(&damaged).await;
            // The text after a semicolon is another cookie.
            let expected = if wrong.starts_with("a;") { 200 } else { 204 };
            assert_eq!(shown.status, expected, "{wrong}");
        }
    }
    assert_eq!(keep(&page, &own, "a".repeat(128)).await.status, 204);
    assert_eq!(
        page.send(Method::POST, PATH, |request| request)
            .await
            .status,
        405
    );
}
