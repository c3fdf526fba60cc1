//! «Администраторы»: invitations, new passwords, and admins who leave.

use backend::accounts::{self, RemoveAdmin, RemovedAdmin};
use backend::audit::PlatformActor;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::{CODE, CONNECT, SIGN_IN, admin, join, send_password};
use crate::browser::{Browser, PASSWORD, Server, pairs};

const ADMINS: &str = "/admin/admins";
const HOSTILE: &str = "\"Чай\" & <b>мёд</b>\u{202e} '=1+1'";
const NEW_PASSWORD: &str = "another good password";

/// Returns the path of the link in a page that shows it.
fn link_in(body: &str) -> String {
    let start = body.find("/admin/invitation/").expect("a link");
    let rest = &body[start..];
    let end = rest.find(['"', '<', ' ']).unwrap();
    rest[..end].to_owned()
}

async fn count(server: &Server, act: &str) -> usize {
    let acts = server.platform_acts().await;
    acts.iter().filter(|known| *known == act).count()
}

async fn number_of(server: &Server, login: &str) -> i64 {
    let found = accounts::admin_by_login(&server.shop.backend, login).await;
    found.unwrap().expect("an admin")
}

#[on_both_engines]
async fn an_invitation_is_shown_once_and_made_once(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    for empty in ["", "  "] {
        let refused = browser.post(ADMINS, &[("name", empty)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("role=\"alert\""), "{}", refused.body);
    }
    let long = "я".repeat(101);
    let refused = browser.post(ADMINS, &[("name", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&long), "what was typed stays");

    let form = [("name", HOSTILE), ("once", "f00d")];
    let made = browser.post(ADMINS, &form).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    assert_eq!(made.headers["cache-control"], "no-store, no-transform");
    let link = link_in(&made.body);
    let again = browser.post(ADMINS, &form).await;
    assert_eq!(link_in(&again.body), link, "a form that is sent twice");
    assert_eq!(
        count(&server, "person_invited").await,
        2,
        "with the first one"
    );
    let page = browser.get(ADMINS).await.body;
    assert!(!page.contains("/admin/invitation/"), "{page}");
    assert!(!page.contains("<b>мёд") && page.contains("&lt;b&gt;мёд"));
    assert!(page.contains("Приглашения ждут"), "{page}");

    let mut guest = server.browser();
    assert_eq!(guest.get(&link).await.status, StatusCode::OK);
    let cancel = page.split("action=\"").find_map(|rest| {
        let action = rest.split('"').next().unwrap();
        action.ends_with("/cancel").then(|| action.to_owned())
    });
    let cancel = cancel.expect("an invitation");
    let cancelled = browser.post(&cancel, &[]).await;
    assert_eq!(cancelled.location(), ADMINS);
    assert_eq!(
        browser.post(&cancel, &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(guest.get(&link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.platform_acts().await[0], "invitation_cancelled");
}

#[on_both_engines]
async fn a_new_password_never_replaces_the_phone(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let (mut other, phone, _) = admin(&server, "zebo").await;
    let own = format!(
        "/admin/admins/{}/password-link",
        number_of(&server, "anvar").await
    );
    assert_eq!(browser.post(&own, &[]).await.status, StatusCode::NOT_FOUND);
    let url = format!(
        "/admin/admins/{}/password-link",
        number_of(&server, "zebo").await
    );
    let links: Vec<String> = [
        browser.post(&url, &[("once", "1")]).await,
        browser.post(&url, &[("once", "1")]).await,
        browser.post(&url, &[("once", "2")]).await,
    ]
    .iter()
    .map(|made| link_in(&made.body))
    .collect();
    assert!(links[0] == links[1] && links[0] != links[2], "{links:?}");
    assert_eq!(count(&server, "password_link_made").await, 2);
    // The sessions last until the password is set.
    assert_eq!(other.get("/admin").await.status, StatusCode::OK);

    let mut guest = server.browser();
    let page = guest.get(&links[0]).await.body;
    assert!(
        page.contains("zebo") && !page.contains("name=\"name\""),
        "{page}"
    );
    let form = |password| [("password", password), ("repeat", password)];
    let short = guest.post(&links[0], &form("short")).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let set = guest.post(&links[0], &form(NEW_PASSWORD)).await;
    assert_eq!(set.location(), CODE, "{}", set.body);
    assert_eq!(guest.get("/admin").await.location(), SIGN_IN);
    assert_eq!(other.get("/admin").await.location(), SIGN_IN);
    // Every link of this admin is over.
    for link in &links {
        assert_eq!(
            guest.get(link).await.status,
            StatusCode::NOT_FOUND,
            "{link}"
        );
    }
    let old = send_password(&mut other, "zebo", PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = phone.code(&server, 30);
    let entered = guest.post(CODE, &[("code", &code)]).await;
    assert_eq!(entered.location(), "/admin", "the same phone as before");
}

#[on_both_engines]
async fn a_removed_admin_is_out_at_once_with_all_links(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let (mut other, _, _) = admin(&server, "zebo").await;
    let invited = link_in(&other.post(ADMINS, &[("name", "Друг")]).await.body);
    let zebo = number_of(&server, "zebo").await;
    let url = format!("/admin/admins/{zebo}/remove");
    let password = browser
        .post(&format!("/admin/admins/{zebo}/password-link"), &[])
        .await;
    let password = link_in(&password.body);

    let asked = browser.get(&url).await;
    assert!(asked.body.contains("Закрыть доступ"), "{}", asked.body);
    let empty = browser.post(&url, &[("reason", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.get("/admin").await.status, StatusCode::OK);
    let form = [("reason", HOSTILE)];
    let removed = browser.post(&url, &form).await;
    assert_eq!(removed.location(), ADMINS, "{}", removed.body);
    assert_eq!(
        browser.post(&url, &form).await.location(),
        ADMINS,
        "pressed twice"
    );
    assert_eq!(count(&server, "person_removed").await, 1);

    assert_eq!(other.get("/admin").await.location(), SIGN_IN);
    let refused = send_password(&mut other, "zebo", PASSWORD).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for link in [invited, password] {
        let ended = server.browser().get(&link).await;
        assert_eq!(ended.status, StatusCode::NOT_FOUND, "{link}");
    }
    let journal = browser.get("/admin/journal").await.body;
    assert!(!journal.contains("<b>мёд") && journal.contains("&lt;b&gt;мёд"));
    // The login is free again.
    join(&server, "zebo").await;

    let own = format!("/admin/admins/{}/remove", number_of(&server, "anvar").await);
    assert_eq!(browser.get(&own).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        browser.post(&own, &form).await.status,
        StatusCode::NOT_FOUND
    );
    let unknown = browser.post("/admin/admins/999/remove", &form).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// Removes an admin at the command of another one, or of the operator.
async fn remove(server: &Server, actor: Option<i64>, admin_id: i64) -> RemovedAdmin {
    let actor = PlatformActor {
        admin_id: actor,
        name: "Анвар".to_owned(),
        address: String::new(),
    };
    let command = RemoveAdmin {
        actor: &actor,
        admin_id,
        reason: "test",
    };
    server.shop.backend.run(&command).await.unwrap()
}

#[on_both_engines]
async fn of_two_admins_who_remove_each_other_one_stays(database: TestDatabase) {
    let server = Server::start(&database).await;
    let backend = &server.shop.backend;
    let mut tx = backend.db.begin().await.unwrap();
    for login in ["anvar", "zebo"] {
        accounts::add_admin(&mut tx, login, PASSWORD, backend.clock.now())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let (one, other) = (
        number_of(&server, "anvar").await,
        number_of(&server, "zebo").await,
    );
    for _ in 0..8 {
        // Their own numbers, and the operator's, which nothing but the count stops.
        for actors in [[Some(one), Some(other)], [None, None]] {
            let outcomes = tokio::join!(
                remove(&server, actors[0], other),
                remove(&server, actors[1], one),
            );
            let outcomes = [outcomes.0, outcomes.1];
            let done = outcomes
                .iter()
                .filter(|known| **known == RemovedAdmin::Done);
            assert_eq!(done.count(), 1, "{outcomes:?}");
            let left = accounts::admins(backend).await.unwrap();
            assert_eq!(left.len(), 1, "{outcomes:?}");
            let back = "UPDATE admins SET removed_at = NULL";
            let changed = backend.db.writes().execute(back, ()).await.unwrap();
            changed.exactly(2).unwrap();
        }
    }
    assert_eq!(remove(&server, None, one).await, RemovedAdmin::Done);
    assert_eq!(remove(&server, None, one).await, RemovedAdmin::Unknown);
    assert_eq!(
        remove(&server, Some(one), other).await,
        RemovedAdmin::ActorGone
    );
    assert_eq!(remove(&server, None, other).await, RemovedAdmin::Last);
}

#[on_both_engines]
async fn whoever_is_removed_can_do_nothing_that_outlives_it(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (_, _, _) = admin(&server, "anvar").await;
    let (_, _, _) = admin(&server, "zebo").await;
    let zebo = number_of(&server, "zebo").await;
    assert_eq!(remove(&server, None, zebo).await, RemovedAdmin::Done);
    // A request whose session was found before the removal.
    let gone = PlatformActor {
        admin_id: Some(zebo),
        name: "Зебо".to_owned(),
        address: String::new(),
    };
    let invite = accounts::InviteAdmin {
        actor: &gone,
        name: "Друг",
        token: &"7".repeat(64),
    };
    assert_eq!(server.shop.backend.run(&invite).await.unwrap(), None);
    let link = accounts::MakeAdminPasswordLink {
        actor: &gone,
        admin_id: number_of(&server, "anvar").await,
        token: &"8".repeat(64),
    };
    assert_eq!(server.shop.backend.run(&link).await.unwrap(), None);
    assert_eq!(server.platform_acts().await[0], "person_removed");
}

/// Sends an act of power long after the sign-in: it asks for the password, keeps what was typed,
/// and goes on.
async fn act(server: &Server, browser: &mut Browser, url: &str, form: &[(&str, &str)]) {
    server.shop.clock.advance(901);
    let before = server.platform_acts().await;
    let asked = browser.post(url, form).await;
    assert!(asked.asks_password(), "{url}: {}", asked.body);
    assert!(
        asked.body.contains("Платформа"),
        "the words of this console"
    );
    assert_eq!(asked.action(), url);
    let mut waiting = asked.hidden();
    assert_eq!(pairs(&waiting), form, "{url}");
    for wrong in ["", "wrong password"] {
        let mut sent = waiting.clone();
        sent.push(("password".to_owned(), wrong.to_owned()));
        let refused = browser.post(url, &pairs(&sent)).await;
        assert!(refused.asks_password(), "{url}: {}", refused.body);
        assert!(!refused.body.contains("wrong password"), "{url}");
        assert_eq!(refused.hidden(), waiting, "{url}");
    }
    assert_eq!(server.platform_acts().await, before, "{url}");
    waiting.push(("password".to_owned(), PASSWORD.to_owned()));
    let done = browser.post(url, &pairs(&waiting)).await;
    assert!(!done.asks_password(), "{url}");
    assert!(done.status.as_u16() < 400, "{url}: {}", done.status);
}

#[on_both_engines]
async fn an_act_of_power_goes_on_after_the_password(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let (_, _, _) = admin(&server, "zebo").await;
    let zebo = number_of(&server, "zebo").await;
    let browser = &mut browser;
    let form = [("name", HOSTILE), ("once", "1")];
    act(&server, browser, ADMINS, &form).await;
    let link = format!("/admin/admins/{zebo}/password-link");
    act(&server, browser, &link, &[("once", "2")]).await;
    act(&server, browser, "/admin/account/second-step", &[]).await;
    act(&server, browser, "/admin/account/second-step/codes", &[]).await;
    let remove = format!("/admin/admins/{zebo}/remove");
    server.shop.clock.advance(901);
    let asked = browser.get(&remove).await;
    assert!(asked.body.contains("type=\"password\""), "{}", asked.body);
    act(&server, browser, &remove, &[("reason", HOSTILE)]).await;
    assert_eq!(
        server.platform_acts().await[..4],
        [
            "person_removed",
            "recovery_codes_made",
            "password_link_made",
            "person_invited"
        ]
    );
    let app = browser
        .post("/admin/account/second-step/app", &[("code", "1")])
        .await;
    assert_eq!(app.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[on_both_engines]
async fn a_guess_of_an_admins_password_is_counted(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    server.shop.clock.advance(901);
    for _ in 0..10 {
        let form = [("name", "Друг"), ("password", "wrong password")];
        let refused = browser.post(ADMINS, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let form = [("name", "Друг"), ("password", PASSWORD)];
    let refused = browser.post(ADMINS, &form).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(count(&server, "person_invited").await, 1);
}

#[on_both_engines]
async fn an_admin_without_an_app_is_shown_as_such(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let mut second = join(&server, "zebo").await;
    let page = browser.get(ADMINS).await.body;
    assert!(page.contains("ещё не подключён") && page.contains("это вы"));
    assert_eq!(second.get(CONNECT).await.status, StatusCode::OK);
}
