//! The journal on the screen and as a file.

use domain::Role;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Browser, Server};
use crate::files::download;

const HOSTILE: [&str; 4] = [
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "\u{202e}xslx; \"7\"",
    "🧾🧾🧾🧾",
];

async fn add_till(browser: &mut Browser, name: &str) {
    let branch = ("branch", "1");
    let added = browser
        .post("/panel/tills/new", &[("name", name), branch])
        .await;
    assert!(
        added.location().starts_with("/panel/tills/"),
        "{}",
        added.body
    );
}

#[on_both_engines]
async fn the_files_have_the_entries_of_the_screen(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for name in HOSTILE {
        add_till(&mut owner, name).await;
        server.shop.clock.advance(60);
    }
    let screen = owner.get("/panel/journal?act=till_created").await.body;
    assert!(!screen.contains("<script>"), "{screen}");
    let rows = download(&mut owner, "/panel/journal?act=till_created").await;
    assert_eq!(rows.len(), 1 + HOSTILE.len());
    assert_eq!(screen.matches("class=\"j-time").count(), HOSTILE.len());
    // The newest entry is the first one.
    let names: Vec<&str> = rows[1..].iter().map(|row| row[4].as_str()).collect();
    let expected: Vec<&str> = HOSTILE.into_iter().rev().collect();
    assert_eq!(names, expected);
    assert_eq!(rows[1][0], "05.06.2026 19:33:00", "local time");
    assert_eq!(rows[1][1], "Фирӯз");

    let all = download(&mut owner, "/panel/journal").await;
    assert!(all.len() > rows.len());
    let none = download(&mut owner, "/panel/journal?act=till_off").await;
    assert_eq!(none.len(), 1, "only the head");
    // A kind of file that does not exist is not asked for.
    let page = owner.get("/panel/journal?as=pdf").await;
    assert!(page.body.contains("<h1>"));
}

#[on_both_engines]
async fn a_file_has_all_pages_and_only_the_own_store(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for number in 0..60 {
        add_till(&mut owner, &format!("Касса {number}")).await;
    }
    let page = owner.get("/panel/journal?act=till_created").await.body;
    assert_eq!(page.matches("class=\"j-time").count(), 50);
    let rows = download(&mut owner, "/panel/journal?act=till_created&after=0.1").await;
    assert_eq!(rows.len(), 61);

    let other = server.second_store().await;
    let mut stranger = server.person_of(&other, Role::Owner, "stranger").await;
    let rows = download(&mut stranger, "/panel/journal?act=till_created").await;
    assert_eq!(rows.len(), 1);
}
