//! Tests of the scheduled jobs.

use backend::Error;
use backend::audit::Actor;
use backend::jobs::{Expired, PutOff, Reminded, Sweep, expire_bonuses, remind_of_expiry};
use backend::programme::SaveProgramme;
use domain::{Money, Programme, Refusal};
use testkit::{START, Shop, TestDatabase, money, on_both_engines};

const DAY: i64 = 86_400;

async fn shop(database: &TestDatabase) -> Shop {
    let programme = Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    };
    let shop = Shop::open(database, programme).await;
    for phone in ["900000001", "900000002"] {
        shop.register(phone).await;
        shop.sell(phone, "1000", "0", None).await.unwrap();
    }
    shop.clock.advance(10 * DAY);
    shop.sell("900000001", "100", "0", None).await.unwrap();
    shop
}

#[on_both_engines]
async fn expired_bonuses_are_swept_once(database: TestDatabase) {
    let shop = shop(&database).await;
    let due = START.plus_days(180);
    let sweep = Sweep::ButFor(&[shop.till.tenant_id]);
    let two = Expired {
        clients: 2,
        lots: 2,
        dirams: 10_000,
        put_off: Vec::new(),
    };
    assert_eq!(
        expire_bonuses(&shop.backend, Some(due), sweep)
            .await
            .unwrap(),
        two
    );
    assert_eq!(
        expire_bonuses(&shop.backend, Some(due), sweep)
            .await
            .unwrap(),
        Expired::default()
    );
    shop.clock.advance(170 * DAY);
    assert_eq!(
        shop.client("900000001").await.figures.bonus_balance,
        money("5")
    );
    assert_eq!(
        shop.client("900000002").await.figures.bonus_balance,
        Money::ZERO
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_sweep_of_more_than_a_fifth_of_a_store_is_put_off(database: TestDatabase) {
    let shop = shop(&database).await;
    let due = Some(START.plus_days(180));
    let put_off = vec![PutOff {
        tenant_id: shop.till.tenant_id,
        dirams: 10_000,
        held: 10_500,
    }];
    let counted = expire_bonuses(&shop.backend, due, Sweep::Count)
        .await
        .unwrap();
    assert_eq!(
        counted,
        Expired {
            clients: 2,
            lots: 2,
            dirams: 10_000,
            put_off: put_off.clone()
        }
    );
    let swept = expire_bonuses(&shop.backend, due, Sweep::ButFor(&[]))
        .await
        .unwrap();
    assert_eq!(
        swept,
        Expired {
            put_off,
            ..Expired::default()
        }
    );
    assert_eq!(
        shop.client("900000002").await.figures.bonus_balance,
        money("50")
    );

    // With 400 somoni more, 100 of 505 is less than a fifth: the store is swept without being
    // named.
    shop.sell("900000001", "8000", "0", None).await.unwrap();
    let swept = expire_bonuses(&shop.backend, due, Sweep::ButFor(&[]))
        .await
        .unwrap();
    assert_eq!((swept.dirams, swept.put_off), (10_000, Vec::new()));
    shop.assert_sound().await;
}

#[on_both_engines]
async fn only_the_named_one_of_two_stores_is_swept(database: TestDatabase) {
    let asked = shop(&database).await;
    let other = Shop::open_in(
        asked.backend.clone(),
        asked.clock.clone(),
        Programme::default(),
    )
    .await;
    other.register("900000001").await;
    other.sell("900000001", "400", "0", None).await.unwrap();
    let due = Some(START.plus_days(190));
    let swept = expire_bonuses(&asked.backend, due, Sweep::ButFor(&[asked.till.tenant_id]))
        .await
        .unwrap();
    let put_off = vec![PutOff {
        tenant_id: other.till.tenant_id,
        dirams: 2_000,
        held: 2_000,
    }];
    assert_eq!(
        swept,
        Expired {
            clients: 2,
            lots: 3,
            dirams: 10_500,
            put_off
        }
    );
    assert_eq!(
        other.client("900000001").await.figures.bonus_balance,
        money("20")
    );
    let swept = expire_bonuses(&asked.backend, due, Sweep::ButFor(&[other.till.tenant_id]))
        .await
        .unwrap();
    assert_eq!(
        swept,
        Expired {
            clients: 1,
            lots: 1,
            dirams: 2_000,
            put_off: Vec::new()
        }
    );
    asked.assert_sound().await;
}

#[on_both_engines]
async fn stored_answers_are_deleted_after_seven_days(database: TestDatabase) {
    const ANSWERS: &str = "INSERT INTO idempotency_keys (tenant_id, scope, idempotency_key, request_hash, \
                           status, body, created_at) \
                           WITH RECURSIVE numbers(n) AS (SELECT CAST(1 AS BIGINT) \
                           UNION ALL SELECT n + 1 FROM numbers WHERE n < 4500) \
                           SELECT $1, 'store', CAST(n AS TEXT), '', 200, '', \
                           CASE WHEN n <= 10 THEN $2 + 1000000 ELSE $2 END FROM numbers";
    const KEPT: &str = "SELECT COUNT(*) FROM idempotency_keys WHERE tenant_id = $1";
    let shop = Shop::open(&database, Programme::default()).await;
    shop.execute(ANSWERS, START.micros()).await;
    shop.clock.advance(7 * DAY);
    expire_bonuses(&shop.backend, None, Sweep::ButFor(&[]))
        .await
        .unwrap();
    assert_eq!(shop.number(KEPT).await, 4_500);
    shop.clock.advance(1);
    expire_bonuses(&shop.backend, None, Sweep::Count)
        .await
        .unwrap();
    assert_eq!(shop.number(KEPT).await, 4_500);
    expire_bonuses(&shop.backend, None, Sweep::ButFor(&[]))
        .await
        .unwrap();
    assert_eq!(shop.number(KEPT).await, 10);
}

#[on_both_engines]
async fn an_expired_bonus_cannot_be_spent_before_it_is_swept(database: TestDatabase) {
    let shop = shop(&database).await;
    shop.clock.advance(170 * DAY);
    let refused = shop
        .sell("900000002", "1000", "0.01", None)
        .await
        .unwrap_err();
    let expected = Refusal::InsufficientBonuses {
        max_redeem: Money::ZERO,
    };
    assert!(matches!(refused, backend::Error::Refused(refusal) if refusal == expected));
}

#[on_both_engines]
async fn a_reminder_is_written_once_for_each_client_and_day(database: TestDatabase) {
    let shop = shop(&database).await;
    let week_before = START.plus_days(173);
    let early = remind_of_expiry(&shop.backend, Some(START.plus_days(172)), false)
        .await
        .unwrap();
    assert_eq!(early, Reminded::default());
    let dry = remind_of_expiry(&shop.backend, Some(week_before), true)
        .await
        .unwrap();
    assert_eq!(
        dry,
        Reminded {
            due: 2,
            written: 0,
            dirams: 10_000
        }
    );
    let first = remind_of_expiry(&shop.backend, Some(week_before), false)
        .await
        .unwrap();
    assert_eq!(
        first,
        Reminded {
            due: 2,
            written: 2,
            dirams: 10_000
        }
    );
    let second = remind_of_expiry(&shop.backend, Some(week_before), false)
        .await
        .unwrap();
    assert_eq!(second.written, 0);
}

#[on_both_engines]
async fn a_reminder_covers_all_that_ends_on_one_local_day(database: TestDatabase) {
    let programme = Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    };
    let shop = Shop::open(&database, programme).await;
    shop.register("900000001").await;
    // Sales at 19:30, at 23:30, and at 00:30 of the next day, which in UTC is still the same day.
    for (total, hours) in [("100", 4), ("5000", 1), ("40", 0)] {
        shop.sell("900000001", total, "0", None).await.unwrap();
        shop.clock.advance(hours * 3600);
    }
    let evening = START.plus_days(173).plus_seconds(3600);
    let first = remind_of_expiry(&shop.backend, Some(evening), false)
        .await
        .unwrap();
    assert_eq!(
        first,
        Reminded {
            due: 1,
            written: 1,
            dirams: 25_500
        }
    );
    let second = remind_of_expiry(&shop.backend, Some(evening.plus_days(1)), false)
        .await
        .unwrap();
    assert_eq!(
        second,
        Reminded {
            due: 2,
            written: 1,
            dirams: 25_700
        }
    );
}

#[on_both_engines]
async fn a_blocked_client_is_not_reminded(database: TestDatabase) {
    let shop = shop(&database).await;
    let id = shop.client("900000002").await.id;
    shop.execute(
        "UPDATE clients SET blocked_at = 1 WHERE tenant_id = $1 AND id = $2",
        id,
    )
    .await;
    let reminded = remind_of_expiry(&shop.backend, Some(START.plus_days(173)), false)
        .await
        .unwrap();
    assert_eq!(
        reminded,
        Reminded {
            due: 1,
            written: 1,
            dirams: 5_000
        }
    );
}

#[on_both_engines]
async fn a_programme_whose_bonuses_end_before_their_hold_is_not_stored(database: TestDatabase) {
    let mut shop = shop(&database).await;
    shop.till.programme.bonus_expiry_days = 1;
    shop.till.programme.redeem_hold_seconds = DAY;
    let save = SaveProgramme {
        actor: &Actor {
            tenant_id: shop.till.tenant_id,
            user_id: None,
            name: String::new(),
            address: String::new(),
        },
        based_on: 1,
        programme: &shop.till.programme,
    };
    let refused = shop.backend.run(&save).await.unwrap_err();
    assert!(
        matches!(refused, Error::Refused(Refusal::Invalid(_))),
        "{refused}"
    );
}
