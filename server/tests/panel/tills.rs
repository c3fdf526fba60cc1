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
