//! The import of clients from a file: what is read, what is left aside, and what is saved.

use std::fmt::Write as _;

use backend::clients::{Exported, Group};
use domain::{Money, Role};
use reqwest::StatusCode;
use testkit::{Shop, TestDatabase, money, on_both_engines};

use crate::browser::{Answer, Browser, Server};

const FORM: &str = "/panel/clients/import";

/// Returns a text in Windows-1251, as 1C and Excel write Russian letters.
fn windows_1251(text: &str) -> Vec<u8> {
    let letter = |letter: char| match letter {
        'А'..='я' => u8::try_from(u32::from(letter) - 0x410 + 0xc0).unwrap(),
        'ё' => 0xb8,
        '\u{a0}' => 0xa0,
        other => u8::try_from(other).unwrap(),
    };
    text.chars().map(letter).collect()
}

async fn clients(shop: &Shop) -> Vec<Exported> {
    let tenant_id = shop.till.tenant_id;
    let all = backend::clients::exported(&shop.backend, tenant_id, Group::All, "", 1_000_000);
    all.await.unwrap()
}

/// Uploads a file. Returns the address of its preview.
pub(crate) async fn uploaded(owner: &mut Browser, content: &[u8]) -> String {
    let sent = owner.upload(FORM, "clients.csv", content).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location().to_owned()
}

