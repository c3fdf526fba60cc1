//! Tests of `provision-demo`.

use std::sync::Arc;

use backend::demo::{Made, Size};
use backend::jobs::Sweep;
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

#[on_both_engines]
async fn the_large_demo_is_sound_and_made_once(database: TestDatabase) {
    let secrets = SecretKey::from_text(&"7".repeat(64)).unwrap();
    let backend = Backend::open_for_jobs(database.url(), secrets, Arc::new(SystemClock))
        .await
        .unwrap();
    backend.migrate().await.unwrap();
    demo::provision(&backend).await.unwrap();
    let size = Size {
        branches: 3,
        tills: 10,
        clients: 60,
        sales: 3_000,
    };
    let made = demo::provision_large(&backend, size, &|_, _| {}).await;
    let Made::New(store) = made.unwrap() else {
        panic!("there was no large demo before");
    };
    assert_eq!((store.cashiers.len(), store.clients.len()), (10, 20));
    let again = demo::provision_large(&backend, size, &|_, _| {}).await;
    assert!(matches!(again.unwrap(), Made::Before("demo-large")));

    let verified = jobs::verify_ledger(&backend).await.unwrap();
    assert_eq!(verified.differences, Vec::<String>::new());
    assert_eq!(verified.clients, 60 + 23);
    // Nothing is overdue: the nights of the history have swept it.
    let swept = jobs::expire_bonuses(&backend, None, Sweep::Count).await;
    assert_eq!(swept.unwrap().lots, 0);
    let kinds = "SELECT DISTINCT kind FROM entries ORDER BY kind";
    let kinds: Vec<(String,)> = backend.db.reads().fetch_all(kinds, ()).await.unwrap();
    let kinds: Vec<_> = kinds.iter().map(|(kind,)| kind.as_str()).collect();
    for kind in [
        "expire",
        "purchase",
        "reactivation",
        "redeem",
        "restore",
        "revoke",
    ] {
        assert!(kinds.contains(&kind), "{kind} is missing: {kinds:?}");
    }
    let sales = "SELECT COUNT(*) FROM sales WHERE tenant_id = 3";
    let (sales,): (i64,) = backend.db.reads().fetch_one(sales, ()).await.unwrap();
    assert_eq!(sales, 3_000);
}
