//! The admin console: an invitation, the authenticator app that every admin must have, sessions,
//! and the list of stores.

use backend::accounts::{self, ResetAdmin};
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Answer, Browser, PASSWORD, Server};
use crate::second_step::{Phone, shown_codes};

pub(crate) const SIGN_IN: &str = "/admin/sign-in";
pub(crate) const CODE: &str = "/admin/sign-in/code";
pub(crate) const CONNECT: &str = "/admin/sign-in/app";

pub(crate) async fn send_password(browser: &mut Browser, login: &str, password: &str) -> Answer {
    let form = [("login", login), ("password", password)];
    browser.post(SIGN_IN, &form).await
}

/// Accepts an invitation. The browser has no session yet.
pub(crate) async fn join(server: &Server, login: &str) -> Browser {
    let path = server.admin_invitation().await;
    let mut browser = server.browser();
    let form = [
        ("name", "Анвар Саидов"),
        ("login", login),
        ("password", PASSWORD),
        ("repeat", PASSWORD),
    ];
    let joined = browser.post(&path, &form).await;
    assert_eq!(joined.location(), CONNECT, "{}", joined.body);
    browser
}

/// Connects an app. Returns the phone and the recovery codes.
pub(crate) async fn connect(server: &Server, browser: &mut Browser) -> (Phone, Vec<String>) {
    let page = browser.get(CONNECT).await;
    let secret = shown_codes(&page.body).remove(0);
    let phone = Phone { secret };
    let code = phone.code(server, 0);
    let connected = browser.post(CONNECT, &[("code", &code)]).await;
    assert_eq!(connected.status, StatusCode::OK, "{}", connected.body);
    let codes = shown_codes(&connected.body);
    assert_eq!(codes.len(), 8);
    (phone, codes)
}

/// Returns the browser of a new admin who has signed in.
pub(crate) async fn admin(server: &Server, login: &str) -> (Browser, Phone, Vec<String>) {
    let mut browser = join(server, login).await;
    let (phone, codes) = connect(server, &mut browser).await;
    (browser, phone, codes)
}

