//! The own account of an admin: name, language, password, recovery codes, and another phone.

use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::{CODE, SIGN_IN, admin, send_password};
use crate::browser::{Browser, PASSWORD, Server};
use crate::second_step::{Phone, shown_codes};

const ACCOUNT: &str = "/admin/account";
const OWN_PASSWORD: &str = "/admin/account/password";
const SECOND_STEP: &str = "/admin/account/second-step";
const APP: &str = "/admin/account/second-step/app";
const CODES: &str = "/admin/account/second-step/codes";
const NEW_PASSWORD: &str = "another good password";

/// Signs an admin in on another device.
async fn enter(server: &Server, login: &str, password: &str, phone: &Phone) -> Browser {
    let mut browser = server.browser();
    let asked = send_password(&mut browser, login, password).await;
    assert_eq!(asked.location(), CODE, "{}", asked.body);
    server.shop.clock.advance(30);
    let code = phone.code(server, 0);
    let entered = browser.post(CODE, &[("code", &code)]).await;
    assert_eq!(entered.location(), "/admin", "{}", entered.body);
    browser
}

#[on_both_engines]
async fn an_admin_changes_name_and_language(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let page = browser.get(ACCOUNT).await.body;
    assert!(page.contains("value=\"Анвар Саидов\""), "{page}");
    for (name, language) in [("", "tg"), ("Анвар", "fr"), (&"я".repeat(101), "tg")] {
        let form = [("name", name), ("language", language)];
        let refused = browser.post(ACCOUNT, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
    assert!(
        !server
            .platform_acts()
            .await
            .contains(&"person_renamed".to_owned())
    );
    let form = [("name", "Анвар <i>С.</i>"), ("language", "tg")];
    let saved = browser.post(ACCOUNT, &form).await;
    assert_eq!(saved.location(), ACCOUNT);
    browser.post(ACCOUNT, &form).await;
    let page = browser.get(ACCOUNT).await.body;
    assert!(
        page.contains("lang=\"tg\"") && page.contains("Анвар &lt;i&gt;С."),
        "{page}"
    );
    assert!(!page.contains("<i>С."));
    // What has not changed is not written.
    let acts = server.platform_acts().await;
    assert_eq!(
        acts.iter().filter(|act| *act == "person_renamed").count(),
        1
    );
    let journal = browser.get("/admin/journal?act=person_renamed").await.body;
    assert!(
        journal.contains("Анвар Саидов → Анвар &lt;i&gt;С."),
        "{journal}"
    );
}

#[on_both_engines]
async fn a_new_own_password_ends_the_other_sessions(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, phone, _) = admin(&server, "anvar").await;
    let mut other = enter(&server, "anvar", PASSWORD, &phone).await;
    let mut waiting = server.browser();
    send_password(&mut waiting, "anvar", PASSWORD).await;
    let form = |old, password, repeat| [("old", old), ("password", password), ("repeat", repeat)];
    for (old, password, repeat) in [
        ("wrong password", NEW_PASSWORD, NEW_PASSWORD),
        (PASSWORD, "short", "short"),
        (PASSWORD, NEW_PASSWORD, "something else"),
    ] {
        let refused = browser
            .post(OWN_PASSWORD, &form(old, password, repeat))
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!refused.body.contains(NEW_PASSWORD), "{}", refused.body);
    }
    assert_eq!(other.get("/admin").await.status, StatusCode::OK);
    let changed = form(PASSWORD, NEW_PASSWORD, NEW_PASSWORD);
    assert_eq!(
        browser.post(OWN_PASSWORD, &changed).await.location(),
        ACCOUNT
    );
    assert_eq!(browser.get("/admin").await.status, StatusCode::OK);
    assert_eq!(other.get("/admin").await.location(), SIGN_IN);
    server.shop.clock.advance(30);
    let code = phone.code(&server, 0);
    let late = waiting.post(CODE, &[("code", &code)]).await;
    assert_eq!(late.location(), SIGN_IN, "a sign-in with the old password");
    let old = send_password(&mut other, "anvar", PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    enter(&server, "anvar", NEW_PASSWORD, &phone).await;
    assert!(
        server
            .platform_acts()
            .await
            .contains(&"password_set".to_owned())
    );
}

#[on_both_engines]
async fn new_recovery_codes_replace_the_old_ones(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, old) = admin(&server, "anvar").await;
    let made = browser.post(CODES, &[]).await;
    assert_eq!(made.headers["cache-control"], "no-store, no-transform");
    let new = shown_codes(&made.body);
    assert_eq!(new.len(), 8);
    assert!(old.iter().all(|code| !new.contains(code)));
    let by_recovery = format!("{CODE}?by=recovery");
    let mut second = server.browser();
    send_password(&mut second, "anvar", PASSWORD).await;
    let refused = second.post(&by_recovery, &[("recovery", &old[0])]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let entered = second.post(&by_recovery, &[("recovery", &new[0])]).await;
    assert_eq!(entered.location(), SECOND_STEP);
    for code in &new[1..6] {
        send_password(&mut second, "anvar", PASSWORD).await;
        second.post(&by_recovery, &[("recovery", code)]).await;
    }
    let page = second.get(SECOND_STEP).await.body;
    assert!(
        page.contains(">2</span>") && page.contains("почти не осталось"),
        "{page}"
    );
    let list = browser.get("/admin/admins").await.body;
    assert!(list.contains("запасных кодов 2"), "{list}");
}

#[on_both_engines]
async fn another_phone_takes_over_with_its_first_code(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, old, old_codes) = admin(&server, "anvar").await;
    assert_eq!(browser.get(APP).await.location(), SECOND_STEP, "not begun");
    assert_eq!(browser.post(SECOND_STEP, &[]).await.location(), APP);
    let page = browser.get(APP).await;
    assert_eq!(page.headers["cache-control"], "no-store, no-transform");
    assert!(page.body.contains("class=\"qr\""), "{}", page.body);
    let new = Phone {
        secret: shown_codes(&page.body).remove(0),
    };
    assert_ne!(new.secret, old.secret);
    // Until then the old phone works, and a code of the old one connects nothing.
    let mut other = enter(&server, "anvar", PASSWORD, &old).await;
    for code in ["000000", &old.code(&server, 0)] {
        let wrong = browser.post(APP, &[("code", code)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert_eq!(shown_codes(&wrong.body), [new.secret.as_str()]);
    }
    let mut waiting = server.browser();
    send_password(&mut waiting, "anvar", PASSWORD).await;

    let code = new.code(&server, 0);
    let connected = browser.post(APP, &[("code", &code)]).await;
    assert_eq!(connected.status, StatusCode::OK, "{}", connected.body);
    assert_eq!(shown_codes(&connected.body).len(), 8);
    let again = browser.post(APP, &[("code", &code)]).await;
    assert_eq!(again.location(), SECOND_STEP, "pressed twice");
    assert_eq!(server.platform_acts().await[0], "app_replaced");
    assert_eq!(other.get("/admin").await.location(), SIGN_IN);
    assert_eq!(browser.get("/admin").await.status, StatusCode::OK);
    server.shop.clock.advance(30);
    let late = waiting.post(CODE, &[("code", &old.code(&server, 0))]).await;
    assert_eq!(late.location(), SIGN_IN, "a sign-in that waited");
    send_password(&mut waiting, "anvar", PASSWORD).await;
    let stolen = waiting.post(CODE, &[("code", &old.code(&server, 0))]).await;
    assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);
    let by_recovery = format!("{CODE}?by=recovery");
    let stolen = waiting
        .post(&by_recovery, &[("recovery", &old_codes[0])])
        .await;
    assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);
    enter(&server, "anvar", PASSWORD, &new).await;
}

#[on_both_engines]
async fn a_new_secret_is_shown_only_after_the_password_and_for_an_hour(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    browser.post(SECOND_STEP, &[]).await;
    assert_eq!(browser.get(APP).await.status, StatusCode::OK);
    server.shop.clock.advance(901);
    let hidden = browser.get(APP).await;
    assert_eq!(hidden.location(), SECOND_STEP);
    let confirmed = browser.post(CODES, &[("password", PASSWORD)]).await;
    assert_eq!(confirmed.status, StatusCode::OK);
    assert_eq!(browser.get(APP).await.status, StatusCode::OK);
    server.shop.clock.advance(3_600);
    browser.post(CODES, &[("password", PASSWORD)]).await;
    assert_eq!(browser.get(APP).await.location(), SECOND_STEP, "too old");
}