/// Returns the sums that the form of a preview sends back.
pub(crate) fn seen(preview: &Answer) -> String {
    let (_, rest) = preview.body.split_once("name=\"seen\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Applies the file of a preview as the person has seen it.
pub(crate) async fn applied(owner: &mut Browser, path: &str) -> Answer {
    let preview = owner.get(path).await;
    let seen = seen(&preview);
    owner.post(path, &[("seen", &seen)]).await
}

/// Uploads and applies a file of which all lines are good.
async fn imported(owner: &mut Browser, text: &str) {
    let path = uploaded(owner, text.as_bytes()).await;
    let done = applied(owner, &path).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

/// Returns the text of a page without tags.
pub(crate) fn words(page: &str) -> String {
    let parts = page.split('<').filter_map(|part| part.split_once('>'));
    let texts: Vec<&str> = parts.map(|(_, text)| text.trim()).collect();
    let text = texts.join(" ").replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[on_both_engines]
async fn ten_thousand_clients_come_along_or_none(database: TestDatabase) {
    const GOOD: usize = 9_700;
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut text = "Имя;Телефон;Остаток бонусов;Сумма покупок\r\n".to_owned();
    for number in 0..GOOD {
        write!(text, "Клиент {number};90{number:07};1 250,50;3 000\r\n").unwrap();
    }
    // Row 9,702 and on: short phones, phones that an earlier line has, amounts that are none.
    for number in 0..100 {
        write!(text, "Короткий;9012{number:02};5;0\r\n").unwrap();
        write!(text, "Двойник;+992 90 {number:07};5;0\r\n").unwrap();
        write!(text, "Сумма;91{number:07};пять;0\r\n").unwrap();
    }
    let path = uploaded(&mut owner, &windows_1251(&text)).await;

    let mut page = owner.get(&path).await;
    let shown = words(&page.body);
    assert!(shown.contains("9 700 из 10 000 строк"), "{shown}");
    assert!(shown.contains("300 строк с ошибками останутся"), "{shown}");
    assert!(shown.contains("12 129 850,00"), "{shown}");
    // Every line with a fault is named on one of the pages.
    let mut named = Vec::new();
    loop {
        let numbers = page
            .body
            .split("class=\"phone strong num\">Строка ")
            .skip(1);
        let number = |rest: &str| {
            let number = rest.split('<').next().unwrap().replace('\u{a0}', "");
            number.parse::<usize>().unwrap()
        };
        named.extend(numbers.map(number));
        let next = format!("{path}?after={}", named.last().unwrap());
        if !page.body.contains(&next) {
            break;
        }
        page = owner.get(&next).await;
    }
    assert_eq!(named, (GOOD + 2..GOOD + 302).collect::<Vec<_>>());
    assert!(words(&page.body).contains("Этот телефон уже есть в строке"));
    assert_eq!(clients(&server.shop).await.len(), 0);

    let first = applied(&mut owner, &path).await;
    assert_eq!(first.location(), path);
    let all = clients(&server.shop).await;
    assert_eq!(all.len(), GOOD);
    let bonuses: Money = all.iter().map(|client| client.balance).sum();
    assert_eq!(bonuses, Money::from_dirams(125_050 * 9_700));
    assert!(all.iter().all(|client| client.total_spent == money("3000")));
    server.shop.assert_sound().await;

    // The second time nothing is done, whoever asks for it.
    let again = owner.post(&path, &[("seen", "")]).await;
    assert_eq!(again.location(), path);
    assert!(owner.get(&path).await.body.contains("уже записан"));
    assert_eq!(clients(&server.shop).await, all);
    assert_eq!(server.acts().await[0], "clients_imported");

    // The bonuses are lots that can be spent.
    let client = server.shop.client("900000005").await;
    assert_eq!(client.figures.redeemable, money("1250.50"));
    assert_eq!(client.full_name.as_deref(), Some("Клиент 5"));
}

#[on_both_engines]
async fn known_clients_keep_what_they_have(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    server.shop.register("901234567").await;
    let file = "Телефон;Имя;Бонусы;Сумма покупок\n901234567;Зебо;10;500\n901234568;Умед;7;100\n";
    imported(&mut owner, file).await;
    let known = server.shop.client("901234567").await;
    assert_eq!(known.full_name.as_deref(), Some("Зебо"));
    assert_eq!(known.figures.redeemable, money("10"));
    assert_eq!(known.total_spent, Money::ZERO);

    // Opening bonuses are given once for ever; a name stays.
    let path = uploaded(
        &mut owner,
        "Телефон;Имя;Бонусы\n901234567;Другая;90\n901234568;Другой;0\n901234569;;1\n".as_bytes(),
    )
    .await;
    let page = owner.get(&path).await;
    let shown = words(&page.body);
    assert!(shown.contains("2 из 3 строк"), "{shown}");
    assert!(
        shown.contains("Начальные бонусы этому клиенту уже записаны"),
        "{shown}"
    );
    assert!(shown.contains("Уже есть: менять нечего 1"), "{shown}");
    applied(&mut owner, &path).await;
    let known = server.shop.client("901234567").await;
    assert_eq!(known.full_name.as_deref(), Some("Зебо"));
    assert_eq!(known.figures.redeemable, money("10"));
    server.shop.assert_sound().await;

    let more = "UPDATE imports SET opening_dirams = opening_dirams + 1 \
                WHERE tenant_id = $1 AND id = $2";
    assert_eq!(server.shop.execute(more, 1).await, 1);
    let verified = backend::jobs::verify_ledger(&server.shop.backend).await;
    let differences = verified.unwrap().differences;
    assert!(
        differences[0].contains("1 imports whose entries"),
        "{differences:?}"
    );
}

#[on_both_engines]
async fn what_has_changed_meanwhile_is_looked_at_again(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut other = server.person(Role::Owner, "other").await;
    let file = "Телефон;Имя;Бонусы\n901234567;Зебо;10\n".as_bytes();
    let (path, second) = (
        uploaded(&mut owner, file).await,
        uploaded(&mut other, file).await,
    );
    assert_ne!(path, second, "each person has a file of their own");
    let sums = seen(&owner.get(&path).await);
    server.shop.register("901234567").await;
    let refused = owner.post(&path, &[("seen", &sums)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("изменил кто-то другой"));
    let client = server.shop.client("901234567").await;
    assert_eq!(client.figures.redeemable, Money::ZERO);

    applied(&mut owner, &path).await;
    let late = other.post(&second, &[("seen", &sums)]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let client = server.shop.client("901234567").await;
    assert_eq!(client.figures.redeemable, money("10"));
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn two_owners_apply_one_file_once(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let other = server.person(Role::Owner, "other").await;
    let path = uploaded(
        &mut owner,
        "Телефон;Бонусы\n901234567;10\n901234568;5\n".as_bytes(),
    )
    .await;
    let sums = seen(&owner.get(&path).await);
    let apply = |mut browser: Browser| {
        let (path, sums) = (path.clone(), sums.clone());
        async move { browser.post(&path, &[("seen", &sums)]).await.status }
    };
    let (first, second, third) =
        tokio::join!(apply(owner.clone()), apply(other.clone()), apply(other));
    assert_eq!([first, second, third], [StatusCode::SEE_OTHER; 3]);
    assert_eq!(clients(&server.shop).await.len(), 2);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_file_that_cannot_be_read_says_why(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let long = "Телефон\n".to_owned() + &"901234567\n".repeat(20_001);
    let large = vec![b'1'; 8 * 1024 * 1024 + 1];
    for (content, reason) in [
        (b"".as_slice(), "нет ни одной строки"),
        (b"PK\x03\x04\x14\x00", "Это книга Excel"),
        (b"%PDF-1.7", "Это не таблица"),
        ("Телефон;Имя\n".as_bytes(), "нет ни одной строки"),
        (long.as_bytes(), "больше 20"),
        (&large, "больше 8 МБ"),
    ] {
        let sent = owner.upload(FORM, "clients.csv", content).await;
        let refused = if sent.status == StatusCode::SEE_OTHER {
            owner.get(sent.location()).await
        } else {
            sent
        };
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
        assert!(refused.body.contains(reason), "{reason}: {}", refused.body);
    }
    let cut = owner.upload_to(FORM, "a.csv", long.as_bytes(), 9_000).await;
    assert_eq!(cut.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(cut.body.contains("дошёл не целиком"), "{}", cut.body);
    let none = owner.upload(FORM, "", b"").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("Заполните это поле"));
}

#[on_both_engines]
async fn columns_that_are_not_understood_are_chosen(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let path = uploaded(
        &mut owner,
        "901234567,Зебо,5\n901234568,Умед,7\n".as_bytes(),
    )
    .await;
    assert!(path.ends_with("/reading"), "{path}");
    let form = owner.get(&path).await;
    assert!(words(&form.body).contains("Не нашли столбец с телефонами"));
    let reading = [
        ("encoding", "utf-8"),
        ("separator", "comma"),
        ("phone", ""),
        ("name", "2"),
        ("balance", "3"),
    ];
    let refused = owner.post(&path, &reading).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut chosen = reading;
    chosen[2] = ("phone", "1");
    let preview = owner.post(&path, &chosen).await.location().to_owned();
    applied(&mut owner, &preview).await;
    let all = clients(&server.shop).await;
    let bonuses: Money = all.iter().map(|client| client.balance).sum();
    assert_eq!((all.len(), bonuses), (2, money("12")));
}

#[on_both_engines]
async fn spreadsheets_and_hostile_texts_stay_what_they_are(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let text = "sep=;\nТелефон;Имя;Бонусы\n9,92E+11;Округлён;5\n\
                901234567;\"=cmd|' /C calc'!A0\";1O5,00\n\
                901234568;\"<script>alert(1)</script>\nвторая строка\";-20\n\
                901234569;=1+1;3\n";
    let path = uploaded(&mut owner, text.as_bytes()).await;
    let page = owner.get(&path).await;
    assert!(!page.body.contains("<script"));
    let shown = words(&page.body);
    for expected in [
        "Строка 3 Телефон: Excel округлил цифры",
        "Строка 4 Бонусы: вместо нуля буква «О»",
        "Напишите 105,00",
        "Строка 5 Бонусы: меньше нуля",
        "1 из 4 строк",
    ] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    let file = owner.get(&format!("{path}/faults?as=csv")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.body.lines().count(), 4, "{}", file.body);
    applied(&mut owner, &path).await;
    let client = server.shop.client("901234569").await;
    assert_eq!(client.full_name.as_deref(), Some("=1+1"));
}

#[on_both_engines]
async fn what_one_store_exports_another_imports(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    imported(
        &mut owner,
        "Телефон;Имя;Бонусы;Сумма покупок\n901234567;=Зебо;10,50;500\n+79161234567;'Олег;0;1\n",
    )
    .await;
    let file = owner.post("/panel/clients/export", &[("as", "csv")]).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(server.acts().await[0], "clients_exported");
    let workbook = owner.post("/panel/clients/export", &[("as", "xlsx")]).await;
    assert!(workbook.bytes.starts_with(b"PK"));

    let other = server.second_store().await;
    let mut stranger = server.person_of(&other, Role::Owner, "other").await;
    let path = uploaded(&mut stranger, &file.bytes).await;
    applied(&mut stranger, &path).await;
    let plain = |all: Vec<Exported>| {
        let plain = |client: Exported| {
            let Exported {
                phone,
                full_name,
                balance,
                total_spent,
                card,
                ..
            } = client;
            (phone, full_name, balance, total_spent, card)
        };
        let mut all: Vec<_> = all.into_iter().map(plain).collect();
        all.sort();
        all
    };
    let (from, to) = (clients(&server.shop).await, clients(&other).await);
    assert_eq!(plain(from), plain(to));
    other.assert_sound().await;
    // A file of one store is none of another.
    let foreign = owner.get(&path).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}

#[on_both_engines]
async fn a_file_waits_for_a_day(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let path = uploaded(&mut owner, b"phone\n901234567\n").await;
    let discarded = uploaded(&mut owner, b"phone\n901234568\n").await;
    assert_eq!(owner.get(&path).await.status, StatusCode::NOT_FOUND);
    let gone = owner.post(&format!("{discarded}/discard"), &[]).await;
    assert_eq!(gone.location(), FORM);
    assert_eq!(owner.get(&discarded).await.status, StatusCode::NOT_FOUND);

    let forgotten = uploaded(&mut owner, b"phone\n901234569\n").await;
    server.shop.clock.advance(86_401);
    let sweep = backend::jobs::Sweep::ButFor(&[]);
    let swept = backend::jobs::expire_bonuses(&server.shop.backend, None, sweep).await;
    swept.unwrap();
    assert_eq!(owner.get(&forgotten).await.status, StatusCode::NOT_FOUND);
}
