//! Tests of the contract, "Around it": unknown paths, wrong methods, bodies over the limit, probes
//! and headers.

use domain::Programme;
use reqwest::Method;
use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server};
use crate::reply::assert_answer;

const MEBIBYTE: usize = 1024 * 1024;

#[on_both_engines]
async fn an_unknown_path_of_the_api_is_a_json_404(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    assert_answer!(server.stranger().get("/cashier/refund").await, @r#"404 {"success":false,"error":"Такого адреса нет в API.","code":"not_found"}"#);
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v2/cashier/session",
        "/api/v1/cashier/sale/1",
        "/api/v1/cashier//session",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let reply = server.till().send(method, path, |request| request).await;
            assert_eq!((reply.status, reply.code()), (404, "not_found"), "{path}");
        }
    }
}

#[on_both_engines]
async fn a_wrong_method_is_a_json_405_with_the_right_one(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    assert_answer!(till.get("/cashier/sale").await, @r#"405 {"success":false,"error":"Этот адрес не принимает такой метод HTTP.","code":"method_not_allowed"}"#);
    for (path, allowed) in [
        ("/api/v1/cashier/session", "GET,HEAD"),
        ("/api/v1/cashier/client/901234567", "GET,HEAD"),
        ("/api/v1/cashier/sale", "POST"),
        ("/api/v1/integration/inventory/sync", "POST"),
    ] {
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            let reply = till.send(method, path, |request| request).await;
            assert_eq!(
                (reply.status, reply.code()),
                (405, "method_not_allowed"),
                "{path}"
            );
            assert_eq!(reply.header("allow"), allowed, "{path}");
        }
    }
}

