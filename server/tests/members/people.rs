//! What the store's people do to a client, on the client's own side.

use backend::audit::Actor;
use backend::clients::{Erase, Merge};
use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::place::{PHONE, Place};

const OTHER: &str = "+992901234568";

impl Place {
    fn actor(&self) -> Actor {
        Actor {
            tenant_id: self.store(),
            user_id: None,
            name: "Тест".to_owned(),
            address: String::new(),
        }
    }

    async fn number_of(&self, token: &str) -> i64 {
        self.get("me", token).await.data()["id"].as_i64().unwrap()
    }

    async fn in_telegram(&self, client: i64, telegram_id: i64) {
        let bind = backend::membership::BindTelegram {
            tenant_id: self.store(),
            client_id: client,
            telegram_id,
        };
        self.shop.backend.run(&bind).await.unwrap();
    }
}

#[on_both_engines]
async fn erasure_leaves_no_session_device_code_or_account(database: TestDatabase) {
    let place = Place::start(&database).await;
    let token = place.sign_in(PHONE).await;
    let client = place.number_of(&token).await;
    let device = json!({"token": "device-1", "platform": "ios"});
    place.post("devices", &token, device).await;
    place.in_telegram(client, 4242).await;
    let erase = Erase {
        actor: &place.actor(),
        client_id: client,
    };
    assert!(place.shop.backend.run(&erase).await.unwrap());
    assert_eq!(place.get("me", &token).await.status, 401);
    for left in [
        "SELECT COUNT(*) FROM client_sessions WHERE tenant_id = $1",
        "SELECT COUNT(*) FROM client_devices WHERE tenant_id = $1",
        "SELECT COUNT(*) FROM client_codes WHERE tenant_id = $1",
        "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND telegram_id IS NOT NULL",
        "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND is_reachable = 1",
    ] {
        assert_eq!(place.shop.number(left).await, 0, "{left}");
    }
}

#[on_both_engines]
async fn a_merged_client_goes_on_with_the_other_account(database: TestDatabase) {
    let place = Place::start(&database).await;
    let (token, other) = (place.sign_in(PHONE).await, place.sign_in(OTHER).await);
    let (from, into) = (place.number_of(&token).await, place.number_of(&other).await);
    let device = json!({"token": "device-1", "platform": "ios"});
    place.post("devices", &token, device).await;
    place.in_telegram(from, 4242).await;
    let merge = Merge {
        actor: &place.actor(),
        into,
        from,
    };
    assert!(place.shop.backend.run(&merge).await.unwrap().is_ok());
    // Both sessions see the one account, and its news reach the person.
    assert_eq!(place.number_of(&token).await, into);
    assert_eq!(place.number_of(&other).await, into);
    let reached = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND telegram_id = 4242
        AND is_reachable = 1 AND merged_into IS NULL";
    assert_eq!(place.shop.number(reached).await, 1);
    place
        .shop
        .sell(OTHER, "100", "0", Some("check-1"))
        .await
        .unwrap();
    let due = "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND subject = 'sale:1'
        AND due_at IS NOT NULL";
    assert_eq!(place.shop.number(due).await, 1);
    place.shop.assert_sound().await;
}
