//! The sales: filters, pages, files, and the page of each document.

use backend::receipts::{RecordReceipt, VoidReceipt};
use backend::sales::SaleLine;
use domain::returns::ReturnRequest;
use domain::sales::{Accrue, CheckSums};
use domain::{Money, Phone, Quantity, Role};
use reqwest::StatusCode;
use testkit::{Shop, TestDatabase, money, on_both_engines};

use crate::browser::{Browser, Server};
use crate::files::download;

const PHONE: &str = "+992900000501";
const HOSTILE: &str = "=cmd|' /C calc'!A0<script>alert(1)</script>\u{202e}🧾";

async fn receipt(shop: &Shop, total: &str, id: &str) -> i64 {
    let receipt = RecordReceipt {
        till: &shop.till,
        total_amount: money(total),
        external_receipt_id: Some(id.to_owned()),
        cashier_node_id: None,
        receipt_date: None,
    };
    shop.backend.run(&receipt).await.unwrap().into_inner().id
}

async fn void(shop: &Shop, id: &str) {
    let void = VoidReceipt {
        till: &shop.till,
        external_receipt_id: id.to_owned(),
    };
    shop.backend.run(&void).await.unwrap();
}

async fn register(shop: &Shop, phone: &str, name: Option<&str>) -> i64 {
    let register = backend::clients::RegisterClient {
        till: &shop.till,
        phone: Phone::parse(phone).unwrap(),
        full_name: name.map(str::to_owned),
        card: None,
        secrets: &shop.backend.secrets,
    };
    shop.backend.run(&register).await.unwrap().into_inner().id
}

/// Makes a day: two sales, one of which takes bonuses, a return, a redemption, two receipts.
pub(crate) async fn day(shop: &Shop) -> i64 {
    let client = register(shop, PHONE, Some(HOSTILE)).await;
    let sums = CheckSums {
        total: money("100"),
        ..CheckSums::default()
    };
    let mut first = shop.sale(PHONE, sums, Some("s-1"));
    first.cashier_id = Some("Зебо".to_owned());
    first.receipt_number = Some("4600000000017".to_owned());
    first.lines = vec![SaleLine {
        sku: Some("1".to_owned()),
        category_code: None,
        name: HOSTILE.to_owned(),
        quantity: Quantity::from_thousandths(2_000),
        unit_price: money("50"),
        line_amount: money("100"),
    }];
    shop.backend.run(&first).await.unwrap();
    shop.clock.advance(86_400 * 3);
    shop.sell(PHONE, "40", "4", Some("s-2")).await.unwrap();
    shop.clock.advance(60);
    let back = ReturnRequest {
        return_amount: Some(money("10")),
        ..ReturnRequest::default()
    };
    shop.bring_back(PHONE, "s-2", back).await.unwrap();
    let redeem = CheckSums {
        total: money("20"),
        redeem: money("1"),
        ..CheckSums::default()
    };
    let mut redemption = shop.sale(PHONE, redeem, Some("r-1"));
    redemption.accrue = Accrue::No;
    shop.backend.run(&redemption).await.unwrap();
    receipt(shop, "7.50", "c-1").await;
    receipt(shop, "5", "c-2").await;
    void(shop, "c-2").await;
    client
}

/// Returns the addresses of the documents in a page.
fn rows(body: &str) -> Vec<&str> {
    let links = body.split("<a ").filter_map(|rest| rest.split('>').next());
    let titles = links.filter(|link| link.contains("class=\"title\""));
    let hrefs = titles.filter_map(|link| link.split("href=\"").nth(1));
    hrefs.filter_map(|rest| rest.split('"').next()).collect()
}

fn figure(body: &str) -> String {
    let value = body.split("figure-value\">").nth(1).unwrap();
    let number = value.split("class=\"num\">").nth(1).unwrap();
    number.split('<').next().unwrap().to_owned()
}

