//! The integrations: what is known of a connection, and the key of the store.

use app::panel::urls::Url;
use backend::stores;
use backend::tills::{Credentials, authenticate};
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Browser, PASSWORD, Server};

/// Returns the tokens in a page.
fn tokens(body: &str) -> Vec<String> {
    let is_token = |text: &&str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let found = body.split(['<', '>', '"']).filter(is_token);
    found.map(str::to_owned).collect()
}

/// Returns the number of steps that are ticked.
async fn ticks(browser: &mut Browser) -> usize {
    let page = browser.get(&Url::Integrations.to_string()).await.body;
    page.matches("tick-done").count()
}

impl Server {
    async fn works(&self, store_key: &str) -> bool {
        let credentials = Credentials {
            tenant_token: Some(store_key),
            cashier_token: Some(&self.shop.cashier_token),
            device_id: Some("pc"),
        };
        let till = authenticate(&self.shop.backend, credentials).await;
        let office = stores::authenticate(&self.shop.backend, Some(store_key)).await;
        assert_eq!(till.is_ok(), office.is_ok());
        till.is_ok()
    }
}

#[on_both_engines]
async fn the_steps_are_ticked_by_what_the_till_does(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    assert_eq!(ticks(&mut owner).await, 1, "only the till exists");
    let till = server.till();
    till.get("/cashier/session").await;
    // The moment is noted beside the request.
    for _ in 0..100 {
        if ticks(&mut owner).await == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(ticks(&mut owner).await, 2);
    let phone = "+992901234567";
    till.get("/cashier/client/%2B992901234567").await;
    assert_eq!(ticks(&mut owner).await, 2, "a search without a client");
    let register = serde_json::json!({ "phone": phone });
    till.post("/cashier/client/register", register).await;
    till.get("/cashier/client/%2B992901234567").await;
    assert_eq!(ticks(&mut owner).await, 3);
    let sale = serde_json::json!({
        "client_phone": phone, "total_amount": 84, "external_sale_id": "1",
    });
    till.post("/cashier/sale", sale).await;
    assert_eq!(ticks(&mut owner).await, 4);
    let back = serde_json::json!({ "client_phone": phone, "original_external_sale_id": "1" });
    till.post("/cashier/return", back).await;
    assert_eq!(ticks(&mut owner).await, 5);
    let stock = serde_json::json!({ "items": [{ "sku": "1", "name": "Хлеб", "quantity": 7 }] });
    till.post("/integration/inventory/sync", stock).await;
    assert_eq!(ticks(&mut owner).await, 6);

    // The till's page shows the requests without the client, its program and its last refusal.
    let url = Url::Till(server.shop.till.id).to_string();
    let page = owner.get(&url).await.body;
    for shown in [
        "POST /cashier/sale",
        "GET /cashier/client/{identifier}",
        "такого клиента нет",
        "84,00",
        "Test Till 2",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("901234567"), "{page}");
}

#[on_both_engines]
async fn the_keys_are_shown_to_the_owner_alone(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let mut manager = server.person(Role::Manager, "manager").await;
    let url = Url::Integrations.to_string();
    let ends = |token: &str| format!("{} ········ {}", &token[..4], &token[60..]);
    for token in [&server.shop.tenant_token, &server.shop.cashier_token] {
        assert!(owner.get(&url).await.body.contains(&ends(token)));
        let seen = manager.get(&url).await.body;
        assert!(!seen.contains(&token[..4]) && !seen.contains(&token[60..]));
    }
    let till = server.shop.till.id.to_string();
    let shown = owner
        .post(&Url::ShowKeys.to_string(), &[("till", &till)])
        .await;
    assert_eq!(
        tokens(&shown.body),
        [
            server.shop.tenant_token.clone(),
            server.shop.cashier_token.clone()
        ]
    );
    assert_eq!(
        server.acts().await[..2],
        ["store_key_shown".to_owned(), "key_shown".to_owned()]
    );
    // The till of another store is not found, and nothing is shown.
    let other = server.second_store().await;
    let stolen = other.till.id.to_string();
    let refused = owner
        .post(&Url::ShowKeys.to_string(), &[("till", &stolen)])
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(tokens(&refused.body).is_empty());
    let refused = owner.get(&format!("{url}?till={stolen}")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[on_both_engines]
async fn the_old_key_of_the_store_works_for_thirty_days(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let old = server.shop.tenant_token.clone();
    let rotate = Url::RotateStoreKey.to_string();
    assert!(server.works(&old).await);
    assert_eq!(owner.get(&rotate).await.status, StatusCode::OK);
    let rotated = owner.post(&rotate, &[]).await;
    assert_eq!(rotated.location(), Url::Integrations.to_string());
    let shown = owner.post(&Url::ShowKeys.to_string(), &[]).await;
    let new = tokens(&shown.body).remove(0);
    assert_ne!(new, old);
    assert!(server.works(&old).await && server.works(&new).await);
    // One grace at a time; the page says who still uses the old key.
    assert_eq!(
        owner.post(&rotate, &[]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let page = owner.get(&Url::Integrations.to_string()).await.body;
    assert!(page.contains(&Url::StopOldStoreKey.to_string()), "{page}");
    server.shop.clock.advance(30 * 86_400 - 1);
    assert!(server.works(&old).await && server.works(&new).await);
    server.shop.clock.advance(1);
    assert!(!server.works(&old).await && server.works(&new).await);

    owner.sign_in("owner", PASSWORD).await;
    owner.post(&rotate, &[]).await;
    assert!(server.works(&new).await);
    let stop = Url::StopOldStoreKey.to_string();
    assert_eq!(owner.get(&stop).await.status, StatusCode::OK);
    owner.post(&stop, &[]).await;
    assert!(!server.works(&new).await);
    let acts = server.acts().await;
    assert!(
        acts.contains(&"old_store_key_stopped".to_owned()),
        "{acts:?}"
    );
}
