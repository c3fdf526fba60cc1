//! The sums of days are the documents', whatever the clock was when they were made.

use backend::reports::{self, Scope, Sums};
use domain::{Money, Programme};
use testkit::{Shop, TestDatabase, on_both_engines};

const DAY: i64 = 86_400;

/// Returns the sums of the last 90 days.
async fn sums(shop: &Shop) -> Sums {
    let until = shop.backend.clock.now().local_midnight().plus_days(1);
    let scope = Scope::store(shop.till.tenant_id);
    let sums = reports::in_all(&shop.backend, scope, until.plus_days(-90), until).await;
    sums.unwrap()
}

async fn sum_up(shop: &Shop) {
    let tenant_id = shop.till.tenant_id;
    reports::sum_up_days(&shop.backend, tenant_id)
        .await
        .unwrap();
}

async fn sell(shop: &Shop) {
    shop.register("900000001").await;
    shop.sell("900000001", "50", "0", None).await.unwrap();
}

const KEPT: &str = "SELECT COUNT(*) FROM day_sums WHERE tenant_id = $1";

#[on_both_engines]
async fn a_clock_that_was_ahead_does_no_harm(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    sell(&shop).await;
    sum_up(&shop).await;
    assert_eq!(shop.number(KEPT).await, 0, "the day has not ended");
    shop.clock.advance(40 * DAY);
    sum_up(&shop).await;
    assert_eq!(shop.number(KEPT).await, 1);

    shop.clock.advance(-40 * DAY);
    for day in 1..10 {
        sell(&shop).await;
        let sold = Money::from_somoni(50 * (day + 1));
        assert_eq!(sums(&shop).await.sold_to_clients, sold, "day {day}");
        sum_up(&shop).await;
        assert_eq!(sums(&shop).await.sold_to_clients, sold, "day {day}");
        shop.clock.advance(DAY);
    }
    assert!(shop.number(KEPT).await > 0);
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_changed_sum_is_found(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    sell(&shop).await;
    shop.clock.advance(8 * DAY);
    sum_up(&shop).await;
    shop.assert_sound().await;
    let change = "UPDATE day_sums SET checks_12 = checks_12 + 1 WHERE tenant_id = $1 AND $2 = 0";
    assert_eq!(shop.execute(change, 0).await, 1);
    let report = backend::jobs::verify_ledger(&shop.backend).await.unwrap();
    let [difference] = &report.differences[..] else {
        panic!("{:?}", report.differences);
    };
    assert!(difference.contains("sums of days"), "{difference}");
}
