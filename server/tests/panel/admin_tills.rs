//! Paid tills as a limit, and what an admin does to a till with a reason.

use app::admin::urls::Url;
use app::panel::urls::Url as PanelUrl;
use backend::tills::{Credentials, authenticate};
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::admin;
use crate::browser::{Browser, Server};

/// The sentence that no paid till is free.
const NO_PAID_TILL: &str = "Все оплаченные кассы уже работают";

async fn set_paid(server: &Server, paid: i64) {
    let set = "UPDATE tenants SET paid_tills = $2 WHERE id = $1";
    assert_eq!(server.shop.execute(set, paid).await, 1);
}

async fn active(server: &Server) -> i64 {
    let active = "SELECT COUNT(*) FROM cashier_nodes WHERE tenant_id = $1 AND disabled_at IS NULL";
    server.shop.number(active).await
}

async fn add(owner: &mut Browser, name: &str) -> crate::browser::Answer {
    let form = [("name", name), ("branch", "1")];
    owner.post(&PanelUrl::NewTill.to_string(), &form).await
}

#[on_both_engines]
async fn no_more_tills_are_switched_on_than_are_paid(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let first = server.shop.till.id;
    set_paid(&server, 2).await;
    let tills = owner.get("/panel/tills").await.body;
    assert!(
        tills.contains("Включено 1 из\u{a0}2 оплаченных. Можно добавить ещё: 1."),
        "{tills}"
    );
    let made = add(&mut owner, "Касса 2").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let second = made.location().to_owned();

    // The page says so before anything is typed, and keeps what was typed.
    let form = owner.get("/panel/tills/new").await.body;
    assert!(form.contains(NO_PAID_TILL), "{form}");
    let refused = add(&mut owner, "Касса 3").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(NO_PAID_TILL), "{}", refused.body);
    assert!(
        refused.body.contains("value=\"Касса 3\""),
        "{}",
        refused.body
    );
    // The same form sent twice says that the name is in use, not that the limit is reached.
    let twice = add(&mut owner, "Касса 2").await;
    assert!(twice.body.contains("Такое имя уже есть"), "{}", twice.body);

    // One that is off makes room for another one, and then waits.
    let off = PanelUrl::SwitchTillOff(first).to_string();
    let on = PanelUrl::SwitchTillOn(first).to_string();
    owner.post(&off, &[]).await;
    assert_eq!(
        add(&mut owner, "Касса 3").await.status,
        StatusCode::SEE_OTHER
    );
    let refused = owner.post(&on, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(NO_PAID_TILL), "{}", refused.body);
    assert_eq!(active(&server).await, 2);

    // Running tills go on if fewer are paid; switching on what is on is not refused.
    set_paid(&server, 1).await;
    let tills = owner.get("/panel/tills").await.body;
    assert!(tills.contains("Включено 2 из\u{a0}1 оплаченных"), "{tills}");
    let again = owner.post(&format!("{second}/on"), &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert_eq!(active(&server).await, 2);
    set_paid(&server, 3).await;
    assert_eq!(owner.post(&on, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(active(&server).await, 3);
}

#[on_both_engines]
async fn of_many_at_once_only_the_paid_tills_are_switched_on(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    owner
        .post(&PanelUrl::NewBranch.to_string(), &[("name", "Рынок")])
        .await;
    let off = PanelUrl::SwitchTillOff(server.shop.till.id).to_string();
    owner.post(&off, &[]).await;
    set_paid(&server, 2).await;
    let on = PanelUrl::SwitchTillOn(server.shop.till.id).to_string();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..8 {
        let (mut owner, on) = (owner.clone(), on.clone());
        tasks.spawn(async move {
            let (name, branch) = (format!("Касса {number}"), ["1", "2"][number % 2]);
            if number == 7 {
                return owner.post(&on, &[]).await.status;
            }
            let form = [("name", name.as_str()), ("branch", branch)];
            owner
                .post(&PanelUrl::NewTill.to_string(), &form)
                .await
                .status
        });
    }
    let statuses = tasks.join_all().await;
    let done = statuses
        .iter()
        .filter(|status| **status == StatusCode::SEE_OTHER);
    assert_eq!(done.count(), 2, "{statuses:?}");
    assert_eq!(active(&server).await, 2);
}

#[on_both_engines]
async fn an_admin_acts_on_a_till_with_a_reason_that_its_owner_reads(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let credentials = |device| Credentials {
        tenant_token: Some(&shop.tenant_token),
        cashier_token: Some(&shop.cashier_token),
        device_id: Some(device),
    };
    let works = async |device| {
        authenticate(&shop.backend, credentials(device))
            .await
            .is_ok()
    };
    assert!(works("first").await && !works("second").await);
    let (store, till) = (shop.till.tenant_id, shop.till.id);
    let acts = [
        (
            Url::UnbindTill(store, till),
            "till_unbound",
            "Сломался <b>телефон</b>",
        ),
        (
            Url::SwitchTillOff(store, till),
            "till_off",
            "Телефон украли",
        ),
        (Url::SwitchTillOn(store, till), "till_on", "Нашли"),
        (Url::RotateKey(store, till), "key_rotated", "Ключ у чужих"),
    ];
    for (url, act, reason) in &acts {
        let page = anvar.get(&url.to_string()).await;
        assert_eq!(page.status, StatusCode::OK, "{url}");
        for wrong in ["", "   "] {
            let form = [("reason", wrong), ("grace", "none")];
            let refused = anvar.post(&url.to_string(), &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
        }
        assert!(!server.acts().await.contains(&(*act).to_owned()), "{url}");
        let form = [("reason", *reason), ("grace", "none")];
        let done = anvar.post(&url.to_string(), &form).await;
        assert_eq!(
            done.location(),
            format!("/admin/stores/{store}"),
            "{}",
            done.body
        );
        assert!(server.acts().await.contains(&(*act).to_owned()), "{url}");
        assert!(server.platform_acts().await.contains(&(*act).to_owned()));
        match *act {
            "till_unbound" => assert!(works("second").await && !works("first").await),
            "till_on" => assert!(works("second").await),
            // It is off, or the old key has stopped; only the owner sees the new one.
            _ => assert!(!works("second").await),
        }
    }
    let page = anvar.get(&format!("/admin/stores/{store}")).await.body;
    let journal = owner.get("/panel/journal").await.body;
    for shown in [&page, &journal] {
        for words in ["Сломался &lt;b&gt;телефон", "Ключ у чужих", "Анвар Саидов"]
        {
            assert!(shown.contains(words), "{words}: {shown}");
        }
    }
    assert!(
        journal.contains("tag-ink"),
        "the act is marked as one of Bonex"
    );
    let key = owner.post(&PanelUrl::ShowKey(till).to_string(), &[]).await;
    assert_eq!(key.status, StatusCode::OK);

    // While an old key works, there is no third one.
    let rotate = Url::RotateKey(store, till).to_string();
    let form = [("reason", "Ещё раз"), ("grace", "week")];
    let rotated = anvar.post(&rotate, &form).await;
    assert_eq!(rotated.status, StatusCode::SEE_OTHER, "{}", rotated.body);
    let refused = anvar.post(&rotate, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("ещё действует прежний ключ"),
        "{}",
        refused.body
    );
    assert!(refused.body.contains("Ещё раз"), "the reason stays");
    let unknown = anvar
        .post(&rotate, &[("reason", "x"), ("grace", "year")])
        .await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_till_is_found_only_in_its_own_store(database: TestDatabase) {
    let server = Server::start(&database).await;
    let other = server.second_store().await;
    let (mut anvar, _, _) = admin(&server, "anvar").await;
    let (store, till) = (other.till.tenant_id, server.shop.till.id);
    assert_ne!(till, other.till.id);
    let form = [("reason", "Проверка"), ("grace", "none")];
    for url in [
        Url::UnbindTill(store, till),
        Url::RotateKey(store, till),
        Url::SwitchTillOff(store, till),
        Url::SwitchTillOn(store, till),
    ] {
        let url = url.to_string();
        assert_eq!(anvar.get(&url).await.status, StatusCode::NOT_FOUND, "{url}");
        let sent = anvar.post(&url, &form).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND, "{url}");
    }
    assert!(
        !server
            .platform_acts()
            .await
            .contains(&"till_off".to_owned())
    );
    // The limit holds for an admin too.
    let (store, till) = (server.shop.till.tenant_id, server.shop.till.id);
    let off = Url::SwitchTillOff(store, till).to_string();
    assert_eq!(anvar.post(&off, &form).await.status, StatusCode::SEE_OTHER);
    set_paid(&server, 0).await;
    let on = Url::SwitchTillOn(store, till).to_string();
    let refused = anvar.post(&on, &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(NO_PAID_TILL), "{}", refused.body);
}
