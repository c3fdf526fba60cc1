//! «Здоровье» of the platform.

use backend::health::{Figures, Job, Outcome, StoreFaults, begin_run, end_run, note_size};
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::admin;
use crate::browser::{Browser, Server};
use crate::files::{download, read_csv};

const HEALTH: &str = "/admin/health";
const HOUR: i64 = 3_600;

async fn run(server: &Server, job: Job, outcome: Outcome, figures: &Figures) {
    let backend = &server.shop.backend;
    let id = begin_run(backend, job).await.unwrap();
    server.shop.clock.advance(65);
    end_run(backend, id, outcome, figures).await.unwrap();
}

/// Returns the rows of the checks: name, state, value, detail, advice.
async fn checks(browser: &mut Browser) -> Vec<Vec<String>> {
    // Each request counts itself, so two files are not the same.
    let file = browser.get(&format!("{HEALTH}?as=csv")).await;
    let mut rows = read_csv(&file);
    rows.remove(0);
    rows
}

async fn check(browser: &mut Browser, name: &str) -> Vec<String> {
    let rows = checks(browser).await;
    let found = rows.into_iter().find(|row| row[0] == name);
    found.unwrap_or_else(|| panic!("no check {name}"))
}

#[on_both_engines]
async fn a_new_platform_says_what_is_still_to_be_done(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let page = browser.get(HEALTH).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("bonex verify-ledger"), "{}", page.body);
    assert!(page.bytes.len() < 50 * 1024, "{}", page.bytes.len());
    let rows = checks(&mut browser).await;
    assert_eq!(rows.len(), 9);
    for row in &rows {
        assert!(row[..3].iter().all(|cell| !cell.is_empty()), "{row:?}");
        assert!(!row[4].is_empty(), "every check says what to do: {row:?}");
    }
    let ledger = &rows[0];
    assert_eq!(
        (ledger[1].as_str(), ledger[2].as_str()),
        ("внимание", "ещё не запускалась")
    );
    let database_row = check(&mut browser, "База данных").await;
    let engine = if database.is_sqlite() {
        "SQLite 3."
    } else {
        "PostgreSQL "
    };
    assert!(database_row[2].starts_with(engine), "{database_row:?}");
    let version = check(&mut browser, "Версия").await;
    assert_eq!(version[1], "хорошо", "{version:?}");
    let errors = check(&mut browser, "Ошибки за последний час").await;
    assert!(errors[2].starts_with("0 из "), "{errors:?}");
    for list in ["runs", "sizes"] {
        let file = download(&mut browser, &format!("{HEALTH}?list={list}")).await;
        assert_eq!(file.len(), 1, "{list} has only the head");
    }
    let book = browser.get(&format!("{HEALTH}?as=xlsx")).await;
    assert_eq!(book.status, StatusCode::OK);
}

#[on_both_engines]
async fn a_nightly_job_is_judged_by_its_last_run(database: TestDatabase) {
    const LEDGER: &str = "Сверка балансов";
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let sound = Figures {
        clients: 12,
        entries: 340,
        ..Figures::default()
    };
    run(&server, Job::VerifyLedger, Outcome::Good, &sound).await;
    let row = check(&mut browser, LEDGER).await;
    assert_eq!((row[1].as_str(), row[2].as_str()), ("хорошо", "сошлось"));
    assert!(
        row[3].contains("1\u{a0}мин") && row[3].contains("340"),
        "{row:?}"
    );

    // One night is missing.
    for _ in 0..4 {
        server.shop.clock.advance(9 * HOUR + 60);
        browser.get("/admin").await;
    }
    let row = check(&mut browser, LEDGER).await;
    assert_eq!(row[2], "давно не проверялось", "{row:?}");

    let faults = Figures {
        faults: 3,
        stores: vec![StoreFaults {
            store: 7,
            name: "<b>Фаровон</b>".to_owned(),
            faults: 3,
            first: vec!["store 7, client 5: stored balance 1, replayed 2".to_owned()],
            put_off_dirams: None,
        }],
        ..Figures::default()
    };
    run(&server, Job::VerifyLedger, Outcome::Faults, &faults).await;
    let row = check(&mut browser, LEDGER).await;
    assert_eq!(
        (row[1].as_str(), row[2].as_str()),
        ("плохо", "расхождений 3 в магазинах: 1")
    );
    let page = browser.get(HEALTH).await.body;
    assert!(
        page.contains("client 5: stored balance 1, replayed 2"),
        "{page}"
    );
    assert!(page.contains("&lt;b&gt;Фаровон") && !page.contains("<b>Фаровон"));

    let failed = Figures {
        error: Some("disk full".to_owned()),
        ..Figures::default()
    };
    run(&server, Job::VerifyLedger, Outcome::Failed, &failed).await;
    let row = check(&mut browser, LEDGER).await;
    assert!(row[1] == "плохо" && row[4].contains("disk full"), "{row:?}");

    begin_run(&server.shop.backend, Job::VerifyLedger)
        .await
        .unwrap();
    let row = check(&mut browser, LEDGER).await;
    assert!(
        row[1] == "сведения" && row[2].starts_with("идёт с "),
        "{row:?}"
    );
    // Meanwhile the differences of the last finished run are not forgotten.
    server.shop.clock.advance(9 * HOUR);
    browser.get("/admin").await;
    server.shop.clock.advance(4 * HOUR);
    let row = check(&mut browser, LEDGER).await;
    assert!(
        row[1] == "плохо" && row[2].starts_with("не закончилась"),
        "{row:?}"
    );

    let put_off = Figures {
        stores: vec![StoreFaults {
            store: 7,
            name: "Фаровон".to_owned(),
            put_off_dirams: Some(12_345),
            ..StoreFaults::default()
        }],
        ..Figures::default()
    };
    run(&server, Job::ExpireBonuses, Outcome::Faults, &put_off).await;
    let row = check(&mut browser, "Сгорание бонусов").await;
    assert!(
        row[4].contains("Фаровон — 123,45") && row[4].contains("--yes 7"),
        "{row:?}"
    );
    run(&server, Job::Reminders, Outcome::Good, &Figures::default()).await;
    let file = download(&mut browser, &format!("{HEALTH}?list=runs")).await;
    assert_eq!(file.len(), 1 + 6);
}

