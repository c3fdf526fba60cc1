//! The keys of tills and of the store: pairing codes, replacing a key while the old one works.

use app::panel::urls::Url;
use backend::AuthError;
use backend::tills::{self, Credentials, authenticate};
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::{Browser, Server};

/// Returns the tokens in a page.
fn tokens(body: &str) -> Vec<String> {
    let is_token = |text: &&str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let found = body.split(['<', '>', '"']).filter(is_token);
    found.map(str::to_owned).collect()
}

/// Shows the key of the store's till.
async fn key(server: &Server, owner: &mut Browser) -> String {
    let url = Url::ShowKey(server.shop.till.id).to_string();
    tokens(&owner.post(&url, &[]).await.body).remove(0)
}

/// Replaces the key of the store's till.
async fn rotate(server: &Server, owner: &mut Browser, grace: &str) -> StatusCode {
    let url = Url::RotateKey(server.shop.till.id).to_string();
    owner.post(&url, &[("grace", grace)]).await.status
}

impl Server {
    /// Authenticates the store's till by a key on a device.
    async fn try_key(&self, key: &str, device: &str) -> Result<String, AuthError> {
        let credentials = Credentials {
            tenant_token: Some(&self.shop.tenant_token),
            cashier_token: Some(key),
            device_id: Some(device),
        };
        let till = authenticate(&self.shop.backend, credentials).await?;
        assert_eq!(till.id, self.shop.till.id);
        Ok(till.device_id)
    }

    async fn assert_works(&self, key: &str, device: &str) {
        assert_eq!(self.try_key(key, device).await.unwrap(), device);
    }

    async fn assert_unknown(&self, key: &str, device: &str) {
        let error = self.try_key(key, device).await.unwrap_err();
        assert!(matches!(error, AuthError::BadCashierToken), "{error:?}");
    }

    async fn assert_elsewhere(&self, key: &str, device: &str) {
        let error = self.try_key(key, device).await.unwrap_err();
        assert!(matches!(error, AuthError::DeviceMismatch(_)), "{error:?}");
    }
}

#[on_both_engines]
async fn both_keys_work_until_the_new_one_is_used_elsewhere(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let old = server.shop.cashier_token.clone();
    server.assert_works(&old, "pc").await;
    assert_eq!(
        rotate(&server, &mut owner, "day").await,
        StatusCode::SEE_OTHER
    );
    let new = key(&server, &mut owner).await;
    assert_ne!(new, old);
    // A binding belongs to a key: the old one stays on its device, the new one is free.
    server.assert_works(&old, "pc").await;
    server.assert_elsewhere(&old, "phone").await;
    // The same device may use both.
    server.assert_works(&new, "pc").await;
    server.assert_works(&old, "pc").await;
    server.assert_elsewhere(&new, "phone").await;

    // The next key is first used on another device, which ends the old one.
    assert_eq!(
        rotate(&server, &mut owner, "day").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        "one grace at a time"
    );
    let stop = Url::StopOldKey(server.shop.till.id).to_string();
    assert_eq!(owner.get(&stop).await.status, StatusCode::OK);
    owner.post(&stop, &[]).await;
    server.assert_unknown(&old, "pc").await;
    rotate(&server, &mut owner, "week").await;
    let newest = key(&server, &mut owner).await;
    server.assert_works(&new, "pc").await;
    server.assert_works(&newest, "phone").await;
    server.assert_unknown(&new, "pc").await;
    server.assert_elsewhere(&newest, "pc").await;
    let acts = server.acts().await;
    let acts: Vec<_> = acts.iter().take(6).map(String::as_str).collect();
    assert_eq!(
        acts,
        [
            "old_key_stopped",
            "key_shown",
            "key_rotated",
            "old_key_stopped",
            "key_shown",
            "key_rotated"
        ]
    );
}

#[on_both_engines]
async fn an_old_key_ends_at_its_time_or_at_once(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let first = server.shop.cashier_token.clone();
    server.assert_works(&first, "pc").await;
    rotate(&server, &mut owner, "hour").await;
    server.shop.clock.advance(3_599);
    server.assert_works(&first, "pc").await;
    server.shop.clock.advance(1);
    server.assert_unknown(&first, "pc").await;
    owner.sign_in("owner", crate::browser::PASSWORD).await;
    // Its time is over, so the next grace may begin.
    let second = key(&server, &mut owner).await;
    assert_eq!(
        rotate(&server, &mut owner, "none").await,
        StatusCode::SEE_OTHER
    );
    server.assert_unknown(&second, "pc").await;
    let third = key(&server, &mut owner).await;
    server.assert_works(&third, "other").await;
}

