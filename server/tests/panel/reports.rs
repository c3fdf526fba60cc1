//! «Сегодня» and the reports: the screen, its files, the periods and the limits.

use backend::receipts::RecordReceipt;
use backend::sales::RecordSale;
use domain::returns::ReturnRequest;
use domain::sales::CheckSums;
use domain::{DocumentDate, Money, Role, Timestamp};
use reqwest::StatusCode;
use testkit::{START, Shop, TestDatabase, on_both_engines};

use crate::browser::{Browser, Server};
use crate::files::{cells, download, text};

/// Every table of the reports: its page, its code, the name that a screen reader says; `None` for
/// one that the page draws.
const TABLES: [(&str, &str, Option<&str>); 12] = [
    ("", "members", None),
    ("", "bonuses", None),
    ("", "again", None),
    ("", "week", None),
    ("/result", "movements", Some("Движение бонусов")),
    ("/result", "branches", Some("Филиалы")),
    ("/result", "days", Some("По дням")),
    ("/tiers", "tiers", Some("Уровни")),
    ("/tiers", "moves", Some("Переходы")),
    ("/unusual", "busy", Some("Много чеков за день")),
    ("/unusual", "givers", Some("Одни и те же руки")),
    ("/unusual", "round", Some("Круглые суммы")),
];

async fn receive(shop: &Shop, somoni: i64) {
    let receipt = RecordReceipt {
        till: &shop.till,
        total_amount: Money::from_somoni(somoni),
        external_receipt_id: None,
        cashier_node_id: None,
        receipt_date: None,
    };
    shop.backend.run(&receipt).await.unwrap();
}

/// Opens every page and downloads every table, and compares them.
async fn compare(browser: &mut Browser, query: &str) {
    for (page, table, name) in TABLES {
        let path = format!("/panel/reports{page}?{query}");
        let screen = browser.get(&path).await;
        assert_eq!(screen.status, StatusCode::OK, "{path}");
        let file = download(browser, &format!("{path}&table={table}")).await;
        let Some(name) = name else { continue };
        let is_by_month = table == "days" && ["span=year", "span=90"].contains(&query);
        let name = if is_by_month {
            "По месяцам"
        } else {
            name
        };
        let shown = cells(&screen.body, name);
        assert_eq!(
            shown.len(),
            file.len() - 1,
            "{path} {table}: {shown:?} {file:?}"
        );
        for (shown, row) in shown.iter().zip(&file[1..]) {
            for (shown, cell) in shown.iter().zip(row) {
                let is_date = cell.contains(':');
                let is_phone = shown.starts_with('+');
                assert!(
                    is_date || is_phone || shown == cell,
                    "{path} {table}: {shown:?} {cell:?}"
                );
            }
        }
    }
}

#[on_both_engines]
async fn a_store_without_documents_has_reports(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for query in [
        "span=7",
        "span=year",
        "span=days&from=2026-06-05&to=2026-06-05",
    ] {
        compare(&mut owner, query).await;
    }
    for path in ["/panel", "/panel?day=2026-06-04", "/panel/reports"] {
        let page = owner.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains('—'), "no share of nothing: {path}");
    }
    let page = owner.get("/panel/reports").await.body;
    assert!(page.contains("чеков с клиентом не было"), "{page}");
    assert!(page.contains("Ничего не сгорит."));
}

