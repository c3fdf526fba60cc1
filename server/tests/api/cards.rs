//! A registration with a printed card (contract, "POST /cashier/client/register").

use backend::audit::Actor;
use backend::cards::{Reserve, cards_of_batch};
use domain::{CardNumber, Programme};
use serde_json::json;
use testkit::{Shop, TestDatabase, on_both_engines};

use crate::external_ids::OTHER_PHONE;
use crate::harness::{PHONE, Server};

const REGISTER: &str = "/cashier/client/register";

async fn reserve(shop: &Shop, count: i64) -> Vec<CardNumber> {
    let actor = Actor {
        tenant_id: shop.till.tenant_id,
        user_id: None,
        name: "Bonex".to_owned(),
        address: String::new(),
    };
    let command = Reserve {
        actor: &actor,
        secrets: &shop.backend.secrets,
        count,
        note: "",
    };
    let batch = shop.backend.run(&command).await.unwrap().unwrap();
    cards_of_batch(&shop.backend, shop.till.tenant_id, batch)
        .await
        .unwrap()
}

#[on_both_engines]
async fn a_client_gets_the_card_from_the_counter(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let till = server.till();
    let cards = reserve(&server.shop, 2).await;
    let barcode = cards[0].ean13().to_string();
    let client = json!({ "phone": PHONE, "card": barcode });
    let registered = till.post(REGISTER, client.clone()).await;
    assert_eq!(registered.status, 201, "{registered}");
    assert_eq!(registered.data()["card_number"], cards[0].to_string());
    assert_eq!(till.post(REGISTER, client).await.status, 200);
    let found = till.lookup(&barcode, None).await;
    assert_eq!(found.data()["phone"], PHONE);

    let (second, known) = (cards[1].to_string(), PHONE);
    for (phone, card, reason) in [
        (
            known,
            &*second,
            "у клиента уже есть другая карта: заменить её можно в панели",
        ),
        (
            OTHER_PHONE,
            &*barcode,
            "эта карта уже выдана: возьмите другую карту",
        ),
        (
            OTHER_PHONE,
            "099-0000001",
            "такой карты нет среди заготовленных магазином: возьмите другую карту",
        ),
        (
            OTHER_PHONE,
            "2000100001234",
            "контрольная цифра штрихкода неверна: отсканируйте карту ещё раз",
        ),
        (
            OTHER_PHONE,
            OTHER_PHONE,
            "введите номер карты 001-0000123 или отсканируйте её штрихкод",
        ),
    ] {
        let refused = till.post(REGISTER, json!({ "phone": phone, "card": card }));
        let refused = refused.await;
        assert_eq!((refused.status, refused.code()), (422, "invalid_fields"));
        assert_eq!(refused.body["fields"], json!({ "card": reason }));
    }
    assert_eq!(till.lookup(OTHER_PHONE, None).await.status, 404);
    // An empty card is none: tills send every field.
    for none in [json!(null), json!("")] {
        let body = json!({ "phone": OTHER_PHONE, "card": none });
        let answer = till.post(REGISTER, body).await;
        assert!(answer.status < 300, "{answer}");
    }
}

#[on_both_engines]
async fn one_card_goes_to_one_of_many_tills(database: TestDatabase) {
    let server = Server::start(&database, Programme::default()).await;
    let card = reserve(&server.shop, 1).await[0].to_string();
    let till = server.till();
    let ask = |number: usize| {
        let (till, card) = (till.clone(), card.clone());
        async move {
            let phone = format!("9012345{number:02}");
            let body = json!({ "phone": phone, "card": card });
            till.post(REGISTER, body).await.status
        }
    };
    let (a, b, c, d) = tokio::join!(ask(1), ask(2), ask(3), ask(4));
    let mut statuses = [a, b, c, d];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422, 422, 422]);
}
