//! The second step of the sign-in: switched on with a first code, asked for after the password, and
//! proof against replayed and guessed codes.

use backend::accounts::{self, SwitchSecondStepOff};
use backend::audit::Actor;
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};
use totp_rs::{Builder, Secret};

use crate::browser::{Answer, Browser, PASSWORD, Server};

const NEW: &str = "/panel/second-step/new";
const CODE: &str = "/panel/sign-in/code";
const RECOVERY: &str = "/panel/sign-in/code?by=recovery";

/// The phone of a person: it knows the secret, and shows the code of the moment.
pub(crate) struct Phone {
    pub(crate) secret: String,
}

impl Phone {
    /// Returns the code that the phone shows now, or would show so many seconds later.
    pub(crate) fn code(&self, server: &Server, later: i64) -> String {
        let secret = Secret::try_from_base32(&self.secret).unwrap();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        let now = server.shop.backend.clock.now().micros() / 1_000_000;
        totp.generate(u64::try_from(now + later).unwrap())
            .to_string()
    }
}

/// Returns the texts of the elements that show codes.
pub(crate) fn shown_codes(body: &str) -> Vec<String> {
    let codes = body.split("class=\"code\">").skip(1);
    codes
        .map(|rest| rest.split('<').next().unwrap().replace(' ', ""))
        .collect()
}

/// Switches the second step on. Returns the phone and the recovery codes.
async fn switch_on(server: &Server, browser: &mut Browser) -> (Phone, Vec<String>) {
    let begun = browser.post("/panel/second-step", &[]).await;
    assert_eq!(begun.location(), NEW);
    let page = browser.get(NEW).await;
    assert!(page.body.contains("class=\"qr\""), "{}", page.body);
    let secret = shown_codes(&page.body).remove(0);
    let phone = Phone { secret };
    let wrong = browser.post(NEW, &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        shown_codes(&wrong.body),
        std::slice::from_ref(&phone.secret)
    );
    let code = phone.code(server, 0);
    let on = browser.post(NEW, &[("code", &code)]).await;
    assert_eq!(on.status, StatusCode::OK, "{}", on.body);
    let codes = shown_codes(&on.body);
    assert_eq!(codes.len(), 8);
    // The moment passes in which the first code could be used again.
    server.shop.clock.advance(60);
    (phone, codes)
}

async fn send_code(browser: &mut Browser, code: &str) -> Answer {
    browser.post(CODE, &[("code", code)]).await
}

async fn with_password(server: &Server, login: &str) -> Browser {
    let mut browser = server.browser();
    let asked = browser.sign_in(login, PASSWORD).await;
    assert_eq!(asked.location(), CODE);
    assert_eq!(browser.get("/panel").await.location(), "/panel/sign-in");
    browser
}