#[on_both_engines]
async fn a_till_never_has_two_devices(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for round in 0..4 {
        let unbind = Url::UnbindTill(server.shop.till.id).to_string();
        let stop = Url::StopOldKey(server.shop.till.id).to_string();
        owner.post(&unbind, &[]).await;
        owner.post(&stop, &[]).await;
        let old = key(&server, &mut owner).await;
        rotate(&server, &mut owner, "day").await;
        let new = key(&server, &mut owner).await;
        let devices = [format!("old-{round}"), format!("new-{round}")];
        let (one, other) = tokio::join!(
            server.try_key(&old, &devices[0]),
            server.try_key(&new, &devices[1]),
        );
        // Whoever came first: now only one of them works.
        drop((one, other));
        let works = [
            server.try_key(&old, &devices[0]).await.is_ok(),
            server.try_key(&new, &devices[1]).await.is_ok(),
        ];
        assert_eq!(works, [false, true], "round {round}");
    }
}

#[on_both_engines]
async fn two_devices_race_for_a_new_key(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    server.assert_works(&server.shop.cashier_token, "pc").await;
    rotate(&server, &mut owner, "day").await;
    let new = key(&server, &mut owner).await;
    let (one, other) = tokio::join!(server.try_key(&new, "one"), server.try_key(&new, "other"));
    let (won, lost) = if one.is_ok() {
        (one, other)
    } else {
        (other, one)
    };
    assert!(
        matches!(lost, Err(AuthError::DeviceMismatch(_))),
        "{lost:?}"
    );
    server.assert_works(&new, &won.unwrap()).await;
    server
        .assert_unknown(&server.shop.cashier_token, "pc")
        .await;
}

#[on_both_engines]
async fn the_page_tells_when_the_old_key_was_last_used(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let old = server.shop.cashier_token.clone();
    server.assert_works(&old, "pc").await;
    rotate(&server, &mut owner, "day").await;
    let till = Url::Till(server.shop.till.id).to_string();
    let page = owner.get(&till).await.body;
    assert!(page.contains("Старый перестанет действовать"), "{page}");
    assert!(!page.contains("Последний раз"), "{page}");
    server.shop.clock.advance(120);
    server.assert_works(&old, "pc").await;
    let tenant_id = server.shop.till.tenant_id;
    // It is noted beside the request.
    for _ in 0..100 {
        let till = tills::view(&server.shop.backend, tenant_id, server.shop.till.id);
        let old_key = till.await.unwrap().unwrap().old_key.unwrap();
        if old_key.seen_at.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    server.shop.clock.advance(180);
    let page = owner.get(&till).await.body;
    assert!(
        page.contains("Последний раз — 3\u{a0}мин\u{a0}назад"),
        "{page}"
    );
    assert!(page.contains(&Url::StopOldKey(server.shop.till.id).to_string()));
}

#[on_both_engines]
async fn a_pairing_code_is_shown_once_and_works(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let till = server.shop.till.id;
    let url = Url::PairTill(till).to_string();
    let page = owner.post(&url, &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("class=\"qr\""), "{}", page.body);
    let code = page.body.split("pair-code num\">").nth(1).unwrap();
    let code = code.split('<').next().unwrap().to_owned();
    assert_eq!(code.chars().filter(|sign| *sign != '\u{a0}').count(), 12);
    let left = owner.get(&url).await;
    assert_eq!(left.location(), Url::Till(till).to_string());
    for path in [Url::Till(till), Url::Journal, Url::Tills] {
        let body = owner.get(&path.to_string()).await.body;
        assert!(!body.contains(&code), "{path}");
    }
    let typed = domain::PairingCode::parse(&code).unwrap();
    let paired = tills::pair(&server.shop.backend, Some(&typed), "phone", "10.0.0.1").await;
    let paired = paired.unwrap();
    assert_eq!(paired.cashier_token, server.shop.cashier_token);
    server.assert_works(&paired.cashier_token, "phone").await;
    assert_eq!(
        server.acts().await[..2],
        ["till_paired".to_owned(), "pairing_shown".to_owned()]
    );
}

#[on_both_engines]
async fn pairing_during_a_grace_ends_the_old_key(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let old = server.shop.cashier_token.clone();
    server.assert_works(&old, "pc").await;
    rotate(&server, &mut owner, "day").await;
    let url = Url::PairTill(server.shop.till.id).to_string();
    let page = owner.post(&url, &[]).await.body;
    let code = page.split("pair-code num\">").nth(1).unwrap();
    let code = domain::PairingCode::parse(code.split('<').next().unwrap()).unwrap();
    server.assert_works(&old, "pc").await;
    let paired = tills::pair(&server.shop.backend, Some(&code), "phone", "10.0.0.1").await;
    server
        .assert_works(&paired.unwrap().cashier_token, "phone")
        .await;
    server.assert_unknown(&old, "pc").await;
}