#[on_both_engines]
async fn the_files_have_the_rows_and_sums_of_the_screen(database: TestDatabase) {
    let server = Server::start(&database).await;
    let client = day(&server.shop).await;
    let mut reader = server.person(Role::Accountant, "accountant").await;
    let by_client = format!("?client={client}");
    for (query, shown) in [
        ("", 5),
        ("?days=all", 6),
        ("?days=all&kind=purchase", 4),
        ("?days=all&kind=sale", 2),
        ("?days=all&kind=receipt", 2),
        ("?days=all&kind=return", 1),
        ("?days=all&kind=redemption", 1),
        ("?days=all&bonus=given", 2),
        ("?days=all&bonus=taken", 2),
        ("?days=all&branch=1&till=1", 6),
        ("?days=all&branch=77", 0),
        ("?days=all&till=77", 0),
        ("?days=all&cashier=%D0%97%D0%B5%D0%B1%D0%BE", 1),
        ("?number=4600000000017", 1),
        ("?number=c-2", 1),
        ("?days=all&min=10&max=40", 2),
        ("?from=2026-06-05&to=2026-06-05", 1),
        ("?from=2026-06-08", 5),
        ("?to=2026-06-07", 1),
        (by_client.as_str(), 4),
    ] {
        let path = format!("/panel/sales{query}");
        let screen = reader.get(&path).await;
        assert_eq!(screen.status, StatusCode::OK, "{path}");
        assert_eq!(rows(&screen.body).len(), shown, "{path}");
        assert!(!screen.body.contains("<script>"), "{path}");
        let file = download(&mut reader, &path).await;
        assert_eq!(file.len(), shown + 1, "{path}");
        if shown == 0 {
            continue;
        }
        let sold: Money = file[1..]
            .iter()
            .filter(|row| ["Продажа", "Чек без клиента"].contains(&row[1].as_str()))
            .filter(|row| row[2] != "отменён")
            .map(|row| money(&row[9].replace(',', ".")))
            .sum();
        let shown = figure(&screen.body).replace(',', ".");
        assert_eq!(money(&shown), sold, "{path}");
    }
    let file = download(&mut reader, "/panel/sales?days=all").await;
    let sale = file.last().unwrap();
    assert_eq!(sale[0], "05.06.2026 19:30:00");
    assert_eq!(
        (sale[3].as_str(), sale[6].as_str()),
        ("4600000000017", "Зебо")
    );
    assert_eq!(sale[7], HOSTILE);
    assert_eq!(sale[9], "100,00");
    // Only the list of clients has phones.
    let csv = reader.get("/panel/sales?days=all&as=csv").await;
    assert!(!csv.body.contains("90 000-05-01") && !csv.body.contains("900000501"));
}

