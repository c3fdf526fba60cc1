//! The list of clients and a client's page.

use app::panel::urls::Url;
use backend::clients::{ClientView, RegisterClient};
use domain::returns::ReturnRequest;
use domain::{Phone, Role};
use reqwest::StatusCode;
use testkit::{Shop, TestDatabase, money, on_both_engines};

use crate::browser::{Browser, PASSWORD, Server};
use crate::files::{download, text};

async fn register(shop: &Shop, phone: &str, name: &str) -> ClientView {
    let register = RegisterClient {
        till: &shop.till,
        phone: Phone::parse(phone).unwrap(),
        full_name: Some(name.to_owned()),
        card: None,
        secrets: &shop.backend.secrets,
    };
    shop.backend.run(&register).await.unwrap().into_inner()
}

/// Returns the numbers of the clients in a list, in their order.
fn listed(body: &str) -> Vec<i64> {
    let links = body.split("href=\"/panel/clients/").skip(1);
    links
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect()
}

async fn search(browser: &mut Browser, text: &str) -> Vec<i64> {
    let path = Url::Clients.with_query(&[("q", text)]);
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{text}");
    listed(&page.body)
}

#[on_both_engines]
async fn a_client_is_found_by_phone_name_and_card(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let madina = register(shop, "900000501", "Мадина Раҳимова").await;
    let jamshed = register(shop, "918001422", "Ҷамшед Қодиров").await;
    let other = server.second_store().await;
    register(&other, "900000501", "Мадина Раҳимова").await;
    let mut owner = server.person(Role::Owner, "owner").await;

    for text in [
        "+992 90 000-05-01",
        "900000501",
        "992900000501",
        "00992900000501",
        "90000050",
        "0501",
        "мадина",
        "РАХИМОВА",
        "Раҳим мад",
        &madina.card_number.to_string(),
        &madina.card_number.ean13().to_string(),
    ] {
        assert_eq!(search(&mut owner, text).await, [madina.id], "{text}");
    }
    for text in ["чамшед", "ҶАМШЕД", "кодиров ҷам", "1422"] {
        assert_eq!(search(&mut owner, text).await, [jamshed.id], "{text}");
    }
    for text in [
        "%",
        "_",
        "!",
        "'",
        "999999999",
        "2000100001234",
        "Зебо",
        "<script>",
    ] {
        assert_eq!(search(&mut owner, text).await, [0_i64; 0], "{text}");
    }
    // Spaces alone are no search.
    assert_eq!(search(&mut owner, "  ").await, [jamshed.id, madina.id]);
}

#[on_both_engines]
async fn a_name_stored_without_the_search_is_found(database: TestDatabase) {
    let server = Server::start(&database).await;
    let client = server.shop.register("900000501").await;
    let names = "UPDATE clients SET full_name = 'Ғафур Ӯроқов', folded_name = NULL";
    let written = server.shop.backend.db.writes().execute(names, ());
    assert_eq!(written.await.unwrap().rows(), 1);
    let mut owner = server.person(Role::Owner, "owner").await;
    assert_eq!(search(&mut owner, "гафур уроков").await, [client.id]);
}

