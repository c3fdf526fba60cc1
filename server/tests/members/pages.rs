//! The client's pages, as a browser without scripts opens them.

use axum::http::Method;
use serde_json::Value;
use testkit::{TestDatabase, on_both_engines};

use crate::place::{PHONE, Place, Reply};

/// A browser with at most one cookie.
struct Browser<'a> {
    place: &'a Place,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(place: &'a Place) -> Self {
        Self {
            place,
            cookie: String::new(),
        }
    }

    async fn get(&mut self, path: &str) -> Reply {
        let headers = [("cookie", self.cookie.as_str()), ("host", "bonex.test")];
        self.place
            .ask(Method::GET, path, &headers, &Value::Null)
            .await
    }

    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Reply {
        self.post_as("http://bonex.test", path, form).await
    }

    async fn post_as(&mut self, origin: &str, path: &str, form: &[(&str, &str)]) -> Reply {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        let body = body.extend_pairs(form).finish();
        let cookie = self.cookie.clone();
        let headers = [
            ("cookie", cookie.as_str()),
            ("host", "bonex.test"),
            ("origin", origin),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let body = Value::String(body);
        let reply = self.place.ask(Method::POST, path, &headers, &body).await;
        if let Some(cookie) = &reply.cookie {
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
        reply
    }

    async fn sign_in(&mut self, phone: &str) -> Reply {
        let store = self.place.store().to_string();
        self.place.sms.forget();
        let asked = self
            .post("/app/code", &[("store", &store), ("phone", phone)])
            .await;
        assert_eq!(asked.status, 200, "{}", asked.text);
        let code = self.place.sent_code();
        let sent = [("store", store.as_str()), ("phone", phone), ("code", &code)];
        self.post("/app/sign-in", &sent).await
    }
}

#[on_both_engines]
async fn a_client_signs_in_shows_the_qr_and_reads_the_history(database: TestDatabase) {
    let place = Place::start(&database).await;
    let mut browser = Browser::new(&place);
    let start = browser.get(&format!("/app?store={}", place.store())).await;
    assert!(start.text.contains("Магазин") && start.text.contains("Получить код"));
    let signed = browser.sign_in(PHONE).await;
    assert_eq!(
        (signed.status, signed.location.as_deref()),
        (303, Some("/app"))
    );
    let cookie = signed.cookie.unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("Path=/app"),
        "{cookie}"
    );
    place
        .shop
        .sell(PHONE, "1000", "10", Some("check-1"))
        .await
        .unwrap();
    let home = browser.get("/app").await;
    assert!(
        home.text.contains("59,50") && home.text.contains("<svg"),
        "{}",
        home.text
    );
    assert!(home.text.len() < 50_000, "{}", home.text.len());
    let history = browser.get("/app/history").await;
    for words in [
        "Покупка",
        "начислено +49,50",
        "списано −10,00",
        "за вступление",
    ] {
        let shown = history.text.replace('\u{a0}', " ");
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let policy = home.policy.unwrap();
    assert!(
        policy.contains("frame-ancestors https://web.telegram.org"),
        "{policy}"
    );
}

#[on_both_engines]
async fn what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(database: TestDatabase) {
    let place = Place::start(&database).await;
    let mut browser = Browser::new(&place);
    let store = place.store().to_string();
    for phone in ["", "12", "+79161234567", "<script>"] {
        let refused = browser
            .post("/app/code", &[("store", &store), ("phone", phone)])
            .await;
        assert_eq!(refused.status, 422, "{phone}");
        assert!(refused.text.contains("field-error") && !refused.text.contains("<script>"));
    }
    browser
        .post("/app/code", &[("store", &store), ("phone", PHONE)])
        .await;
    let soon = browser
        .post("/app/code", &[("store", &store), ("phone", PHONE)])
        .await;
    assert!(soon.text.contains("Подождите 61 с."), "{}", soon.text);
    let code = place.sent_code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let sent = [
        ("store", store.as_str()),
        ("phone", PHONE),
        ("code", wrong),
        ("full_name", "Зебо"),
    ];
    let refused = browser.post("/app/sign-in", &sent).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Неверный код") && refused.text.contains("Зебо"));
    assert!(!refused.text.contains(wrong), "a code is not shown again");
    for path in ["/app", "/app?store=999", "/app?store=x"] {
        let nowhere = browser.get(path).await;
        assert_eq!(nowhere.status, 404, "{path}");
        assert!(nowhere.text.contains("Магазин не найден"));
    }
}

#[on_both_engines]
async fn without_a_session_no_page_shows_anything(database: TestDatabase) {
    let place = Place::start(&database).await;
    let mut browser = Browser::new(&place);
    for cookie in ["", "client=", &format!("client={}", "0".repeat(64))] {
        browser.cookie = cookie.to_owned();
        for path in ["/app/history", "/app/preferences"] {
            let reply = browser.get(path).await;
            assert_eq!(
                (reply.status, reply.location.as_deref()),
                (303, Some("/app")),
                "{path}"
            );
        }
        for path in ["/app/preferences", "/app/not-me", "/app/sign-out"] {
            let reply = browser.post(path, &[]).await;
            assert_eq!(
                (reply.status, reply.location.as_deref()),
                (303, Some("/app")),
                "{path}"
            );
        }
    }
}

#[on_both_engines]
async fn a_page_of_another_site_changes_nothing(database: TestDatabase) {
    let place = Place::start(&database).await;
    let mut browser = Browser::new(&place);
    browser.sign_in(PHONE).await;
    for path in [
        "/app/preferences",
        "/app/not-me",
        "/app/sign-out",
        "/app/code",
        "/app/sign-in",
    ] {
        for origin in ["https://evil.test", "null"] {
            let reply = browser.post_as(origin, path, &[]).await;
            assert_eq!(reply.status, 403, "{path}");
        }
    }
    assert_eq!(browser.get("/app/preferences").await.status, 200);
}

#[on_both_engines]
async fn preferences_are_saved_and_it_is_not_me_leaves_the_bonuses(database: TestDatabase) {
    let place = Place::start(&database).await;
    let mut browser = Browser::new(&place);
    browser.sign_in(PHONE).await;
    let sent = [("reminders", "on"), ("offers", "on"), ("language", "en")];
    let saved = browser.post("/app/preferences", &sent).await;
    assert!(
        saved.text.contains("Saved.") && saved.text.contains("lang=\"en\""),
        "{}",
        saved.text
    );
    let stored = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND receipts_off_at IS NOT NULL
        AND reminders_off_at IS NULL AND offers_on_at IS NOT NULL AND language = 'en'";
    assert_eq!(place.shop.number(stored).await, 1);
    let bind = "UPDATE clients SET telegram_id = 4242, is_reachable = 1 WHERE tenant_id = $1";
    let changed = place
        .shop
        .backend
        .db
        .writes()
        .execute(bind, (place.store(),))
        .await;
    changed.unwrap().exactly(1).unwrap();
    let left = browser.post("/app/not-me", &[]).await;
    assert_eq!(left.status, 303);
    let unbound = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND telegram_id IS NULL
        AND is_reachable = 0";
    assert_eq!(place.shop.number(unbound).await, 1);
    assert_eq!(browser.get("/app/history").await.status, 303);
    let balance = place.shop.client(PHONE).await.figures.bonus_balance;
    assert_eq!(balance, testkit::money("20"));
}
