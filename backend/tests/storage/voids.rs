//! Undone sales: how long an id is kept under which nothing was recorded, and how late the sums of
//! a day may still change.

use backend::Error;
use backend::jobs::{Sweep, expire_bonuses};
use backend::reports::{self, Scope};
use backend::returns::VoidSale;
use domain::{DocumentDate, Identifier, Money, Programme, Timestamp};
use testkit::{Shop, TestDatabase, money, on_both_engines};

const PHONE: &str = "900000001";
const DAY: i64 = 86_400;
const UNSEEN: &str = "SELECT COUNT(*) FROM sales WHERE tenant_id = $1 AND voided_by = 0";

async fn void(shop: &Shop, id: &str) -> Result<(), Error> {
    let void = VoidSale {
        till: &shop.till,
        client: Identifier::parse(PHONE).unwrap(),
        external_sale_id: id.to_owned(),
    };
    shop.backend.run(&void).await.map(|_| ())
}

/// Runs the nightly job.
async fn night(shop: &Shop) {
    let swept = expire_bonuses(&shop.backend, None, Sweep::ButFor(&[])).await;
    assert_eq!(swept.unwrap().put_off, []);
}

#[on_both_engines]
async fn an_id_that_was_never_seen_is_forgotten_after_thirty_days(database: TestDatabase) {
    let id = |number: u8| format!("a1b2c3d4-e5f6-4711-8899-aabbccddee{number:02}");
    let shop = Shop::open(&database, Programme::default()).await;
    shop.register(PHONE).await;
    let sold = shop.sell(PHONE, "100", "0", Some(&id(0))).await;
    sold.unwrap();
    void(&shop, &id(0)).await.unwrap();
    void(&shop, &id(1)).await.unwrap();
    shop.clock.advance(1);
    void(&shop, &id(2)).await.unwrap();

    // To the second: the first is thirty days old, and is kept.
    shop.clock.advance(30 * DAY - 1);
    night(&shop).await;
    assert_eq!(shop.number(UNSEEN).await, 2);
    let late = shop.sell(PHONE, "100", "0", Some(&id(1))).await;
    assert!(matches!(late, Err(Error::SaleVoided)));

    shop.clock.advance(1);
    night(&shop).await;
    assert_eq!(shop.number(UNSEEN).await, 1);
    let new = shop.sell(PHONE, "100", "0", Some(&id(1))).await;
    assert_eq!(new.unwrap().total_amount, money("100"));
    let late = shop.sell(PHONE, "100", "0", Some(&id(2))).await;
    assert!(matches!(late, Err(Error::SaleVoided)));

    // A sale that was recorded and undone is never forgotten.
    shop.clock.advance(90 * DAY);
    night(&shop).await;
    assert_eq!(shop.number(UNSEEN).await, 0);
    let again = shop.sell(PHONE, "100", "0", Some(&id(0))).await;
    assert!(matches!(again, Err(Error::SaleVoided)));
    shop.assert_sound().await;
}

/// The latest that a day can change: its last second is sold offline, comes 72 hours later, and is
/// undone 72 hours after that. The days are summed up every hour meanwhile.
#[on_both_engines]
async fn a_sale_undone_as_late_as_can_be_is_in_no_sums_of_days(database: TestDatabase) {
    let shop = Shop::open(&database, Programme::default()).await;
    shop.register(PHONE).await;
    // The store has days before that one, so that there are sums at all.
    shop.sell(PHONE, "50", "0", None).await.unwrap();
    shop.clock.advance(20 * DAY);
    let midnight = shop.backend.clock.now().local_midnight().plus_days(1);
    let last = midnight.plus_seconds(-1);
    let wait_until = |moment: Timestamp| {
        let micros = moment.micros() - shop.backend.clock.now().micros();
        shop.clock.advance(micros / 1_000_000);
    };
    wait_until(last);
    shop.sell(PHONE, "70", "0", None).await.unwrap();
    for hour in 1..=72 {
        wait_until(last.plus_seconds(hour * 3_600));
        sum_up(&shop).await;
    }
    let mut late = shop.sale(PHONE, sums("1000"), Some("late"));
    late.sale_date = Some(DocumentDate {
        at: last,
        has_offset: true,
    });
    shop.backend.run(&late).await.unwrap();
    for hour in 73..=144 {
        wait_until(last.plus_seconds(hour * 3_600));
        sum_up(&shop).await;
        let sold = sold_on(&shop, last).await;
        assert_eq!(sold, Money::from_somoni(1_070), "hour {hour}");
    }
    void(&shop, "late").await.unwrap();
    for hour in 145..=240 {
        let sold = sold_on(&shop, last).await;
        assert_eq!(sold, Money::from_somoni(70), "hour {hour}");
        wait_until(last.plus_seconds(hour * 3_600));
        sum_up(&shop).await;
    }
    let summed = "SELECT COUNT(*) FROM day_sums WHERE tenant_id = $1";
    assert_eq!(shop.number(summed).await, 2, "both days are summed up");
    shop.assert_sound().await;
}

fn sums(total: &str) -> domain::sales::CheckSums {
    domain::sales::CheckSums {
        total: money(total),
        ..Default::default()
    }
}

async fn sum_up(shop: &Shop) {
    let summing = reports::sum_up_days(&shop.backend, shop.till.tenant_id);
    summing.await.unwrap();
}

/// Returns what a report says of the local day of a moment.
async fn sold_on(shop: &Shop, moment: Timestamp) -> Money {
    let midnight = moment.local_midnight();
    let scope = Scope::store(shop.till.tenant_id);
    let until = midnight.plus_days(1);
    let sums = reports::in_all(&shop.backend, scope, midnight, until).await;
    sums.unwrap().sold_to_clients
}
