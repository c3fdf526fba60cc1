//! «Журнал платформы» on the screen and as a file.

use backend::audit::Action;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::admin;
use crate::browser::Server;
use crate::files::download;

const JOURNAL: &str = "/admin/journal";
const DAY: i64 = 86_400;
const HOSTILE: [&str; 4] = [
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\u{202e}xslx; \"7\"",
    "🧾🧾🧾🧾",
];

fn lines(body: &str) -> usize {
    body.matches("class=\"j-time").count()
}

#[on_both_engines]
async fn the_files_have_the_entries_of_the_screen(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    for name in HOSTILE {
        browser.post("/admin/admins", &[("name", name)]).await;
        server.shop.clock.advance(60);
    }
    let path = format!("{JOURNAL}?act=person_invited&who=1");
    let screen = browser.get(&path).await.body;
    assert!(!screen.contains("<script>"), "{screen}");
    assert_eq!(lines(&screen), HOSTILE.len());
    let rows = download(&mut browser, &path).await;
    let names: Vec<&str> = rows[1..].iter().map(|row| row[3].as_str()).collect();
    let expected: Vec<&str> = HOSTILE.into_iter().rev().collect();
    assert_eq!(names, expected, "the newest first");
    assert_eq!(rows[1][1], "Анвар Саидов");
    assert_eq!(rows[1][7], "127.0.0.1");
    // The invitation of this admin was made at the command line.
    let operator = download(&mut browser, &format!("{JOURNAL}?who=operator")).await;
    assert_eq!(operator.len(), 2);
    assert_eq!(
        (operator[1][1].as_str(), operator[1][7].as_str()),
        ("Bonex", "")
    );
    let none = browser.get(&format!("{JOURNAL}?who=99")).await.body;
    assert!(lines(&none) == 0 && none.contains("Таких записей нет"));
}

#[on_both_engines]
async fn the_journal_has_pages_and_days(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let insert = "INSERT INTO platform_entries (created_at, who, address, action, subject, details)
        VALUES ($1, 'Bonex', '', 'store_opened_in_a_newer_version', 'store:5', '{\"name\":\"Фаровон\"}')";
    let now = server.shop.backend.clock.now();
    for number in 0..60 {
        let at = now.plus_seconds(-number * DAY).micros();
        let db = &server.shop.backend.db;
        db.writes()
            .execute(insert, (at,))
            .await
            .unwrap()
            .exactly(1)
            .unwrap();
    }
    let page = browser
        .get(&format!("{JOURNAL}?act=store_opened_in_a_newer_version"))
        .await
        .body;
    assert_eq!(lines(&page), 50);
    // An act of a newer version is shown, not hidden.
    assert!(page.contains("store_opened_in_a_newer_version") && page.contains("Фаровон"));
    let next = page.split("href=\"").find(|rest| rest.contains("after="));
    let next = next
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&amp;", "&");
    assert_eq!(lines(&browser.get(&next).await.body), 10);
    let act = "act=store_opened_in_a_newer_version";
    let count = async |browser: &mut crate::browser::Browser, query: &str| {
        download(browser, &format!("{JOURNAL}?{act}&{query}"))
            .await
            .len()
            - 1
    };
    assert_eq!(
        count(&mut browser, "after=0.1").await,
        60,
        "a file has all pages"
    );
    assert_eq!(count(&mut browser, "days=3").await, 4);
    // Three days that end with a day: the day itself is in it.
    assert_eq!(count(&mut browser, "days=3&until=2026-05-20").await, 3);
    assert_eq!(count(&mut browser, "until=2026-05-20").await, 60 - 16);
    assert_eq!(count(&mut browser, "until=2030-01-01").await, 60);
    let wrong = browser.get(&format!("{JOURNAL}?until=31.12.2026")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("31.12.2026"), "what was typed stays");
}

#[on_both_engines]
async fn a_damaged_entry_is_still_shown(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let insert = "INSERT INTO platform_entries (created_at, who, address, action, subject, details)
        VALUES (0, 'Bonex', '', $1, '', 'not json')";
    let db = &server.shop.backend.db;
    for action in Action::ALL {
        db.writes()
            .execute(insert, (action.as_str(),))
            .await
            .unwrap()
            .any();
    }
    for query in [
        "",
        "?days=x&who=x&after=x",
        "?after=9999999999999999999.1&days=-1",
    ] {
        let page = browser.get(&format!("{JOURNAL}{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(!page.body.contains("Неизвестное действие"), "{query}");
    }
    let rows = download(&mut browser, &format!("{JOURNAL}?who=operator")).await;
    assert!(rows.len() > Action::ALL.len(), "{rows:?}");
}
