//! Reserved cards: printed, given at registration or by hand, and never given twice.

use std::collections::BTreeSet;

use backend::Error;
use backend::clients::{ClientView, RegisterClient};
use domain::{CardNumber, FieldError, Phone, Refusal, Role};
use reqwest::StatusCode;
use testkit::{Shop, TestDatabase, on_both_engines};

use crate::browser::{Browser, Server};

async fn register(shop: &Shop, phone: &str, card: Option<CardNumber>) -> Result<ClientView, Error> {
    let command = RegisterClient {
        till: &shop.till,
        phone: Phone::parse(phone).unwrap(),
        full_name: None,
        card,
        secrets: &shop.backend.secrets,
    };
    let registered = shop.backend.run(&command).await;
    registered.map(backend::Recorded::into_inner)
}

/// Reserves cards and returns their numbers as the file for the printer has them.
async fn reserved(owner: &mut Browser, count: usize) -> Vec<CardNumber> {
    let form = [("count", count.to_string()), ("note", "Июнь".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, &**value)).collect();
    let sent = owner.post("/panel/cards", &form).await;
    assert_eq!(sent.location(), "/panel/cards", "{}", sent.body);
    let file = owner.get("/panel/cards/1?as=csv").await;
    let rows = file.body.lines().skip(1);
    let card = |row: &str| {
        let (number, barcode) = row.split_once(';').unwrap();
        let card = CardNumber::parse(number).unwrap();
        assert_eq!(barcode, format!("'{}", card.ean13()));
        card
    };
    rows.map(card).collect()
}

fn wrong_card(error: FieldError) -> Refusal {
    Refusal::field("card", error)
}

fn refused(result: Result<ClientView, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

#[on_both_engines]
async fn a_printed_card_is_given_once(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let mut owner = server.person(Role::Owner, "owner").await;
    let cards = reserved(&mut owner, 3).await;
    assert_eq!(cards.iter().collect::<BTreeSet<_>>().len(), 3);

    let first = register(shop, "901234567", Some(cards[0])).await.unwrap();
    assert_eq!(first.card_number, cards[0]);
    // A repeated registration is answered as before.
    let again = register(shop, "901234567", Some(cards[0])).await.unwrap();
    assert_eq!(again.id, first.id);

    let taken = register(shop, "901234568", Some(cards[0])).await;
    assert_eq!(refused(taken), wrong_card(FieldError::CardTaken));
    let other = register(shop, "901234567", Some(cards[1])).await;
    assert_eq!(refused(other), wrong_card(FieldError::HasOtherCard));
    let own = register(shop, "901234569", None).await.unwrap();
    assert!(!cards.contains(&own.card_number));
    let foreign = register(shop, "901234568", Some(own.card_number)).await;
    assert_eq!(refused(foreign), wrong_card(FieldError::CardTaken));
    let invented = CardNumber::new(77, 1);
    let unknown = register(shop, "901234568", invented).await;
    assert_eq!(refused(unknown), wrong_card(FieldError::UnknownCard));
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_lost_card_stops_working(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let mut owner = server.person(Role::Owner, "owner").await;
    let client = shop.register("901234567").await;
    let cards = reserved(&mut owner, 2).await;
    let path = format!("/panel/clients/{}/give-card", client.id);
    for (typed, words) in [
        ("", "Введите номер карты"),
        ("2000100001234", "В штрихкоде ошибка"),
        ("077-0000001", "нет среди заготовленных"),
        (&client.card_number.to_string(), "уже"),
    ] {
        let refused = owner.post(&path, &[("card", typed)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(refused.body.contains(words), "{typed}: {}", refused.body);
    }
    let barcode = cards[1].ean13().to_string();
    let given = owner.post(&path, &[("card", &barcode)]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    assert_eq!(server.acts().await[0], "card_given");
    assert_eq!(shop.client(&barcode).await.id, client.id);
    let lost = domain::Identifier::Card(client.card_number);
    let found = backend::clients::lookup(&shop.backend, &shop.till, &lost).await;
    assert!(matches!(
        found,
        Err(Error::Refused(Refusal::ClientNotFound))
    ));
    // Neither card can be given again.
    for card in [client.card_number, cards[1]] {
        let taken = register(shop, "901234568", Some(card)).await;
        assert_eq!(refused(taken), wrong_card(FieldError::CardTaken));
    }
    let next = owner.post(&path, &[("next", "1")]).await;
    assert_eq!(next.status, StatusCode::SEE_OTHER);
    let renewed = shop.client("901234567").await.card_number;
    assert!(renewed != cards[1] && renewed != client.card_number);
}

#[on_both_engines]
async fn numbers_are_neither_in_order_nor_twice(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut all: BTreeSet<CardNumber> = reserved(&mut owner, 500).await.into_iter().collect();
    let mut last = None;
    for number in 0..20 {
        let client = server.shop.register(&format!("9012345{number:02}")).await;
        assert!(all.insert(client.card_number));
        let digits = |card: CardNumber| card.to_string().replace('-', "").parse::<i64>().unwrap();
        let step = last.map_or(0, |last| digits(client.card_number) - last);
        assert_ne!(step, 1);
        last = Some(digits(client.card_number));
    }
    // A store whose key is lost gets another one, and goes on.
    let mut backend = server.shop.backend.clone();
    backend.secrets = backend::secrets::SecretKey::from_text(&"9".repeat(64)).unwrap();
    let command = RegisterClient {
        till: &server.shop.till,
        phone: Phone::parse("901234599").unwrap(),
        full_name: None,
        card: None,
        secrets: &backend.secrets,
    };
    let client = backend.run(&command).await.unwrap().into_inner();
    assert!(all.insert(client.card_number));
}

#[on_both_engines]
async fn a_reservation_has_its_bounds(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for count in ["", "0", "5001", "-1", "много"] {
        let refused = owner.post("/panel/cards", &[("count", count)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{count}");
    }
    reserved(&mut owner, 12).await;
    let sheets = owner.get("/panel/cards/1/print").await;
    assert_eq!(sheets.body.matches("class=\"print-card\"").count(), 12);
    assert_eq!(sheets.body.matches("width=\"37.29mm\"").count(), 12);
    assert_eq!(sheets.body.matches("width=\"100.4mm\"").count(), 2);
    let other = server.second_store().await;
    let mut stranger = server.person_of(&other, Role::Owner, "other").await;
    for path in ["/panel/cards/1", "/panel/cards/1/print"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND);
    }
}