#[on_both_engines]
async fn a_body_over_its_limit_is_a_json_413(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    let padded = |length: usize| {
        let body = json!({ "total_amount": 10, "padding": "" }).to_string();
        let padding = "x".repeat(length - body.len());
        body.replace("\"padding\":\"\"", &format!("\"padding\":\"{padding}\""))
    };
    assert_answer!(till.post_text("/cashier/receipt", padded(MEBIBYTE + 1)).await, @r#"413 {"success":false,"error":"Запрос слишком большой.","code":"body_too_large"}"#);
    assert_eq!(
        till.post_text("/cashier/receipt", padded(MEBIBYTE))
            .await
            .status,
        201
    );
    let stock = |length| padded(length).replace("\"total_amount\":10", "\"items\":[]       ");
    let reply = server
        .office()
        .post_text("/integration/inventory/sync", stock(8 * MEBIBYTE + 1))
        .await;
    assert_eq!((reply.status, reply.code()), (413, "body_too_large"));
    let reply = server
        .office()
        .post_text("/integration/inventory/sync", stock(8 * MEBIBYTE))
        .await;
    assert_eq!(reply.status, 200);
}

#[on_both_engines]
async fn an_answer_given_before_the_body_was_read_arrives(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let large = || vec![b' '; 10 * MEBIBYTE];
    for _ in 0..20 {
        let reply = server.stranger().post_text("/cashier/sale", large()).await;
        assert_eq!((reply.status, reply.code()), (401, "bad_tenant_token"));
        assert_eq!(
            server
                .till()
                .post_text("/cashier/sale", large())
                .await
                .status,
            413
        );
        assert_eq!(
            server
                .till()
                .post_text("/cashier/refund", large())
                .await
                .status,
            404
        );
    }
}

#[on_both_engines]
async fn probes_report_liveness_readiness_and_counters(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (till, stranger) = (server.till(), server.stranger());
    let probe = async |path| stranger.send(Method::GET, path, |request| request).await;
    assert_eq!(probe("/healthz").await.text, r#"{"status":"ok"}"#);
    let engine = if database.is_sqlite() {
        "sqlite"
    } else {
        "postgres"
    };
    let mut ready = probe("/readyz").await;
    // If other tests keep the machine busy, the first checks may time out.
    while ready.status == 503 {
        ready = probe("/readyz").await;
    }
    assert_eq!(
        (ready.status, ready.body),
        (200, json!({ "status": "ok", "database": engine }))
    );

    till.register(PHONE).await;
    till.sell(PHONE, "100", "0", "1").await;
    till.sell(PHONE, "100", "0", "1").await;
    till.with("x-device-id", "another-pc")
        .get("/cashier/session")
        .await;
    assert_eq!(
        probe("/metrics").await.status,
        404,
        "the counters are not public"
    );
    let metrics = server.counters().await;
    for line in [
        r#"bonex_http_requests_total{method="POST",route="/api/v1/cashier/sale",status="201"} 1"#,
        r#"bonex_http_requests_total{method="POST",route="/api/v1/cashier/sale",status="422"} 1"#,
        r#"bonex_recorded_total{kind="sale"} 1"#,
        r#"bonex_refusals_total{code="duplicate_sale"} 1"#,
        "bonex_device_mismatches_total 1",
    ] {
        assert!(
            metrics.lines().any(|found| found == line),
            "{line} in {metrics}"
        );
    }
    assert!(!metrics.contains("992901234567"));
}

#[on_both_engines]
async fn every_answer_has_a_request_id_and_security_headers(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let (till, stranger) = (server.till(), server.stranger());
    let named = till
        .with("x-request-id", "till-7.2026_1")
        .get("/cashier/session")
        .await;
    assert_eq!(named.header("x-request-id"), "till-7.2026_1");
    for unfit in ["", "a b", "{}", &"x".repeat(65)] {
        let reply = till
            .with("x-request-id", unfit)
            .get("/cashier/session")
            .await;
        assert_eq!(reply.header("x-request-id").len(), 32, "{unfit}");
    }
    for path in [
        "/api/v1/cashier/session",
        "/api/v1/none",
        "/healthz",
        "/readyz",
        "/api/v1/openapi.json",
    ] {
        let reply = stranger.send(Method::GET, path, |request| request).await;
        assert_eq!(
            reply.header("content-security-policy"),
            "default-src 'none'; frame-ancestors 'none'",
            "{path}"
        );
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        assert_eq!(reply.header("server"), "", "{path}");
    }
}

#[on_both_engines]
async fn any_site_may_call_the_routes_of_tills_and_no_others(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let site = server.till().with("origin", "https://shop.example");
    let asked = site
        .without("x-tenant-token")
        .without("x-cashier-token")
        .without("x-device-id")
        .with("access-control-request-method", "POST")
        .with(
            "access-control-request-headers",
            "x-tenant-token,x-cashier-token,x-device-id,idempotency-key,content-type",
        );
    for path in [
        "/cashier/sale",
        "/cashier/client/901234567/",
        "/integration/inventory/sync",
        "/cashier/none",
    ] {
        let preflight = asked.preflight(&format!("/api/v1{path}")).await;
        assert_eq!(preflight.status, 200, "{path}");
        assert_eq!(
            preflight.header("access-control-allow-origin"),
            "*",
            "{path}"
        );
        assert_eq!(
            preflight.header("access-control-allow-methods"),
            "GET,POST",
            "{path}"
        );
        assert_eq!(
            preflight.header("access-control-allow-headers"),
            asked.header("access-control-request-headers")
        );
        assert_eq!(
            preflight.header("access-control-allow-credentials"),
            "",
            "{path}"
        );
    }
    let stranger = site.with("x-cashier-token", "x");
    for (reply, status) in [
        (site.get("/cashier/session").await, 200),
        (site.get("/cashier/none").await, 404),
        (site.get("/cashier/sale").await, 405),
        (stranger.get("/cashier/session").await, 401),
        (site.post("/cashier/sale", json!({})).await, 422),
    ] {
        assert_eq!(
            (reply.status, reply.header("access-control-allow-origin")),
            (status, "*")
        );
        assert!(
            reply
                .header("access-control-expose-headers")
                .contains("retry-after"),
            "{reply}"
        );
    }
    for path in [
        "/healthz",
        "/api/v1/openapi.json",
        "/api/docs",
        "/api/v1/none",
        "/",
    ] {
        let reply = site.send(Method::GET, path, |request| request).await;
        assert_eq!(reply.header("access-control-allow-origin"), "", "{path}");
        let preflight = asked.preflight(path).await;
        assert_eq!(
            preflight.header("access-control-allow-origin"),
            "",
            "{path}"
        );
        assert!(preflight.status >= 400, "{path}");
    }
}

#[on_both_engines]
async fn a_trailing_slash_of_a_path_is_ignored(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    assert_eq!(till.get("/cashier/session/").await.status, 200);
    assert_eq!(
        till.post("/cashier/client/register/", json!({ "phone": PHONE }))
            .await
            .status,
        201
    );
    assert_eq!(
        till.get("/cashier/client/901234567/?check_amount=100")
            .await
            .data()["loyalty"]["max_redeem_amount"],
        0
    );
    assert_eq!(
        till.get("/cashier/client/901234567/sales/").await.status,
        200
    );
    assert_eq!(till.get("/cashier/sale/").await.status, 405);
    // For the idempotency key, the request with the slash and without it is the same.
    let keyed = till.with("idempotency-key", "one-key");
    let sale = json!({ "client_phone": PHONE, "total_amount": 10 });
    assert_eq!(keyed.post("/cashier/sale/", sale.clone()).await.status, 201);
    assert_eq!(
        keyed
            .post("/cashier/sale", sale)
            .await
            .header("idempotency-replayed"),
        "true"
    );
}

#[on_both_engines]
async fn a_page_shows_the_api_document(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let page = server
        .stranger()
        .send(Method::GET, "/api/docs", |request| request)
        .await;
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    let document = server.stranger().get("/openapi.json").await;
    for path in document.body["paths"].as_object().unwrap().keys() {
        assert!(page.text.contains(path.as_str()), "{path}");
    }
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
}