#[on_both_engines]
async fn wrong_filters_are_told_and_absurd_ones_find_nothing(database: TestDatabase) {
    let server = Server::start(&database).await;
    day(&server.shop).await;
    let mut reader = server.person(Role::Accountant, "accountant").await;
    for query in [
        "from=2026-02-29",
        "from=2026-06-09&to=2026-06-08",
        "from=0001-01-01",
        "to=10000-01-01",
        "from=%F0%9F%A7%BE",
        "min=-1",
        "min=1e9",
        "min=5&max=4",
        "max=99999999999999999999",
    ] {
        for file in ["", "&as=xlsx"] {
            let answer = reader.get(&format!("/panel/sales?{query}{file}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            assert!(answer.body.contains("class=\"errors\""), "{query}");
            assert!(rows(&answer.body).is_empty(), "{query}");
        }
    }
    for query in [
        "from=2028-02-29",
        "from=%00",
        "from=9999-12-31&to=9999-12-31",
        "from=1970-01-02&to=1970-01-02",
        "min=999999999999",
        "client=9223372036854775807",
        "branch=-1&days=all",
        "till=999999999999999999999&days=all&kind=nothing&bonus=x&number=%00x",
        "days=all&after=9223372036854775807.1.1",
        "days=all&after=-9223372036854775808.-1.-1",
        "days=all&after=x.y",
        "cashier=%27%3B+DROP&days=all",
    ] {
        let answer = reader.get(&format!("/panel/sales?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    }
}

#[on_both_engines]
async fn a_day_ends_at_local_midnight(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    register(shop, PHONE, None).await;
    // Tests begin at 19:30 in Dushanbe: the last second of the day, and the first of the next one.
    shop.clock.advance(4 * 3_600 + 1_800 - 1);
    shop.sell(PHONE, "10", "0", Some("last")).await.unwrap();
    shop.clock.advance(1);
    shop.sell(PHONE, "20", "0", Some("first")).await.unwrap();
    let mut reader = server.person(Role::Accountant, "accountant").await;
    for (day, total) in [("2026-06-05", "10,00"), ("2026-06-06", "20,00")] {
        let path = format!("/panel/sales?from={day}&to={day}");
        let body = reader.get(&path).await.body;
        assert_eq!(
            (rows(&body).len(), figure(&body).as_str()),
            (1, total),
            "{day}"
        );
    }
    let today = reader.get("/panel/sales").await.body;
    assert_eq!(figure(&today), "20,00");
}

async fn next(browser: &mut Browser, body: &str) -> Option<String> {
    let links = body.split("href=\"").skip(1);
    let mut links = links.filter_map(|rest| rest.split('"').next());
    let link = links.find(|link| link.contains("after="))?;
    Some(browser.get(&link.replace("&amp;", "&")).await.body)
}

#[on_both_engines]
async fn pages_do_not_move_while_the_store_sells(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    register(shop, PHONE, None).await;
    let mut expected = Vec::new();
    // Three documents of each moment, so that pages end between documents of one moment.
    for number in 0..40 {
        let id = format!("p-{number}");
        let sale = shop.sell(PHONE, "10", "0", Some(&id)).await.unwrap();
        let receipt = receipt(shop, "1", &id).await;
        expected.push(format!("/panel/sales/{}", sale.id));
        expected.push(format!("/panel/receipts/{receipt}"));
        if number % 4 == 0 {
            shop.clock.advance(1);
        }
    }
    let mut reader = server.person(Role::Accountant, "accountant").await;
    let mut seen = Vec::new();
    let mut body = reader.get("/panel/sales?days=all").await.body;
    loop {
        seen.extend(rows(&body).into_iter().map(str::to_owned));
        shop.clock.advance(1);
        receipt(shop, "1", &format!("new-{}", seen.len())).await;
        match next(&mut reader, &body).await {
            Some(page) => body = page,
            None => break,
        }
    }
    assert_eq!(seen.len(), expected.len());
    seen.sort();
    expected.sort();
    assert_eq!(seen, expected);
}

#[on_both_engines]
async fn every_row_leads_to_its_document(database: TestDatabase) {
    let server = Server::start(&database).await;
    day(&server.shop).await;
    let lone = ReturnRequest {
        return_amount: Some(money("3")),
        cash_refund: Some(money("3")),
        to_revoke: Some(money("0")),
        to_restore: Some(money("0")),
        ..ReturnRequest::default()
    };
    let goods = backend::returns::ReturnGoods {
        till: &server.shop.till,
        client: domain::Identifier::parse(PHONE).unwrap(),
        original_external_sale_id: None,
        external_return_id: Some("lone".to_owned()),
        request: lone,
    };
    server.shop.backend.run(&goods).await.unwrap();
    let mut reader = server.person(Role::Accountant, "accountant").await;
    let body = reader.get("/panel/sales?days=all").await.body;
    let links: Vec<String> = rows(&body).into_iter().map(str::to_owned).collect();
    assert_eq!(links.len(), 7);
    for link in &links {
        let page = reader.get(link.split('#').next().unwrap()).await;
        assert_eq!(page.status, StatusCode::OK, "{link}");
        assert!(!page.body.contains("<script>"), "{link}");
        if let Some((_, anchor)) = link.split_once('#') {
            assert!(page.body.contains(&format!("id=\"{anchor}\"")), "{link}");
        }
    }
    let sale = links.last().unwrap();
    let page = reader.get(sale).await.body;
    assert!(page.contains("5\u{a0}% от 100,00"), "{page}");
    assert!(page.contains("Откуда списано") || page.contains("Что начислено"));

    let other = server.second_store().await;
    let mut stranger = server.person_of(&other, Role::Owner, "stranger").await;
    for link in links {
        let page = stranger.get(link.split('#').next().unwrap()).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{link}");
    }
    let page = stranger.get("/panel/sales?days=all").await;
    assert!(rows(&page.body).is_empty());
    let file = download(&mut stranger, "/panel/sales?days=all").await;
    assert_eq!(file.len(), 1);
}