#[on_both_engines]
async fn the_screen_and_the_files_agree(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let second = shop.add_till("=Касса <2>").await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for (day, total) in [
        (0, "1250.50"),
        (0, "100"),
        (0, "200"),
        (0, "300"),
        (40, "99.99"),
    ] {
        shop.clock.advance(day * 86_400);
        shop.register("900000001").await;
        shop.sell("900000001", total, "0", Some(total))
            .await
            .unwrap();
        receive(shop, 70).await;
    }
    // A session ends after a month without use.
    owner.sign_in("owner", crate::browser::PASSWORD).await;
    let till = backend::tills::AuthenticatedTill {
        id: second.id,
        ..shop.till.clone()
    };
    let sums = CheckSums {
        total: Money::from_somoni(500),
        ..CheckSums::default()
    };
    let hostile = "<script>alert(1)</script>";
    for number in 0..12 {
        let sale = RecordSale {
            till: &till,
            cashier_id: Some(hostile.to_owned()),
            ..shop.sale("900000001", sums, Some(&format!("s-{number}")))
        };
        shop.backend.run(&sale).await.unwrap();
    }
    // Others buy there too, at another cashier.
    for number in 0..30 {
        let phone = format!("90000001{}", number % 10);
        shop.register(&phone).await;
        let sums = CheckSums {
            total: Money::from_somoni(100),
            ..CheckSums::default()
        };
        let sale = RecordSale {
            till: &till,
            cashier_id: Some("other".to_owned()),
            ..shop.sale(&phone, sums, None)
        };
        shop.backend.run(&sale).await.unwrap();
    }
    shop.bring_back("900000001", "s-1", ReturnRequest::default())
        .await
        .unwrap();
    for query in ["span=30", "span=90", "span=month", "span=last-month"] {
        compare(&mut owner, query).await;
    }
    // 17 sales of 1850.50 + 99.99 + 6000 within 90 days, and 30 of 3000.
    let file = download(&mut owner, "/panel/reports?span=90&table=members").await;
    assert_eq!(file[1], ["С клиентом", "47", "10950,49", "232,98"]);
    assert_eq!(file[2], ["Без клиента", "5", "350,00", "70,00"]);
    let unusual = owner.get("/panel/reports/unusual").await.body;
    assert!(!unusual.contains("<script>") && unusual.contains("&lt;script&gt;"));
    let file = download(&mut owner, "/panel/reports/unusual?table=busy").await;
    assert_eq!(
        file[1][1..4],
        ["12", "15.07.2026 00:00:00", "Второй филиал, =Касса <2>"]
    );
    let file = download(&mut owner, "/panel/reports/unusual?span=90&table=givers").await;
    assert_eq!(
        file[1][1..6],
        ["70,6%", &format!("кассир {hostile}"), "12", "17", "28,6%"]
    );
    let file = download(&mut owner, "/panel/reports/unusual?table=round").await;
    assert_eq!(file[1][..3], ["Второй филиал, =Касса <2>", "100%", "42"]);
}

#[on_both_engines]
async fn a_return_counts_on_its_own_day_and_may_exceed_the_sales(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let mut owner = server.person(Role::Accountant, "accountant").await;
    shop.register("900000001").await;
    shop.sell("900000001", "1000", "0", Some("big"))
        .await
        .unwrap();
    shop.clock.advance(86_400);
    shop.sell("900000001", "40", "0", None).await.unwrap();
    shop.bring_back("900000001", "big", ReturnRequest::default())
        .await
        .unwrap();

    let sale_day = owner.get("/panel?day=2026-06-05").await.body;
    assert!(text(&sale_day).contains("1\u{a0}000,00") && text(&sale_day).contains("Возвраты0,00"));
    let return_day = owner.get("/panel").await.body;
    assert!(
        text(&return_day).contains("Возвраты1\u{a0}000,00"),
        "{}",
        text(&return_day)
    );
    let result = owner
        .get("/panel/reports/result?span=days&from=2026-06-06")
        .await
        .body;
    assert!(
        text(&result).contains("За вычетом возвратов\u{2212}960,00"),
        "{}",
        text(&result)
    );
}

#[on_both_engines]
async fn a_sale_sent_tomorrow_counts_on_its_day(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let mut owner = server.person(Role::Owner, "owner").await;
    shop.register("900000001").await;
    // Half a minute before and after the midnight of a new year, sent two days later.
    let midnight = Timestamp::of_local_date("2027-01-01").unwrap();
    let wait = midnight.plus_days(2).micros() - START.micros();
    shop.clock.advance(wait / 1_000_000);
    owner.sign_in("owner", crate::browser::PASSWORD).await;
    for (somoni, seconds) in [(11, -30), (22, 30)] {
        let sums = CheckSums {
            total: Money::from_somoni(somoni),
            ..CheckSums::default()
        };
        let sale = RecordSale {
            sale_date: Some(DocumentDate {
                at: midnight.plus_seconds(seconds),
                has_offset: true,
            }),
            ..shop.sale("900000001", sums, None)
        };
        shop.backend.run(&sale).await.unwrap();
    }
    for (day, sold, other) in [
        ("2026-12-31", "11,00", "22,00"),
        ("2027-01-01", "22,00", "11,00"),
    ] {
        let page = text(&owner.get(&format!("/panel?day={day}")).await.body);
        assert!(page.contains(&format!("Продажи{sold}")), "{day}: {page}");
        let query = format!("span=days&from={day}&to={day}&table=members");
        let file = download(&mut owner, &format!("/panel/reports?{query}")).await;
        assert_eq!(file[1][1..3], ["1", sold], "{day} without {other}");
    }
    let file = download(&mut owner, "/panel/reports?span=year&table=members").await;
    assert_eq!(
        file[1][1..3],
        ["1", "22,00"],
        "the year before does not count"
    );
}

