//! What people do to clients: changes by hand, blocks, new phones and erasure.

use app::panel::urls::Url;
use backend::audit::Filter;
use backend::clients::{RegisterClient, lookup};
use backend::returns::ReturnGoods;
use domain::returns::ReturnRequest;
use domain::{Identifier, Phone, Refusal, Role};
use reqwest::StatusCode;
use testkit::{Shop, TestDatabase, money, on_both_engines};

use crate::browser::{Answer, Browser, PASSWORD, Server};

const PHONE: &str = "900000501";
const OTHER: &str = "900000502";

async fn adjust(
    browser: &mut Browser,
    id: i64,
    direction: &str,
    amount: &str,
    once: &str,
) -> Answer {
    let form = [
        ("direction", direction),
        ("amount", amount),
        ("reason", "Касса не работала"),
        ("once", once),
    ];
    browser
        .post(&Url::AdjustClient(id).to_string(), &form)
        .await
}

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

/// Returns the entries of the journal as texts: act, name, before, after, reason.
async fn journal(server: &Server) -> Vec<String> {
    let tenant_id = server.shop.till.tenant_id;
    let list = backend::audit::list(&server.shop.backend, tenant_id, Filter::default()).await;
    let entries = list.unwrap().entries.into_iter();
    entries
        .map(|entry| {
            let details = entry.details;
            let parts = [details.before, details.after, details.reason];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            format!("{} {} {}", entry.action, details.name, parts.join(" "))
        })
        .collect()
}