#[on_both_engines]
async fn the_list_has_pages_and_groups(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let mut ids = Vec::new();
    for number in 0..120 {
        ids.push(shop.register(&format!("90000{number:04}")).await.id);
    }
    ids.reverse();
    let mut accountant = server.person(Role::Accountant, "accountant").await;
    let (mut path, mut seen) = (Url::Clients.to_string(), Vec::new());
    loop {
        let page = accountant.get(&path).await;
        seen.extend(listed(&page.body));
        let Some(next) = page.body.split("after=").nth(1) else {
            break;
        };
        let after = next.split('"').next().unwrap();
        path = Url::Clients.with_query(&[("after", after)]);
    }
    assert_eq!(seen, ids);

    let [first, .., last] = ids.as_slice() else {
        panic!()
    };
    shop.sell("900000119", "100", "0", None).await.unwrap();
    shop.clock.advance(91 * 86_400);
    shop.sell("900000000", "100", "0", None).await.unwrap();
    let group = |name: &str| Url::Clients.with_query(&[("group", name)]);
    accountant.sign_in("accountant", PASSWORD).await;
    let sleeping = listed(&accountant.get(&group("sleeping")).await.body);
    assert!(sleeping.contains(first) && !sleeping.contains(last));
    assert_eq!(
        listed(&accountant.get(&group("blocked")).await.body),
        [0_i64; 0]
    );
    let unknown = accountant.get(&group("tier-99")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[on_both_engines]
async fn expiring_bonuses_are_listed_the_soonest_first(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let days = shop.till.programme.bonus_expiry_days;
    assert!(days > 10, "{days}");
    let (mut ids, phones) = (Vec::new(), ["900000501", "900000502", "900000503"]);
    for phone in phones {
        ids.push(shop.register(phone).await.id);
        shop.sell(phone, "1000", "0", None).await.unwrap();
        shop.clock.advance(2 * 86_400);
    }
    shop.clock.advance((days - 6) * 86_400 - 3_600);
    let mut owner = server.person(Role::Owner, "owner").await;
    let page = owner.get("/panel/clients?group=expiring").await;
    assert_eq!(listed(&page.body), ids);
    shop.clock.advance(7_200);
    let page = owner.get("/panel/clients?group=expiring").await;
    assert_eq!(listed(&page.body), ids[1..]);
}

/// Returns a page without its tags, with one space between texts.
fn plain(body: &str) -> String {
    let texts = body.split('<').filter_map(|part| part.split_once('>'));
    let texts: Vec<&str> = texts.map(|(_, text)| text.trim()).collect();
    let text = texts.join(" ").replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[on_both_engines]
async fn a_page_explains_the_balance(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let client = register(shop, "900000501", "<script>alert(1)</script>").await;
    shop.sell("900000501", "1000", "0", Some("a"))
        .await
        .unwrap();
    shop.clock.advance(2 * 86_400);
    shop.sell("900000501", "500", "20", Some("b"))
        .await
        .unwrap();
    let part = ReturnRequest {
        return_amount: Some(money("250")),
        ..ReturnRequest::default()
    };
    shop.bring_back("900000501", "a", part).await.unwrap();
    let seen = shop.client("900000501").await;

    let mut accountant = server.person(Role::Accountant, "accountant").await;
    let page = accountant.get(&Url::Client(client.id).to_string()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("<script>alert"));
    let text = plain(&page.body);
    let balance = seen.figures.bonus_balance.to_string().replace('.', ",");
    // 50 for the first purchase, less 20 spent and 12.50 cancelled; 24 for the second.
    assert_eq!(balance, "41,5");
    for words in [
        "Почему 41,50",
        "Баланс 74,00 −20,00 −12,50 41,50",
        "Покупка на 1 000,00",
        "50,00 −20,00 −12,50 17,50",
        "Возврат на 250,00",
        "Было 54,00 Отменено начисление",
        "Стало 41,50",
        "5 % от 480,00",
        "Филиал, Касса",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    // An accountant only reads.
    assert!(!page.body.contains("name=\"amount\""));
}

#[on_both_engines]
async fn the_files_of_a_client_have_the_feed_of_the_screen(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let phone = "+992900000501";
    let id = register(shop, phone, "Зебо").await.id;
    let mut owner = server.person(Role::Owner, "owner").await;
    for number in 0..25 {
        let sale = format!("s-{number}");
        shop.sell(phone, "150", "0", Some(&sale)).await.unwrap();
        shop.clock.advance(3_600 * 24 * 4);
    }
    shop.sell(phone, "40", "4", Some("last")).await.unwrap();
    let back = ReturnRequest {
        return_amount: Some(money("10")),
        ..ReturnRequest::default()
    };
    shop.bring_back(phone, "last", back).await.unwrap();
    let path = Url::Client(id).to_string();
    let adjust = [
        ("direction", "debit"),
        ("amount", "1,50"),
        ("reason", "=1+1"),
        ("once", "once"),
    ];
    owner.sign_in("owner", PASSWORD).await;
    owner
        .post(&Url::AdjustClient(id).to_string(), &adjust)
        .await;

    let rows = download(&mut owner, &path).await;
    let amount = |text: &str| {
        let figure = text.replace(',', ".");
        match figure.strip_prefix('-') {
            Some(figure) => -money(figure),
            None => money(&figure),
        }
    };
    let sum: domain::Money = rows[1..].iter().map(|row| amount(&row[3])).sum();
    assert_eq!(sum, shop.client(phone).await.figures.bonus_balance);
    assert_eq!(amount(&rows[1][4]), sum, "the newest row has the balance");
    assert_eq!(
        (rows[1][7].as_str(), rows[1][8].as_str()),
        ("Фирӯз", "=1+1")
    );
    assert!(
        rows[1..]
            .iter()
            .any(|row| !row[5].is_empty() && row[6].contains(", "))
    );

    // The screen has the same events in the same order, on two pages.
    let mut shown = Vec::new();
    let mut next = Some(path.clone());
    while let Some(path) = next {
        let page = owner.get(&path).await.body;
        let events = page
            .split("<summary>")
            .skip(1)
            .filter(|part| part.contains("feed-moves"));
        for event in events {
            let title = text(event.split("</span>").next().unwrap());
            let moves = event.split("class=\"feed-moves\"").nth(1).unwrap();
            let moves = moves.split("class=\"sub\"").next().unwrap();
            let moves = moves.split("<span class=").skip(1);
            let moves: Vec<_> = moves
                .map(|part| text(part.split_once('>').unwrap().1))
                .map(|part| {
                    part.replace('\u{2212}', "-")
                        .replace(['+', ' ', '\u{a0}'], "")
                })
                .collect();
            shown.push((title, moves));
        }
        let links = page
            .split("href=\"")
            .filter_map(|rest| rest.split('"').next());
        let mut links = links.filter(|link| link.contains("after="));
        next = links.next().map(|link| link.replace("&amp;", "&"));
    }
    assert_eq!(shown.len(), 28);
    let mut rows = rows[1..].iter();
    for (title, moves) in shown {
        for change in moves.iter().rev() {
            let row = rows.next().unwrap();
            assert_eq!((&row[1], amount(&row[3])), (&title, amount(change)));
        }
        if moves.is_empty() {
            assert_eq!(rows.next().unwrap()[1], title);
        }
    }
    assert!(rows.next().is_none());
    let mut accountant = server.person(Role::Accountant, "accountant").await;
    let file = accountant.get(&format!("{path}?as=csv")).await;
    assert_eq!(file.status, StatusCode::OK);
    let other = server.second_store().await;
    let mut stranger = server.person_of(&other, Role::Owner, "stranger").await;
    let none = stranger.get(&format!("{path}?as=csv")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