#[on_both_engines]
async fn a_wrong_period_is_refused_at_its_field(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for (query, words) in [
        (
            "from=2026-06-05&to=2026-06-04",
            "Период кончается раньше, чем начинается",
        ),
        ("from=2026-06-06&to=2026-06-07", "Этот день ещё не наступил"),
        (
            "from=2024-01-01&to=2026-06-04",
            "Период не может быть больше 366 дней",
        ),
        ("from=%3Cscript%3E&to=2026-06-04", "Введите день"),
        ("from=2026-02-30", "Введите день"),
    ] {
        let path = format!("/panel/reports/result?span=days&{query}");
        let page = owner.get(&path).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(page.body.contains(words), "{query}: {}", page.body);
        assert!(!page.body.contains("<script>"));
        let first = query.split(['=', '&']).nth(1).unwrap();
        let is_kept = page.body.contains(&format!("value=\"{first}\""));
        assert!(
            is_kept || first.contains('%'),
            "what was typed stays: {query}"
        );
        let file = owner.get(&format!("{path}&table=days&as=csv")).await;
        assert_eq!(
            file.status,
            StatusCode::BAD_REQUEST,
            "no file of another period"
        );
    }
    let file = owner.get("/panel/reports?table=days&as=csv").await;
    assert_eq!(
        file.status,
        StatusCode::NOT_FOUND,
        "a table of another page"
    );
}

#[on_both_engines]
async fn an_owner_sets_the_limits_and_reads_it_in_the_journal(database: TestDatabase) {
    let server = Server::start(&database).await;
    let other = server.second_store().await;
    let shop = &server.shop;
    let mut owner = server.person(Role::Owner, "owner").await;
    shop.register("900000001").await;
    for _ in 0..3 {
        shop.sell("900000001", "55", "0", None).await.unwrap();
    }
    let busy = "/panel/reports/unusual?table=busy";
    assert_eq!(download(&mut owner, busy).await.len(), 1, "three are usual");

    let url = "/panel/reports/unusual/limits";
    let form = |checks, step| {
        [
            ("checks", checks),
            ("giver", "30"),
            ("step", step),
            ("round", "30"),
            ("least", "10"),
        ]
    };
    for (checks, step) in [
        ("0", "100"),
        ("2", "0"),
        ("-1", "100"),
        ("2", "x"),
        ("1001", "1"),
    ] {
        let refused = owner.post(url, &form(checks, step)).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{checks} {step}"
        );
        assert!(
            refused.body.contains(&format!("value=\"{checks}\"")),
            "what was typed stays"
        );
    }
    let unchanged = owner.post(url, &form("3", "100")).await;
    assert_eq!(unchanged.location(), "/panel/reports/unusual");
    assert!(!server.acts().await.contains(&"limits_set".to_owned()));
    let saved = owner.post(url, &form("2", "100")).await;
    assert_eq!(saved.location(), "/panel/reports/unusual", "{}", saved.body);
    assert_eq!(download(&mut owner, busy).await[1][1], "3");
    assert!(owner.get(url).await.body.contains("value=\"2\""));
    let journal = owner.get("/panel/journal").await.body;
    assert!(text(&journal).contains("3 · 30% · 10 · 100 · 30% → 2 · 30% · 10 · 100 · 30%"));

    let mut stranger = server.person_of(&other, Role::Owner, "stranger").await;
    assert!(
        stranger.get(url).await.body.contains("value=\"3\""),
        "another store has its own"
    );
    assert_eq!(download(&mut stranger, busy).await.len(), 1);
}

#[on_both_engines]
async fn a_till_that_is_silent_at_its_hour_is_shown(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let mut owner = server.person(Role::Owner, "owner").await;
    let seen = "UPDATE cashier_nodes SET seen_at = $2, device_id = 'x', device_bound_at = 1 WHERE tenant_id = $1";
    for _ in 0..5 {
        receive(shop, 10).await;
        shop.execute(seen, shop.backend.clock.now().micros()).await;
        shop.clock.advance(86_400);
    }
    let today = owner.get("/panel").await.body;
    assert!(text(&today).contains("Касса молчит с"), "{}", text(&today));
    let yesterday = owner.get("/panel?day=2026-06-09").await.body;
    assert!(
        !text(&yesterday).contains("Касса молчит с"),
        "only today matters"
    );
    shop.execute(seen, shop.backend.clock.now().micros()).await;
    let today = owner.get("/panel").await.body;
    assert!(!text(&today).contains("Касса молчит с"), "it is back");
}