#[on_both_engines]
async fn a_code_is_asked_for_after_the_password(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let (phone, codes) = switch_on(&server, &mut owner).await;
    let shown = owner.get("/panel/second-step").await.body;
    assert!(codes.iter().all(|code| !shown.contains(code.as_str())));
    assert_eq!(owner.get(NEW).await.location(), "/panel/second-step");
    let again = owner.post("/panel/second-step", &[]).await;
    assert_eq!(again.location(), "/panel/second-step");

    let form = [
        ("login", "owner"),
        ("password", PASSWORD),
        ("next", "/panel/tills"),
    ];
    let mut browser = server.browser();
    let asked = browser.post("/panel/sign-in", &form).await;
    assert_eq!(
        asked.location(),
        "/panel/sign-in/code?next=%2Fpanel%2Ftills"
    );
    assert_eq!(browser.get(asked.location()).await.status, StatusCode::OK);
    for wrong in [
        "",
        "12345",
        "abcdef",
        &phone.code(&server, 120),
        &phone.code(&server, -120),
    ] {
        let refused = send_code(&mut browser, wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let form = [
        ("code", phone.code(&server, 30)),
        ("next", "/panel/tills".to_owned()),
    ];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let entered = browser.post(CODE, &form).await;
    assert_eq!(entered.location(), "/panel/tills");
    assert_eq!(browser.get("/panel").await.status, StatusCode::OK);
    assert!(!browser.cookies.keys().any(|name| name.contains("code")));
}

#[on_both_engines]
async fn a_code_is_used_once_also_in_a_race(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let (phone, codes) = switch_on(&server, &mut owner).await;
    let mut browsers = Vec::new();
    for _ in 0..6 {
        browsers.push(with_password(&server, "owner").await);
    }
    let code = phone.code(&server, 0);
    let mut entered = 0;
    let sent: Vec<_> = browsers
        .into_iter()
        .map(|mut browser| {
            let code = code.clone();
            tokio::spawn(async move {
                let answer = send_code(&mut browser, &code).await;
                (answer.status, browser)
            })
        })
        .collect();
    let mut refused = Vec::new();
    for task in sent {
        match task.await.unwrap() {
            (StatusCode::SEE_OTHER, _) => entered += 1,
            (StatusCode::UNPROCESSABLE_ENTITY, browser) => refused.push(browser),
            (other, _) => panic!("{other}"),
        }
    }
    assert_eq!((entered, refused.len()), (1, 5));
    let mut late = refused.pop().unwrap();
    // The code before it is refused too, the next one is not.
    let before = send_code(&mut late, &phone.code(&server, -30)).await;
    assert_eq!(before.status, StatusCode::UNPROCESSABLE_ENTITY);
    server.shop.clock.advance(30);
    let next = send_code(&mut late, &phone.code(&server, 0)).await;
    assert_eq!(next.status, StatusCode::SEE_OTHER);

    // The same with a recovery code.
    server.shop.clock.advance(901);
    let mut one = with_password(&server, "owner").await;
    let mut other = with_password(&server, "owner").await;
    let typed = codes[0].to_uppercase();
    let form = [("recovery", typed.as_str())];
    let (first, second) = tokio::join!(one.post(RECOVERY, &form), other.post(RECOVERY, &form));
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(
        statuses,
        [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]
    );
    let page = owner.get("/panel/second-step").await;
    assert!(page.body.contains(">7<"), "{}", page.body);
    assert!(
        server
            .acts()
            .await
            .contains(&"recovery_code_used".to_owned())
    );
}

#[on_both_engines]
async fn a_second_step_begins_with_a_password_and_ends_in_ten_minutes(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let (phone, _) = switch_on(&server, &mut owner).await;
    let mut nobody = server.browser();
    assert_eq!(nobody.get(CODE).await.location(), "/panel/sign-in");
    for cookie in ["", "1.", "1.abc", &format!("1.{}", "0".repeat(64))] {
        nobody
            .cookies
            .insert("panel_code".to_owned(), cookie.to_owned());
        let sent = send_code(&mut nobody, &phone.code(&server, 0)).await;
        assert_eq!(sent.location(), "/panel/sign-in", "{cookie}");
    }
    // The cookie of the second step is no session.
    let mut browser = with_password(&server, "owner").await;
    let value = browser.cookies["panel_code"].clone();
    nobody.cookies.insert("panel".to_owned(), value);
    assert_eq!(nobody.get("/panel").await.location(), "/panel/sign-in");

    server.shop.clock.advance(600);
    assert_eq!(browser.get(CODE).await.location(), "/panel/sign-in");
    let late = send_code(&mut browser, &phone.code(&server, 0)).await;
    assert_eq!(late.location(), "/panel/sign-in");
    assert_eq!(browser.get("/panel").await.location(), "/panel/sign-in");
}

#[on_both_engines]
async fn guesses_at_codes_are_limited_for_the_person(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let (phone, codes) = switch_on(&server, &mut owner).await;
    for _ in 0..2 {
        // A new sign-in does not give new guesses.
        let mut thief = with_password(&server, "owner").await;
        for _ in 0..5 {
            let guess = send_code(&mut thief, "000000").await;
            assert_eq!(guess.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
    }
    let mut thief = with_password(&server, "owner").await;
    let right = send_code(&mut thief, &phone.code(&server, 0)).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    let recovery = thief.post(RECOVERY, &[("recovery", &codes[0])]).await;
    assert_eq!(recovery.status, StatusCode::TOO_MANY_REQUESTS);
    server.shop.clock.advance(901);
    let mut owner = with_password(&server, "owner").await;
    let right = send_code(&mut owner, &phone.code(&server, 0)).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
}

#[on_both_engines]
async fn a_new_password_link_leaves_the_second_step_on(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut manager = server.person(Role::Manager, "zebo").await;
    let (phone, _) = switch_on(&server, &mut manager).await;
    let mut waiting = with_password(&server, "zebo").await;
    let made = owner.post("/panel/people/2/password-link", &[]).await;
    let start = made.body.find("/panel/invitation/").unwrap();
    let link: String = made.body[start..]
        .chars()
        .take_while(|sign| !"\"< ".contains(*sign))
        .collect();
    let mut browser = server.browser();
    let form = [
        ("password", "another password"),
        ("repeat", "another password"),
    ];
    let used = browser.post(&link, &form).await;
    assert_eq!(used.location(), CODE);
    assert_eq!(browser.get("/panel").await.location(), "/panel/sign-in");
    // A sign-in with the old password that waited for its code is over.
    let late = send_code(&mut waiting, &phone.code(&server, 0)).await;
    assert_eq!(late.location(), "/panel/sign-in");
    let entered = send_code(&mut browser, &phone.code(&server, 0)).await;
    assert_eq!(entered.location(), "/panel");
}

#[on_both_engines]
async fn the_second_step_is_switched_off_with_the_password(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let (_, codes) = switch_on(&server, &mut owner).await;
    let made = owner.post("/panel/second-step/codes", &[]).await;
    let new = shown_codes(&made.body);
    assert_eq!(new.len(), 8);
    let mut browser = with_password(&server, "owner").await;
    let old = browser.post(RECOVERY, &[("recovery", &codes[1])]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let entered = browser.post(RECOVERY, &[("recovery", &new[1])]).await;
    assert_eq!(entered.location(), "/panel/second-step");

    let off = "/panel/second-step/off";
    assert_eq!(owner.get(off).await.status, StatusCode::OK);
    let wrong = owner.post(off, &[("password", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = owner.post(off, &[("password", PASSWORD)]).await;
    assert_eq!(right.location(), "/panel/second-step");
    let mut browser = server.browser();
    assert_eq!(
        browser.sign_in("owner", PASSWORD).await.location(),
        "/panel"
    );
    let acts = server.acts().await;
    for act in ["second_step_on", "recovery_codes_made", "second_step_off"] {
        assert!(acts.contains(&act.to_owned()), "{act}");
    }
}

#[on_both_engines]
async fn the_second_step_changes_only_soon_after_the_password(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let begun = owner.post("/panel/second-step", &[]).await;
    assert_eq!(begun.location(), NEW);
    server.shop.clock.advance(901);
    let asked = owner.get(NEW).await;
    assert_eq!(
        asked.location(),
        "/panel/password?next=%2Fpanel%2Fsecond-step%2Fnew"
    );
    for path in [NEW, "/panel/second-step", "/panel/second-step/codes"] {
        let sent = owner.post(path, &[("code", "000000")]).await;
        assert!(sent.asks_password(), "{path}");
    }
    // A secret that nobody confirmed within an hour is forgotten.
    server.shop.clock.advance(3_600);
    owner
        .post("/panel/password", &[("password", PASSWORD)])
        .await;
    assert_eq!(owner.get(NEW).await.location(), "/panel/second-step");
}

#[on_both_engines]
async fn the_operator_switches_the_second_step_off(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    switch_on(&server, &mut owner).await;
    let mut waiting = with_password(&server, "owner").await;
    let backend = &server.shop.backend;
    let found = accounts::person_by_login(backend, " OWNER").await.unwrap();
    let (tenant_id, user_id) = found.expect("a person");
    let actor = Actor {
        tenant_id,
        user_id: None,
        name: "Bonex".to_owned(),
        address: String::new(),
    };
    let off = SwitchSecondStepOff {
        actor: &actor,
        user_id,
    };
    assert!(backend.run(&off).await.unwrap());
    assert!(!backend.run(&off).await.unwrap());
    assert_eq!(waiting.get(CODE).await.location(), "/panel/sign-in");
    let mut browser = server.browser();
    assert_eq!(
        browser.sign_in("owner", PASSWORD).await.location(),
        "/panel"
    );
    let journal = browser.get("/panel/journal").await.body;
    assert!(journal.contains("Второй шаг входа выключен") && journal.contains(">Bonex<"));
}
