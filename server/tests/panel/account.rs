//! A person's own account: the password asked again, sessions, settings and the own password.

use domain::Role;
use reqwest::{Method, StatusCode};
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{PASSWORD, Server};

const NEW_PASSWORD: &str = "another good password";

#[on_both_engines]
async fn the_password_is_asked_again_and_leads_only_to_own_pages(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let page = owner.get("/panel/password?next=%2Fpanel%2Fpeople").await;
    assert!(
        page.body.contains("value=\"/panel/people\""),
        "{}",
        page.body
    );
    let foreign = owner
        .get("/panel/password?next=https%3A%2F%2Fevil.example")
        .await;
    assert!(!foreign.body.contains("evil"), "{}", foreign.body);
    for (next, leads_to) in [
        ("/panel/people", "/panel/people"),
        ("/panel/people?after=1.2", "/panel/people?after=1.2"),
        ("https://evil.example", "/panel"),
        ("//evil.example", "/panel"),
        ("/panel/\nset-cookie", "/panel"),
        ("", "/panel"),
    ] {
        let form = [("password", PASSWORD), ("next", next)];
        let confirmed = owner.post("/panel/password", &form).await;
        assert_eq!(confirmed.location(), leads_to, "{next}");
    }
    let form = [("password", "wrong password"), ("next", "/panel/people")];
    let wrong = owner.post("/panel/password", &form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"/panel/people\""));
    assert!(!wrong.body.contains("wrong password"));
}