#[on_both_engines]
async fn messages_that_wait_are_counted_up_to_a_thousand(database: TestDatabase) {
    const QUEUE: &str = "Очередь сообщений";
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    assert_eq!(check(&mut browser, QUEUE).await[2], "никто не ждёт");
    let client = server.shop.register("900000501").await.id;
    let reachable = "UPDATE clients SET is_reachable = 1 WHERE id = $1";
    let db = &server.shop.backend.db;
    let changed = db.writes().execute(reachable, (client,)).await;
    changed.unwrap().exactly(1).unwrap();
    server
        .shop
        .sell("900000501", "1000", "0", None)
        .await
        .unwrap();
    let row = check(&mut browser, QUEUE).await;
    assert!(
        row[1] == "хорошо" && row[2].starts_with("ждут: "),
        "{row:?}"
    );
    server.shop.clock.advance(HOUR + 1);
    let row = check(&mut browser, QUEUE).await;
    assert!(
        row[1] == "внимание" && row[3] == "старейшее 1\u{a0}ч\u{a0}назад",
        "{row:?}"
    );
    let many = "INSERT INTO outbox (tenant_id, subject, client_id, payload, created_at, due_at)
        WITH RECURSIVE numbers (number) AS (
            SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 1200
        )
        SELECT tenant_id, 'test:' || number, id, '{}', 0, 1 FROM clients CROSS JOIN numbers
        WHERE id = $1";
    db.writes()
        .execute(many, (client,))
        .await
        .unwrap()
        .exactly(1200)
        .unwrap();
    let row = check(&mut browser, QUEUE).await;
    assert_eq!(row[2], "ждут: больше 1\u{a0}000", "{row:?}");
    if database.is_sqlite() {
        let plan = "EXPLAIN QUERY PLAN SELECT due_at FROM outbox WHERE due_at IS NOT NULL
            AND due_at <= 1 LIMIT 1001";
        let steps: Vec<(i64, i64, i64, String)> = db.reads().fetch_all(plan, ()).await.unwrap();
        let steps: Vec<String> = steps.into_iter().map(|(_, _, _, step)| step).collect();
        assert!(
            steps.len() == 1 && steps[0].contains("outbox_due"),
            "{steps:?}"
        );
    }
}

#[on_both_engines]
async fn growth_is_told_from_the_sizes_of_days(database: TestDatabase) {
    let server = Server::start(&database).await;
    let (mut browser, _, _) = admin(&server, "anvar").await;
    let backend = &server.shop.backend;
    let row = check(&mut browser, "База данных").await;
    assert!(row[3].contains("после первых ночей"), "{row:?}");
    note_size(backend).await.unwrap();
    note_size(backend).await.unwrap();
    let put = "INSERT INTO database_sizes (day, bytes) VALUES ($1, 1024)";
    let today = backend.clock.now().local_midnight();
    for days in [7, 30, 365, 400] {
        let day = today.plus_days(-days).micros();
        backend
            .db
            .writes()
            .execute(put, (day,))
            .await
            .unwrap()
            .exactly(1)
            .unwrap();
    }
    let row = check(&mut browser, "База данных").await;
    assert!(
        row[3].contains("за 7 дн. +") && row[3].contains("за 30 дн. +"),
        "{row:?}"
    );
    let sizes = format!("{HEALTH}?list=sizes");
    assert_eq!(download(&mut browser, &sizes).await.len(), 1 + 5);
    note_size(backend).await.unwrap();
    assert_eq!(
        download(&mut browser, &sizes).await.len(),
        1 + 4,
        "a year is kept"
    );
    let page = browser.get(HEALTH).await.body;
    assert!(page.contains("Размер базы"), "{page}");
}
