//! Tests of `provision-demo`.

use std::sync::Arc;

use backend::secrets::SecretKey;
use backend::tills::{Credentials, authenticate};
use backend::{Backend, SystemClock, demo, jobs};
use domain::{Identifier, Money};
use testkit::{TestDatabase, on_both_engines};

#[on_both_engines]
async fn the_demo_stores_are_made_once_and_are_sound(database: TestDatabase) {
    let secrets = SecretKey::from_text(&"7".repeat(64)).unwrap();
    let backend = Backend::open(database.url(), secrets, Arc::new(SystemClock))
        .await
        .unwrap();
    backend.migrate().await.unwrap();
    let made = demo::provision(&backend).await.unwrap();
    let again = demo::provision(&backend).await.unwrap();
    assert_eq!(
        serde_json::to_string(&made).unwrap(),
        serde_json::to_string(&again).unwrap()
    );

    let store = &made.store;
    assert_eq!((store.cashiers.len(), store.clients.len()), (3, 20));
    assert_ne!(made.other_tenant.tenant_token, store.tenant_token);
    let credentials = Credentials {
        tenant_token: Some(&store.tenant_token),
        cashier_token: Some(&store.cashiers[2].token),
        device_id: Some("pos-1"),
    };
    let till = authenticate(&backend, credentials).await.unwrap();
    assert_eq!(
        (till.branch.as_str(), till.programme.redeem_hold_seconds),
        ("Сино 12", 1)
    );
    let first = Identifier::parse("+992900000500").unwrap();
    let client = backend::clients::lookup(&backend, &till, &first)
        .await
        .unwrap();
    assert!(client.figures.redeemable >= Money::from_somoni(10));
    assert_eq!(client.full_name.as_deref(), Some("Парвиз Солиев"));
    assert_eq!(
        jobs::verify_ledger(&backend).await.unwrap().differences,
        Vec::<String>::new()
    );
}
