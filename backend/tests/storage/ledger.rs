//! Tests that tampering with the stored ledger is found or refused.

use backend::db::Engine;
use backend::jobs::verify_ledger;
use domain::Programme;
use testkit::{Shop, TestDatabase, on_both_engines};

/// Runs one statement on the store's database, on either engine.
async fn tamper(shop: &Shop, statement: &'static str) -> Result<(), sqlx::Error> {
    match shop.backend.db.writes() {
        Engine::Sqlite(pool) => sqlx::query(statement).execute(pool).await.map(|_| ()),
        Engine::Postgres(pool) => sqlx::query(statement).execute(pool).await.map(|_| ()),
    }
}

async fn shop_with_a_sale(database: &TestDatabase) -> Shop {
    let programme = Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    };
    let shop = Shop::open(database, programme).await;
    shop.register("900000001").await;
    shop.sell("900000001", "1000", "0", None).await.unwrap();
    shop.sell("900000001", "100", "30", None).await.unwrap();
    shop.assert_sound().await;
    shop
}

#[on_both_engines]
async fn a_changed_balance_is_found(database: TestDatabase) {
    let shop = shop_with_a_sale(&database).await;
    tamper(
        &shop,
        "UPDATE clients SET balance_dirams = balance_dirams + 1",
    )
    .await
    .unwrap();
    let verified = verify_ledger(&shop.backend).await.unwrap();
    assert_eq!(verified.differences.len(), 1);
    assert!(
        verified.differences[0].contains("stored balance 2351, replayed 2350"),
        "{verified:?}"
    );
}

#[on_both_engines]
async fn a_changed_lot_is_found(database: TestDatabase) {
    let shop = shop_with_a_sale(&database).await;
    tamper(
        &shop,
        "UPDATE lots SET remaining_dirams = remaining_dirams - 1 WHERE seq = 1",
    )
    .await
    .unwrap();
    let verified = verify_ledger(&shop.backend).await.unwrap();
    assert!(
        verified.differences[0].contains("lot 1 has 1999 remaining"),
        "{verified:?}"
    );
}

#[on_both_engines]
async fn a_lost_notification_is_found(database: TestDatabase) {
    let shop = shop_with_a_sale(&database).await;
    tamper(&shop, "DELETE FROM outbox WHERE subject LIKE 'sale:%'")
        .await
        .unwrap();
    let verified = verify_ledger(&shop.backend).await.unwrap();
    assert!(
        verified.differences[0].contains("2 sales without a notification"),
        "{verified:?}"
    );
}

#[on_both_engines]
async fn history_cannot_be_rewritten(database: TestDatabase) {
    let shop = shop_with_a_sale(&database).await;
    for statement in [
        "UPDATE entries SET amount_dirams = 1",
        "DELETE FROM entries",
        "UPDATE allocations SET amount_dirams = 1",
        "DELETE FROM allocations",
    ] {
        let refused = tamper(&shop, statement).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    shop.assert_sound().await;
}
