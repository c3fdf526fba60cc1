//! Host names: each part of Bonex on its own host, everything by path on all others.

use domain::Role;
use reqwest::{Method, StatusCode};
use server::config::Hosts;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{PASSWORD, Server};

const PANEL: &str = "panel.bonex.test";
const ADMIN: &str = "admin.bonex.test";
const CASH: &str = "cash.bonex.test";
const API: &str = "api.bonex.test";

fn hosts() -> Hosts {
    Hosts {
        panel_host: Some(PANEL.to_owned()),
        admin_host: Some(ADMIN.to_owned()),
        cash_host: Some(CASH.to_owned()),
        api_host: Some(API.to_owned()),
    }
}

#[on_both_engines]
async fn each_host_serves_its_own_part_alone(database: TestDatabase) {
    let server = Server::start_with(&database, hosts()).await;
    let mut browser = server.browser();
    let paths = [
        "/panel/sign-in",
        "/admin/sign-in",
        app::page::STYLE_URL,
        "/cash/device",
        "/api/docs",
        "/api/v1/openapi.json",
        "/api/v1/cashier/session",
        "/healthz",
    ];
    // The parts that exist on each host, in the order of the paths. A port and upper case do not
    // change the name of a host; an address and any other name have everything.
    for (host, served) in [
        (PANEL, [true, false, true, false, false, false, false, true]),
        (ADMIN, [false, true, true, false, false, false, false, true]),
        (CASH, [false, false, false, true, false, true, true, true]),
        (API, [false, false, false, false, true, true, true, true]),
        (
            "PANEL.bonex.test:8443",
            [true, false, true, false, false, false, false, true],
        ),
        (
            "panel.bonex.test.",
            [true, false, true, false, false, false, false, true],
        ),
        ("127.0.0.1", [true; 8]),
        ("panel.bonex.test.evil.example", [true; 8]),
        ("bonex.test", [true; 8]),
    ] {
        for (path, served) in paths.iter().zip(served) {
            let answer = browser
                .send(Method::GET, path, &[], &[("host", host)])
                .await;
            let is_served = answer.status != StatusCode::NOT_FOUND;
            assert_eq!(is_served, served, "{host}{path}: {}", answer.status);
            assert!(answer.headers.contains_key("content-security-policy"));
        }
    }
    for (host, home) in [
        (PANEL, "/panel"),
        (ADMIN, "/admin"),
        (CASH, "/cash"),
        (API, "/api/docs"),
    ] {
        let answer = browser.send(Method::GET, "/", &[], &[("host", host)]).await;
        assert_eq!(answer.location(), home, "{host}");
        let posted = browser
            .send(Method::POST, "/", &[], &[("host", host)])
            .await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND, "{host}");
    }
}

#[on_both_engines]
async fn a_session_of_the_panel_stays_on_its_host(database: TestDatabase) {
    let server = Server::start_with(&database, hosts()).await;
    server.person(Role::Owner, "owner").await;
    let mut browser = server.browser();
    let origin = format!("https://{PANEL}");
    let own = [("host", PANEL), ("origin", origin.as_str())];
    let form = [("login", "owner"), ("password", PASSWORD)];
    let entered = browser
        .send(Method::POST, "/panel/sign-in", &form, &own)
        .await;
    assert_eq!(entered.location(), "/panel");
    for cookie in entered.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        // Browsers send a `__Host-` cookie to the host that has set it and to no other one.
        assert!(cookie.starts_with("__Host-panel"), "{cookie}");
        assert!(
            cookie.contains("; Secure") && cookie.contains("; Path=/;"),
            "{cookie}"
        );
        assert!(!cookie.to_lowercase().contains("domain"), "{cookie}");
    }
    let home = browser
        .send(Method::GET, "/panel", &[], &[("host", PANEL)])
        .await;
    assert_eq!(home.status, StatusCode::OK);
    // A page of another part of Bonex is another site for the panel.
    for foreign in [ADMIN, CASH, API, "bonex.test"] {
        let origin = format!("https://{foreign}");
        for headers in [
            [("host", PANEL), ("origin", origin.as_str())],
            [("host", PANEL), ("sec-fetch-site", "same-site")],
        ] {
            let sent = browser
                .send(Method::POST, "/panel/sign-out", &[], &headers)
                .await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{headers:?}");
        }
    }
    // A link for another person leads to the panel's host, on whatever host it was made.
    let form = [("name", "Зебо"), ("role", "manager")];
    let made = browser
        .send(Method::POST, "/panel/people", &form, &own)
        .await;
    assert!(
        made.body
            .contains(&format!("https://{PANEL}/panel/invitation/")),
        "{}",
        made.body
    );
}

#[on_both_engines]
async fn a_session_of_the_admin_console_stays_on_its_host(database: TestDatabase) {
    let server = Server::start_with(&database, hosts()).await;
    let mut browser = server.browser();
    let origin = format!("https://{ADMIN}");
    let own = [("host", ADMIN), ("origin", origin.as_str())];
    let path = server.admin_invitation().await;
    let form = [
        ("name", "Анвар"),
        ("login", "anvar"),
        ("password", PASSWORD),
        ("repeat", PASSWORD),
    ];
    let joined = browser.send(Method::POST, &path, &form, &own).await;
    assert_eq!(joined.location(), "/admin/sign-in/app");
    let cookie = joined.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-admin_code="), "{cookie}");
    assert!(
        cookie.contains("; Secure") && cookie.contains("; Path=/;"),
        "{cookie}"
    );
    // A page that does not exist is explained in the words of the console.
    let missing = browser.send(Method::GET, "/panel", &[], &own).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("href=\"/admin\""), "{}", missing.body);
    let foreign = [("host", ADMIN), ("origin", "https://panel.bonex.test")];
    let sent = browser.send(Method::POST, &path, &form, &foreign).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
}