#[on_both_engines]
async fn bonuses_are_given_and_taken_once_for_each_form(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let id = shop.register(PHONE).await.id;
    let mut manager = server.person(Role::Manager, "manager").await;
    let page = manager.get(&Url::Client(id).to_string()).await;
    assert!(page.body.contains("name=\"once\""), "{}", page.body);

    let given = adjust(&mut manager, id, "credit", "25,50", "a").await;
    assert_eq!(given.location(), Url::Client(id).to_string());
    let again = adjust(&mut manager, id, "credit", "25,50", "a").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(balance(shop, PHONE).await, "25.5");
    // A form that was sent, changed and sent again must not be taken for the first one.
    let changed = adjust(&mut manager, id, "credit", "30", "a").await;
    assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(changed.body.contains("value=\"30\"") && !changed.body.contains("value=\"a\""));

    let taken = adjust(&mut manager, id, "debit", "10", "b").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert_eq!(balance(shop, PHONE).await, "15.5");
    let too_much = adjust(&mut manager, id, "debit", "15,51", "c").await;
    assert_eq!(too_much.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(too_much.body.contains("15,50"));
    for (direction, amount, once) in [
        ("credit", "0", "d"),
        ("credit", "-1", "d"),
        ("credit", "1e3", "d"),
        ("steal", "1", "d"),
        ("credit", "1", ""),
    ] {
        let refused = adjust(&mut manager, id, direction, amount, once).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount}");
    }
    let no_reason = [("direction", "credit"), ("amount", "1"), ("once", "d")];
    let path = Url::AdjustClient(id).to_string();
    let refused = manager.post(&path, &no_reason).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(balance(shop, PHONE).await, "15.5");
    let entries = journal(&server).await;
    assert_eq!(
        entries[..2],
        [
            "client_debited +992900000501 25.5 15.5 Касса не работала",
            "client_credited +992900000501 0 25.5 Касса не работала",
        ]
    );
    let page = manager.get(&Url::Client(id).to_string()).await;
    for words in ["Касса не работала", "Изменено вручную", "Списано вручную"]
    {
        assert!(page.body.contains(words), "{words}");
    }
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_manager_has_limits_and_an_owner_a_password(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let id = shop.register(PHONE).await.id;
    let mut manager = server.person(Role::Manager, "manager").await;
    let over = adjust(&mut manager, id, "credit", "100,01", "over").await;
    assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Twelve forms at once: five fit into the day.
    let mut sent = Vec::new();
    for number in 0..12 {
        let mut manager = manager.clone();
        sent.push(tokio::spawn(async move {
            let once = format!("race-{number}");
            adjust(&mut manager, id, "credit", "100", &once)
                .await
                .status
        }));
    }
    let mut done = 0;
    for answer in sent {
        match answer.await.unwrap() {
            StatusCode::SEE_OTHER => done += 1,
            StatusCode::UNPROCESSABLE_ENTITY => {}
            other => panic!("{other}"),
        }
    }
    assert_eq!(done, 5);
    assert_eq!(balance(shop, PHONE).await, "500");
    let debit = adjust(&mut manager, id, "debit", "0,01", "debit").await;
    assert_eq!(debit.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The day is the local one: the test begins at 19:30.
    shop.clock.advance(5 * 3_600);
    let debit = adjust(&mut manager, id, "debit", "0,01", "debit").await;
    assert_eq!(debit.status, StatusCode::SEE_OTHER);

    let mut owner = server.person(Role::Owner, "owner").await;
    shop.clock.advance(901);
    let small = adjust(&mut owner, id, "credit", "100", "small").await;
    assert_eq!(small.location(), Url::Client(id).to_string());
    let asked = adjust(&mut owner, id, "credit", "5000", "large").await;
    assert!(asked.asks_password(), "{}", asked.body);
    owner.sign_in("owner", PASSWORD).await;
    let large = adjust(&mut owner, id, "credit", "5000", "large").await;
    assert_eq!(large.location(), Url::Client(id).to_string());
    assert_eq!(balance(shop, PHONE).await, "5599.99");
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_blocked_client_is_refused_at_the_till(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let id = shop.register(PHONE).await.id;
    let mut manager = server.person(Role::Manager, "manager").await;
    let path = Url::BlockClient(id).to_string();
    let refused = manager.post(&path, &[("reason", " ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reason = "<b>Чужая карта</b>";
    manager.post(&path, &[("reason", reason)]).await;
    assert_eq!(refusal(shop, PHONE).await, Refusal::ClientBlocked);
    let page = manager.get(&Url::Client(id).to_string()).await;
    assert!(page.body.contains("Чужая карта") && !page.body.contains(reason));
    let blocked = manager.get("/panel/clients?group=blocked").await;
    assert!(blocked.body.contains(&format!("/panel/clients/{id}\"")));
    manager.post(&Url::UnblockClient(id).to_string(), &[]).await;
    shop.client(PHONE).await;
    let acts: Vec<String> = server.acts().await;
    assert_eq!(acts[..2], ["client_unblocked", "client_blocked"]);
}

#[on_both_engines]
async fn a_new_phone_is_told_to_both_and_spends_nothing_for_a_day(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let id = shop.register(PHONE).await.id;
    let other = shop.register(OTHER).await.id;
    let first = shop.sell(PHONE, "1000", "0", Some("first")).await.unwrap();
    shop.sell(PHONE, "100", "0", Some("brought back"))
        .await
        .unwrap();
    let goods = ReturnGoods {
        till: &shop.till,
        client: Identifier::parse(PHONE).unwrap(),
        original_external_sale_id: Some("brought back".to_owned()),
        external_return_id: Some("return".to_owned()),
        request: ReturnRequest {
            return_amount: Some(money("100")),
            cash_refund: Some(money("100")),
            ..ReturnRequest::default()
        },
    };
    let returned = shop.backend.run(&goods).await.unwrap().into_inner();
    shop.clock.advance(2 * 86_400);
    let mut manager = server.person(Role::Manager, "manager").await;
    let path = Url::ChangePhone(id).to_string();
    assert_eq!(manager.get(&path).await.status, StatusCode::OK);
    for wrong in ["", "12", "x"] {
        let refused = manager.post(&path, &[("phone", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let taken = manager.post(&path, &[("phone", OTHER)]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains(&format!("/panel/clients/{other}\"")));
    let changed = manager.post(&path, &[("phone", "90 000 05 99")]).await;
    assert_eq!(changed.location(), Url::Client(id).to_string());

    assert_eq!(refusal(shop, PHONE).await, Refusal::ClientNotFound);
    // A till that lost the answers of a sale and a return sends both again, under the old number.
    let again = shop.sell(PHONE, "1000", "0", Some("first")).await.unwrap();
    assert_eq!(again, first);
    let again = shop.backend.run(&goods).await.unwrap();
    assert_eq!(again.into_inner(), returned);
    for (total, id) in [
        ("1000", Some("second")),
        ("1000", None),
        ("999", Some("first")),
    ] {
        let other = shop.sell(PHONE, total, "0", id).await;
        assert!(
            matches!(other, Err(backend::Error::Refused(Refusal::ClientNotFound))),
            "{total} {id:?}: {other:?}"
        );
    }
    let seen = shop.client("900000599").await;
    assert_eq!((seen.id, seen.figures.redeemable), (id, money("0")));
    assert_eq!(seen.figures.bonus_balance, money("50"));
    let until = seen.figures.frozen_until.unwrap();
    let sold = shop.sell("900000599", "100", "1", None).await;
    assert!(
        matches!(&sold, Err(backend::Error::Refused(Refusal::PhoneChanged { until: told })) if *told == until),
        "{sold:?}"
    );
    shop.sell("900000599", "100", "0", None).await.unwrap();
    shop.clock.advance(86_400 - 1);
    shop.sell("900000599", "100", "1", None).await.unwrap_err();
    shop.clock.advance(1);
    shop.sell("900000599", "100", "1", None).await.unwrap();

    let told = "SELECT payload FROM outbox WHERE subject LIKE 'phone:%' ORDER BY subject";
    let told: Vec<(String,)> = shop.backend.db.reads().fetch_all(told, ()).await.unwrap();
    assert_eq!(told.len(), 2);
    assert!(told[0].0.contains("\"to\":\"+992900000599\""), "{told:?}");
    assert!(told[1].0.contains("\"to\":\"+992900000501\""), "{told:?}");
    let entries = journal(&server).await;
    let change = "client_phone_changed +992900000599 +992900000501 +992900000599";
    assert!(
        entries.iter().any(|entry| entry.trim() == change),
        "{entries:?}"
    );
    // The old number is free for another person.
    assert_ne!(shop.register(PHONE).await.id, id);
    shop.assert_sound().await;
}

#[on_both_engines]
async fn an_erased_client_is_nobody(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let register = RegisterClient {
        till: &shop.till,
        phone: Phone::parse(PHONE).unwrap(),
        full_name: Some("Мадина Раҳимова".to_owned()),
        card: None,
        secrets: &shop.backend.secrets,
    };
    let client = shop.backend.run(&register).await.unwrap().into_inner();
    shop.sell(PHONE, "1000", "0", Some("a")).await.unwrap();
    let mut owner = server.person(Role::Owner, "owner").await;
    let phone = Url::ChangePhone(client.id).to_string();
    owner.post(&phone, &[("phone", "900000599")]).await;
    adjust(&mut owner, client.id, "credit", "1", "a").await;
    let path = Url::EraseClient(client.id).to_string();
    assert_eq!(owner.get(&path).await.status, StatusCode::OK);
    shop.clock.advance(901);
    assert!(owner.post(&path, &[]).await.asks_password());
    owner.sign_in("owner", PASSWORD).await;
    for _ in 0..2 {
        let erased = owner.post(&path, &[]).await;
        assert_eq!(erased.location(), Url::Client(client.id).to_string());
    }
    assert_eq!(owner.get(&path).await.status, StatusCode::NOT_FOUND);

    let card = client.card_number.to_string();
    for identifier in [PHONE, "900000599", &card] {
        assert_eq!(refusal(shop, identifier).await, Refusal::ClientNotFound);
    }
    let sold = shop.sell(&card, "100", "0", None).await;
    assert!(matches!(
        sold,
        Err(backend::Error::Refused(Refusal::ClientNotFound))
    ));
    for page in [Url::Client(client.id), Url::Clients, Url::Journal] {
        let body = owner.get(&page.to_string()).await.body;
        for secret in ["Мадина", "0501", "05\u{a0}01", "0599", "05\u{a0}99"] {
            assert!(!body.contains(secret), "{secret} in {page}");
        }
    }
    let search = owner.get("/panel/clients?q=0599").await;
    assert!(
        !search
            .body
            .contains(&format!("/panel/clients/{}\"", client.id))
    );
    let kept = "SELECT COUNT(*) FROM outbox WHERE payload LIKE '%900000%'";
    let (kept,): (i64,) = shop.backend.db.reads().fetch_one(kept, ()).await.unwrap();
    assert_eq!(kept, 0);
    shop.assert_sound().await;
    // The number is free again.
    assert_ne!(shop.register("900000599").await.id, client.id);
}