#[on_both_engines]
async fn the_password_asked_again_is_limited_as_the_sign_in(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    server.shop.clock.advance(901);
    for _ in 0..10 {
        let wrong = owner
            .post("/panel/password", &[("password", "guess")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let right = owner
        .post("/panel/password", &[("password", PASSWORD)])
        .await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    // The guesses count for the sign-in too.
    let mut browser = server.browser();
    let right = browser.sign_in("owner", PASSWORD).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    let asked = owner.post("/panel/people/9/remove", &[]).await;
    assert!(asked.asks_password(), "{}", asked.body);
    server.shop.clock.advance(181);
    let right = owner
        .post("/panel/password", &[("password", PASSWORD)])
        .await;
    assert_eq!(right.location(), "/panel");
    let allowed = owner.post("/panel/people/9/remove", &[]).await;
    assert_eq!(allowed.location(), "/panel/people");
}

/// Returns the paths of the forms that end a session.
fn ends(body: &str) -> Vec<String> {
    let actions = body.split("action=\"").skip(1);
    actions
        .filter_map(|rest| rest.split('"').next())
        .filter(|action| action.starts_with("/panel/sessions/") && action.ends_with("/end"))
        .map(str::to_owned)
        .collect()
}

#[on_both_engines]
async fn a_person_sees_and_ends_only_their_own_sessions(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut manager = server.person(Role::Manager, "zebo").await;
    let mut phone = server.browser();
    let mut tablet = server.browser();
    for browser in [&mut phone, &mut tablet] {
        assert_eq!(
            browser.sign_in("owner", PASSWORD).await.location(),
            "/panel"
        );
    }
    assert!(ends(&manager.get("/panel/sessions").await.body).is_empty());
    let listed = ends(&owner.get("/panel/sessions").await.body);
    assert_eq!(listed.len(), 2);
    // Another person cannot end them, and an unknown number ends none.
    let foreign = manager.post(&listed[0], &[]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    for id in ["-1", "0", "1"] {
        let none = owner.post(&format!("/panel/sessions/{id}/end"), &[]).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{id}");
    }
    let mut alive = 0;
    assert_eq!(
        owner.post(&listed[0], &[]).await.location(),
        "/panel/sessions"
    );
    for browser in [&mut phone, &mut tablet] {
        alive += usize::from(browser.get("/panel").await.status == StatusCode::OK);
    }
    assert_eq!(alive, 1);
    // The same form sent again ends nothing more.
    assert_eq!(
        owner.post(&listed[0], &[]).await.status,
        StatusCode::NOT_FOUND
    );
    let ended = owner.post("/panel/sessions/end-others", &[]).await;
    assert_eq!(ended.location(), "/panel/sessions");
    for browser in [&mut phone, &mut tablet] {
        assert_eq!(browser.get("/panel").await.location(), "/panel/sign-in");
        let sent = browser.post("/panel/tills/new", &[]).await;
        assert_eq!(sent.location(), "/panel/sign-in");
    }
    assert_eq!(owner.get("/panel").await.status, StatusCode::OK);
    assert_eq!(manager.get("/panel").await.status, StatusCode::OK);
    let acts = server.acts().await;
    assert_eq!(acts.iter().filter(|act| *act == "session_ended").count(), 2);
}

#[on_both_engines]
async fn the_own_password_needs_the_old_one_and_ends_other_sessions(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut phone = server.browser();
    phone.sign_in("owner", PASSWORD).await;
    let path = "/panel/settings/password";
    for (old, password, repeat) in [
        ("wrong password", NEW_PASSWORD, NEW_PASSWORD),
        (PASSWORD, "short", "short"),
        (PASSWORD, "qwertyuiop12", "qwertyuiop12"),
        (PASSWORD, "Owner-owner", "Owner-owner"),
        (PASSWORD, NEW_PASSWORD, "another"),
        ("", NEW_PASSWORD, NEW_PASSWORD),
    ] {
        let form = [("old", old), ("password", password), ("repeat", repeat)];
        let refused = owner.post(path, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!refused.body.contains(NEW_PASSWORD) && !refused.body.contains(PASSWORD));
    }
    assert_eq!(phone.get("/panel").await.status, StatusCode::OK);
    let form = [
        ("old", PASSWORD),
        ("password", NEW_PASSWORD),
        ("repeat", NEW_PASSWORD),
    ];
    assert_eq!(owner.post(path, &form).await.location(), "/panel/settings");
    assert_eq!(owner.get("/panel").await.status, StatusCode::OK);
    assert_eq!(phone.get("/panel").await.location(), "/panel/sign-in");
    let old = phone.sign_in("owner", PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        phone.sign_in("owner", NEW_PASSWORD).await.location(),
        "/panel"
    );
    assert!(server.acts().await.contains(&"password_set".to_owned()));
}

#[on_both_engines]
async fn settings_are_the_persons_own_and_the_stores_name_a_managers(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut manager = server.person(Role::Manager, "zebo").await;
    let mut accountant = server.person(Role::Accountant, "daler").await;
    let hostile = "<script>Сомон</script>";
    let form = [("name", hostile), ("person", "Зебо Р."), ("language", "tg")];
    let saved = manager.post("/panel/settings", &form).await;
    assert_eq!(saved.location(), "/panel/settings");
    let page = manager.get("/panel/settings").await.body;
    assert!(
        page.contains("lang=\"tg\"") && page.contains("Зебо Р."),
        "{page}"
    );
    assert!(
        page.contains("&lt;script") && !page.contains("<script"),
        "{page}"
    );

    // An accountant changes only their own name and language.
    let form = [
        ("name", "Чужое имя"),
        ("person", "Далер"),
        ("language", "en"),
    ];
    accountant.post("/panel/settings", &form).await;
    let page = accountant.get("/panel/settings").await.body;
    assert!(
        page.contains("lang=\"en\"") && page.contains("Далер"),
        "{page}"
    );
    assert!(!page.contains("Чужое имя"), "{page}");

    // The language follows the person to another browser, also before the next sign-in there.
    let mut phone = server.browser();
    phone.sign_in("zebo", PASSWORD).await;
    assert!(phone.get("/panel").await.body.contains("lang=\"tg\""));
    phone.post("/panel/sign-out", &[]).await;
    assert!(
        phone
            .get("/panel/sign-in")
            .await
            .body
            .contains("lang=\"tg\"")
    );

    for form in [
        [("name", ""), ("person", "Зебо"), ("language", "ru")],
        [("name", "Сомон"), ("person", " "), ("language", "ru")],
        [("name", "Сомон"), ("person", "Зебо"), ("language", "xx")],
    ] {
        let refused = manager.post("/panel/settings", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
    }
    let acts = server.acts().await;
    assert_eq!(
        acts.iter().filter(|act| *act == "settings_saved").count(),
        1
    );
    assert_eq!(
        acts.iter().filter(|act| *act == "person_renamed").count(),
        2
    );
}

#[on_both_engines]
async fn no_form_of_the_account_takes_requests_of_other_sites(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let origin = owner.origin.clone();
    for path in [
        "/panel/sign-in",
        "/panel/sign-in/code",
        "/panel/sign-out",
        "/panel/password",
        "/panel/settings",
        "/panel/settings/password",
        "/panel/second-step",
        "/panel/second-step/new",
        "/panel/second-step/codes",
        "/panel/second-step/off",
        "/panel/sessions/end-others",
        "/panel/sessions/1/end",
    ] {
        for headers in [
            &[][..],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("origin", origin.as_str()), ("sec-fetch-site", "same-site")],
        ] {
            let form = [("password", PASSWORD)];
            let sent = owner.send(Method::POST, path, &form, headers).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
        }
    }
    assert_eq!(owner.get("/panel").await.status, StatusCode::OK);
}

#[on_both_engines]
async fn a_refusal_is_a_page_in_the_language_of_the_visitor(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut browser = server.person(Role::Accountant, "daler").await;
    for (method, path, status) in [
        (Method::GET, "/panel/tills/999999", StatusCode::NOT_FOUND),
        (Method::GET, "/panel/people", StatusCode::FORBIDDEN),
        (
            Method::GET,
            "/panel/invitation/1.unknown",
            StatusCode::NOT_FOUND,
        ),
        (Method::POST, "/panel/settings", StatusCode::FORBIDDEN),
    ] {
        let english = [("accept-language", "en")];
        let answer = browser.send(method, path, &[], &english).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.body.contains("lang=\"en\""),
            "{path}: {}",
            answer.body
        );
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("style-src 'self'"), "{path}: {policy}");
    }
}
