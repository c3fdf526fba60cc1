//! Branches and tills.

use app::panel::urls::Url;
use backend::tills::{Credentials, authenticate};
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::Server;

/// Returns the number at the end of an address.
fn number(location: &str) -> i64 {
    location.rsplit('/').next().unwrap().parse().unwrap()
}

#[on_both_engines]
async fn a_till_is_added_used_switched_off_and_unbound(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let branch = [("name", "Рудаки 12"), ("address", "Душанбе")];
    assert_eq!(
        owner.post("/panel/branches/new", &branch).await.location(),
        "/panel/tills"
    );
    let page = owner.get("/panel/tills").await;
    assert!(page.body.contains("Рудаки 12"), "{}", page.body);
    let added = owner
        .post("/panel/tills/new", &[("name", "Касса 9"), ("branch", "2")])
        .await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let till = number(added.location());
    let shown = owner.post(&Url::ShowKey(till).to_string(), &[]).await;
    let is_token = |text: &&str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let token = shown
        .body
        .split(['<', '>', '"'])
        .find(is_token)
        .unwrap()
        .to_owned();
    assert!(
        !owner
            .get(&Url::Till(till).to_string())
            .await
            .body
            .contains(&token)
    );

    let shop = &server.shop;
    let credentials = |device| Credentials {
        tenant_token: Some(&shop.tenant_token),
        cashier_token: Some(&token),
        device_id: Some(device),
    };
    authenticate(&shop.backend, credentials("first"))
        .await
        .unwrap();
    authenticate(&shop.backend, credentials("second"))
        .await
        .unwrap_err();
    owner.post(&Url::UnbindTill(till).to_string(), &[]).await;
    authenticate(&shop.backend, credentials("second"))
        .await
        .unwrap();
    owner.post(&Url::SwitchTillOff(till).to_string(), &[]).await;
    authenticate(&shop.backend, credentials("second"))
        .await
        .unwrap_err();
    owner.post(&Url::SwitchTillOn(till).to_string(), &[]).await;
    authenticate(&shop.backend, credentials("second"))
        .await
        .unwrap();
    let acts = server.acts().await;
    assert_eq!(
        acts.iter().take(6).map(String::as_str).collect::<Vec<_>>(),
        [
            "till_on",
            "till_off",
            "till_unbound",
            "key_shown",
            "till_created",
            "branch_created"
        ]
    );
}

#[on_both_engines]
async fn a_refused_form_keeps_what_was_typed(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let refused = owner
        .post(
            "/panel/tills/new",
            &[("name", "<b>Касса</b>"), ("branch", "99")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("&lt;b&gt;Касса&lt;/b&gt;"),
        "{}",
        refused.body
    );
    assert!(!refused.body.contains("<b>Касса"));
    let long = "я".repeat(101);
    let refused = owner.post("/panel/branches/new", &[("name", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!server.acts().await.contains(&"branch_created".to_owned()));
}

#[on_both_engines]
async fn a_form_that_is_sent_twice_adds_one(database: TestDatabase) {
    let server = Server::start(&database).await;
    let owner = server.person(Role::Owner, "owner").await;
    let send = async |path: &str, form: &[(&str, &str)]| {
        let (mut one, mut two) = (owner.clone(), owner.clone());
        let (one, two) = tokio::join!(one.post(path, form), two.post(path, form));
        let mut statuses = [one.status.as_u16(), two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422], "{path}");
        let refused = if one.status == 422 { one } else { two };
        assert!(refused.body.contains("Такое имя уже есть"), "{path}");
    };
    let new_till = Url::NewTill.to_string();
    send(&Url::NewBranch.to_string(), &[("name", "Рынок")]).await;
    send(&new_till, &[("name", "Касса 9"), ("branch", "2")]).await;

    // The same name in another branch is another till, which cannot be moved here under this name.
    let mut owner = owner;
    let form = |branch| [("name", "Касса 9"), ("branch", branch)];
    let other = owner.post(&new_till, &form("1")).await;
    let edit = Url::EditTill(number(other.location())).to_string();
    assert_eq!(owner.post(&edit, &form("2")).await.status, 422);
    assert_eq!(owner.post(&edit, &form("1")).await.status, 303);
    let branch = Url::Branch(1).to_string();
    assert_eq!(owner.post(&branch, &[("name", "Рынок")]).await.status, 422);
    let acts = server.acts().await;
    let count = |act: &str| acts.iter().filter(|known| *known == act).count();
    assert_eq!((count("branch_created"), count("till_created")), (1, 2));
}

#[on_both_engines]
async fn what_was_done_is_said_once(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let branch = [("name", "Рудаки 12")];
    owner.post(&Url::NewBranch.to_string(), &branch).await;
    let words = "Филиал сохранён.";
    assert!(owner.get("/panel/tills").await.body.contains(words));
    assert!(!owner.get("/panel/tills").await.body.contains(words));
}
