//! Merges of clients.

use app::panel::urls::Url;
use backend::clients::lookup;
use domain::returns::ReturnRequest;
use domain::{Identifier, Refusal, Role};
use reqwest::StatusCode;
use testkit::{Shop, TestDatabase, money, on_both_engines};

use crate::browser::Server;

const PHONE: &str = "900000501";
const OTHER: &str = "900000502";

async fn balance(shop: &Shop, phone: &str) -> String {
    shop.client(phone).await.figures.bonus_balance.to_string()
}

async fn refusal(shop: &Shop, phone: &str) -> Refusal {
    let identifier = Identifier::parse(phone).unwrap();
    match lookup(&shop.backend, &shop.till, &identifier).await {
        Err(backend::Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[on_both_engines]
async fn two_clients_become_one(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let into = shop.register(PHONE).await;
    let from = shop.register(OTHER).await;
    let first = shop.sell(PHONE, "1000", "0", Some("a")).await.unwrap();
    shop.sell(OTHER, "2000", "0", Some("b")).await.unwrap();
    shop.clock.advance(2 * 86_400);
    // 60 of the 100 pay; half of the cashback is spent.
    shop.sell(OTHER, "400", "60", Some("c")).await.unwrap();
    let mut owner = server.person(Role::Owner, "owner").await;
    let path = Url::MergeClient(into.id).to_string();
    let preview = owner.get(&format!("{path}?with={OTHER}")).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    // 50 + 40 left of 100 + 17 of 340.
    for words in ["107,00", "3\u{a0}340,00", "name=\"from\""] {
        assert!(preview.body.contains(words), "{words} in {}", preview.body);
    }
    for (with, status) in [
        ("900000777", StatusCode::UNPROCESSABLE_ENTITY),
        (PHONE, StatusCode::UNPROCESSABLE_ENTITY),
        ("x", StatusCode::UNPROCESSABLE_ENTITY),
        ("", StatusCode::OK),
    ] {
        let asked = owner.get(&format!("{path}?with={with}")).await;
        assert_eq!(asked.status, status, "{with}");
    }
    assert_eq!(
        balance(shop, OTHER).await,
        "57",
        "a preview changes nothing"
    );

    let from_id = from.id.to_string();
    for _ in 0..2 {
        let merged = owner.post(&path, &[("from", &from_id)]).await;
        assert_eq!(merged.location(), Url::Client(into.id).to_string());
    }
    let back = Url::MergeClient(from.id).to_string();
    let circle = owner.post(&back, &[("from", &into.id.to_string())]).await;
    assert_eq!(circle.status, StatusCode::NOT_FOUND);
    shop.assert_sound().await;

    for identifier in [
        PHONE,
        OTHER,
        &from.card_number.to_string(),
        &from.card_number.ean13().to_string(),
    ] {
        let seen = shop.client(identifier).await;
        assert_eq!(seen.id, into.id, "{identifier}");
        assert_eq!(seen.figures.bonus_balance, money("107"));
        assert_eq!(seen.total_spent, money("3340"));
    }
    assert_eq!(shop.register(OTHER).await.id, into.id);
    // A repeated document gets its first answer, under either phone.
    let repeated = shop.sell(OTHER, "1000", "0", Some("a")).await.unwrap();
    assert_eq!(repeated.id, first.id);
    for phone in [PHONE, OTHER] {
        let repeated = shop.sell(phone, "400", "60", Some("c")).await.unwrap();
        assert_eq!(repeated.bonus_redeemed, money("60"), "{phone}");
    }
    // Goods of the merged client come back: 17 revoked, 60 restored.
    let returned = shop
        .bring_back(PHONE, "c", ReturnRequest::default())
        .await
        .unwrap();
    assert_eq!(returned.bonus_revoked, money("17"));
    assert_eq!(returned.bonus_restored, money("60"));
    assert_eq!(returned.cash_refund_amount, money("340"));
    assert_eq!(balance(shop, OTHER).await, "150");
    let half = ReturnRequest {
        return_amount: Some(money("1000")),
        ..ReturnRequest::default()
    };
    let returned = shop.bring_back(OTHER, "b", half).await.unwrap();
    assert_eq!(returned.bonus_revoked, money("50"));
    assert_eq!(balance(shop, PHONE).await, "100");
    shop.assert_sound().await;

    let page = owner.get(&Url::Client(from.id).to_string()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(&Url::Client(into.id).to_string()));
    assert!(!page.body.contains("name=\"amount\""));
    for url in [Url::ChangePhone(from.id), Url::EraseClient(from.id)] {
        let page = owner.get(&url.to_string()).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{url}");
    }
    let list = owner.get("/panel/clients").await;
    assert!(!list.body.contains(&format!("/panel/clients/{}\"", from.id)));
}

#[on_both_engines]
async fn a_block_holds_for_both_after_a_merge(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let into = shop.register(PHONE).await.id;
    let from = shop.register(OTHER).await.id;
    let mut owner = server.person(Role::Owner, "owner").await;
    let block = Url::BlockClient(from).to_string();
    owner.post(&block, &[("reason", "Чужая карта")]).await;
    let merge = Url::MergeClient(into).to_string();
    owner.post(&merge, &[("from", &from.to_string())]).await;
    assert_eq!(refusal(shop, PHONE).await, Refusal::ClientBlocked);
    assert_eq!(refusal(shop, OTHER).await, Refusal::ClientBlocked);
    owner.post(&Url::UnblockClient(into).to_string(), &[]).await;
    assert_eq!(shop.client(OTHER).await.id, into);
}