#[on_both_engines]
async fn an_invited_admin_has_no_session_without_an_app(database: TestDatabase) {
    let server = Server::start(&database).await;
    let path = server.admin_invitation().await;
    let mut browser = server.browser();
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("value=\"Анвар\""), "{}", page.body);
    let english = server.browser().get(&format!("{path}?language=en")).await;
    assert!(english.body.contains("lang=\"en\""), "{}", english.body);
    let form = |password| {
        [
            ("name", "Анвар Саидов"),
            ("login", " Anvar "),
            ("password", password),
            ("repeat", password),
        ]
    };
    let short = browser.post(&path, &form("short")).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let joined = browser.post(&path, &form(PASSWORD)).await;
    assert_eq!(joined.location(), CONNECT);
    for used in [
        browser.get(&path).await,
        browser.post(&path, &form(PASSWORD)).await,
    ] {
        assert_eq!(used.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(browser.get("/admin").await.location(), SIGN_IN);
    assert_eq!(browser.get(CODE).await.location(), SIGN_IN);

    let page = browser.get(CONNECT).await;
    assert!(page.body.contains("class=\"qr\""), "{}", page.body);
    assert_eq!(page.headers["cache-control"], "no-store, no-transform");
    let secret = shown_codes(&page.body);
    for wrong in ["", "000000", "abcdef"] {
        let refused = browser.post(CONNECT, &[("code", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert_eq!(shown_codes(&refused.body), secret);
    }
    connect(&server, &mut browser).await;
    let home = browser.get("/admin").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(
        home.body.contains("Анвар Саидов") && home.body.contains("/admin/stores/1\""),
        "{}",
        home.body
    );
    assert_eq!(
        server.platform_acts().await,
        [
            "signed_in",
            "second_step_on",
            "person_joined",
            "person_invited"
        ]
    );
}

#[on_both_engines]
async fn the_sign_in_asks_for_a_code_that_works_once(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut first, phone, codes) = admin(&server, "anvar").await;
    let left = first.post("/admin/sign-out", &[]).await;
    assert_eq!(left.location(), SIGN_IN);
    assert_eq!(first.get("/admin").await.location(), SIGN_IN);

    let asked = send_password(&mut first, "ANVAR", PASSWORD).await;
    assert_eq!(asked.location(), CODE);
    assert_eq!(first.get("/admin").await.location(), SIGN_IN);
    assert_eq!(first.get(CONNECT).await.location(), SIGN_IN);
    // The code that has connected the app is used up.
    let replayed = [("code", phone.code(&server, 0))];
    let replayed = replayed
        .each_ref()
        .map(|(name, code)| (*name, code.as_str()));
    let refused = first.post(CODE, &replayed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    server.shop.clock.advance(30);
    let code = phone.code(&server, 0);
    let form = [("code", code.as_str()), ("next", "/panel")];
    let entered = first.post(CODE, &form).await;
    assert_eq!(entered.location(), "/admin");
    assert_eq!(first.get("/admin").await.status, StatusCode::OK);

    let mut other = server.browser();
    send_password(&mut other, "anvar", PASSWORD).await;
    let by_recovery = format!("{CODE}?by=recovery");
    let form = [("recovery", codes[0].as_str())];
    let entered = other.post(&by_recovery, &form).await;
    assert_eq!(entered.location(), "/admin/account/second-step");
    let left = other.get(entered.location()).await.body;
    assert!(left.contains(">7</span>"), "{left}");
    let mut again = server.browser();
    send_password(&mut again, "anvar", PASSWORD).await;
    let refused = again.post(&by_recovery, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        server
            .platform_acts()
            .await
            .contains(&"recovery_code_used".to_owned())
    );
}

#[on_both_engines]
async fn of_two_apps_the_first_connected_counts(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut one = join(&server, "anvar").await;
    let before = shown_codes(&one.get(CONNECT).await.body);
    let mut other = server.browser();
    let asked = send_password(&mut other, "anvar", PASSWORD).await;
    assert_eq!(asked.location(), CONNECT);
    // A new sign-in replaces a secret that somebody else may have seen.
    assert_ne!(shown_codes(&other.get(CONNECT).await.body), before);
    let (phone, _) = connect(&server, &mut other).await;
    let code = phone.code(&server, 0);
    let late = one.post(CONNECT, &[("code", &code)]).await;
    assert_eq!(late.location(), SIGN_IN);
    assert_eq!(one.get("/admin").await.location(), SIGN_IN);

    // A sign-in that waited for ten minutes is over.
    let mut slow = join(&server, "second").await;
    server.shop.clock.advance(600);
    assert_eq!(slow.get(CONNECT).await.location(), SIGN_IN);
}

#[on_both_engines]
async fn a_wrong_password_says_no_more_than_an_unknown_login(database: TestDatabase) {
    let server = Server::start(&database).await;
    admin(&server, "anvar").await;
    // The same login in a store is another person.
    server.person(Role::Owner, "anvar").await;
    server.person(Role::Owner, "firuz").await;
    let mut browser = server.browser();
    let wrong = send_password(&mut browser, "anvar", "wrong password").await;
    let unknown = send_password(&mut browser, "firuz", PASSWORD).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let shown = |body: &str, login: &str| body.replace(login, "");
    assert_eq!(shown(&wrong.body, "anvar"), shown(&unknown.body, "firuz"));
    assert!(browser.cookies.is_empty());
}

#[on_both_engines]
async fn guesses_are_counted_apart_from_those_at_a_store(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (_, phone, _) = admin(&server, "anvar").await;
    let mut browser = server.browser();
    for _ in 0..10 {
        let tried = browser.sign_in("anvar", "wrong password").await;
        assert_eq!(tried.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // All guesses of one address count together; the login of a store does not shut an admin out.
    let tried = send_password(&mut browser, "anvar", PASSWORD).await;
    assert_eq!(tried.status, StatusCode::TOO_MANY_REQUESTS);
    let clear = "DELETE FROM guesses WHERE count = 11";
    let db = &server.shop.backend.db;
    db.writes()
        .execute(clear, ())
        .await
        .unwrap()
        .exactly(1)
        .unwrap();
    let tried = send_password(&mut browser, "anvar", PASSWORD).await;
    assert_eq!(tried.location(), CODE);
    for _ in 0..10 {
        let guess = browser.post(CODE, &[("code", "000000")]).await;
        assert_eq!(guess.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let code = phone.code(&server, 30);
    let right = browser.post(CODE, &[("code", &code)]).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
}

#[on_both_engines]
async fn a_session_ends_after_twelve_hours_without_use(database: TestDatabase) {
    const HOUR: i64 = 3_600;
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    for _ in 0..2 {
        server.shop.clock.advance(11 * HOUR);
        assert_eq!(browser.get("/admin").await.status, StatusCode::OK);
    }
    server.shop.clock.advance(12 * HOUR);
    assert_eq!(browser.get("/admin").await.location(), SIGN_IN);
}

#[on_both_engines]
async fn an_admin_ends_own_sessions(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, phone, _) = admin(&server, "anvar").await;
    let (mut stranger, _, _) = admin(&server, "other").await;
    let mut second = server.browser();
    send_password(&mut second, "anvar", PASSWORD).await;
    let code = phone.code(&server, 30);
    second.post(CODE, &[("code", &code)]).await;
    assert_eq!(second.get("/admin").await.status, StatusCode::OK);

    let page = browser.get("/admin/sessions").await;
    let end = page.body.split("action=\"").skip(1).find_map(|rest| {
        let action = rest.split('"').next().unwrap();
        action.ends_with("/end").then(|| action.to_owned())
    });
    let end = end.expect("another session");
    // Another admin's session is not found.
    let foreign = stranger.post(&end, &[]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let ended = browser.post(&end, &[]).await;
    assert_eq!(ended.location(), "/admin/sessions");
    let page = browser.get("/admin/sessions").await;
    assert!(page.body.contains("Вход завершён."), "{}", page.body);
    assert_eq!(second.get("/admin").await.location(), SIGN_IN);
    let others = browser.post("/admin/sessions/end-others", &[]).await;
    assert_eq!(others.location(), "/admin/sessions");
    assert_eq!(stranger.get("/admin").await.status, StatusCode::OK);
    assert_eq!(server.platform_acts().await[0], "session_ended");
}

#[on_both_engines]
async fn the_operator_lets_an_admin_connect_another_app(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let backend = &server.shop.backend;
    let found = accounts::admin_by_login(backend, " ANVAR").await.unwrap();
    let admin_id = found.expect("an admin");
    let reset = ResetAdmin { admin_id };
    assert!(backend.run(&reset).await.unwrap());
    assert!(!backend.run(&reset).await.unwrap());
    assert_eq!(browser.get("/admin").await.location(), SIGN_IN);
    let asked = send_password(&mut browser, "anvar", PASSWORD).await;
    assert_eq!(asked.location(), CONNECT);
    connect(&server, &mut browser).await;
    assert_eq!(browser.get("/admin").await.status, StatusCode::OK);
    let acts = server.platform_acts().await;
    assert!(acts.contains(&"second_step_off".to_owned()), "{acts:?}");
}

#[on_both_engines]
async fn the_list_of_stores_continues(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    server.shop.register("900000501").await;
    server
        .shop
        .sell("900000501", "1000", "0", None)
        .await
        .unwrap();
    let mut tx = server.shop.backend.db.begin().await.unwrap();
    for number in 2..=101 {
        let (name, hash) = (format!("Магазин {number}"), format!("hash {number}"));
        let insert = "INSERT INTO tenants (name, token_hash, token_sealed, created_at)
            VALUES ($1, $2, '', 0)";
        let changed = tx.execute(insert, (name, hash)).await.unwrap();
        changed.exactly(1).unwrap();
    }
    tx.commit().await.unwrap();
    let page = browser.get("/admin").await.body;
    assert!(page.contains("Магазин 100<") && !page.contains("Магазин 101<"));
    assert!(page.contains("сейчас") && page.contains("продаж не было"));
    let next = page
        .split("href=\"")
        .find(|rest| rest.starts_with("/admin?after="));
    let next = next.unwrap().split('"').next().unwrap();
    let page = browser.get(next).await.body;
    assert!(page.contains("Магазин 101<") && !page.contains("Магазин 100<"));
}
