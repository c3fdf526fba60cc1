//! Tests of the programme's extra bonuses, from the settings to the ledger and back.

use backend::Error;
use backend::returns::{self, ReturnGoods};
use domain::returns::ReturnRequest;
use domain::{Identifier, LotKind, Money, Programme, Refusal, Tier};
use testkit::{Shop, TestDatabase, money, on_both_engines};

const DAY: i64 = 86_400;

fn programme() -> Programme {
    Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    }
}

/// Makes `friend` a client whom `referrer` invited.
async fn invite(shop: &Shop, referrer: &str, friend: &str) {
    let referrer = shop.register(referrer).await.id;
    let friend = shop.register(friend).await.id;
    let (tenant_id, statement) = (
        shop.till.tenant_id,
        "UPDATE clients SET referred_by = $3 WHERE tenant_id = $1 AND id = $2",
    );
    match shop.backend.db.writes() {
        backend::db::Engine::Sqlite(pool) => {
            let query = sqlx::query(statement)
                .bind(tenant_id)
                .bind(friend)
                .bind(referrer);
            query.execute(pool).await.map(|_| ()).unwrap();
        }
        backend::db::Engine::Postgres(pool) => {
            let query = sqlx::query(statement)
                .bind(tenant_id)
                .bind(friend)
                .bind(referrer);
            query.execute(pool).await.map(|_| ()).unwrap();
        }
    }
}

#[on_both_engines]
async fn welcome_bonuses_pay_only_large_sales(database: TestDatabase) {
    let settings = Programme {
        welcome_bonus: money("20"),
        welcome_min_redeem: money("100"),
        ..programme()
    };
    let shop = Shop::open(&database, settings).await;
    let client = shop.register("900000001").await;
    assert_eq!(
        (client.figures.redeemable, client.figures.welcome),
        (money("20"), money("20"))
    );
    let refused = shop.sell("900000001", "99", "10", None).await.unwrap_err();
    let Error::Refused(refusal) = refused else {
        panic!("{refused}")
    };
    assert_eq!(
        refusal,
        Refusal::WelcomeBelowMinimum {
            max_redeem: Money::ZERO,
            minimum: money("100")
        }
    );
    let sold = shop.sell("900000001", "100", "20", None).await.unwrap();
    assert_eq!(sold.new_balance, money("4"));
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_friends_first_purchase_rewards_the_referrer_until_returned(database: TestDatabase) {
    let shop = Shop::open(
        &database,
        Programme {
            referral_bonus: money("15"),
            ..programme()
        },
    )
    .await;
    invite(&shop, "900000001", "900000002").await;
    shop.sell("900000002", "200", "0", Some("first"))
        .await
        .unwrap();
    shop.sell("900000002", "200", "0", Some("second"))
        .await
        .unwrap();
    assert_eq!(
        shop.client("900000001").await.figures.redeemable,
        money("15")
    );

    // The referrer spends the bonus. It stays earned while the friend keeps a purchase. When the
    // last purchase is returned, the referrer owes it.
    shop.sell("900000001", "50", "15", None).await.unwrap();
    shop.bring_back("900000002", "first", ReturnRequest::default())
        .await
        .unwrap();
    assert_eq!(
        shop.client("900000001").await.figures.bonus_balance,
        money("1.75")
    );
    shop.bring_back("900000002", "second", ReturnRequest::default())
        .await
        .unwrap();
    let referrer = shop.client("900000001").await.figures;
    assert_eq!(
        (referrer.bonus_balance, referrer.redeemable),
        (money("1.75") - money("15"), Money::ZERO)
    );
    // The next credits pay the debt.
    shop.sell("900000001", "1000", "0", None).await.unwrap();
    assert_eq!(
        shop.client("900000001").await.figures.redeemable,
        money("36.75")
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_pause_and_a_second_purchase_earn_their_bonuses_once(database: TestDatabase) {
    let settings = Programme {
        reactivation_days: 60,
        reactivation_bonus: money("7"),
        second_purchase_days: 14,
        second_purchase_bonus: money("9"),
        ..programme()
    };
    let shop = Shop::open(&database, settings).await;
    shop.register("900000001").await;
    let kinds = async |after_days: i64, id: &str| {
        shop.clock.advance(after_days * DAY);
        let sold = shop.sell("900000001", "100", "0", Some(id)).await.unwrap();
        sold.accruals
            .iter()
            .map(|accrual| accrual.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(0, "1").await, [LotKind::Purchase]);
    assert_eq!(
        kinds(14, "2").await,
        [LotKind::Purchase, LotKind::SecondPurchase]
    );
    assert_eq!(kinds(59, "3").await, [LotKind::Purchase]);
    assert_eq!(
        kinds(60, "4").await,
        [LotKind::Purchase, LotKind::Reactivation]
    );

    // Returning half of the goods leaves the extra bonus, returning all of them takes it back.
    let half = ReturnRequest {
        return_amount: Some(money("50")),
        ..ReturnRequest::default()
    };
    let first = shop.bring_back("900000001", "4", half).await.unwrap();
    let second = shop.bring_back("900000001", "4", half).await.unwrap();
    assert_eq!(
        (first.bonus_revoked, second.bonus_revoked),
        (money("2.5"), money("9.5"))
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn returning_the_first_purchase_earns_no_second_bonus_again(database: TestDatabase) {
    let settings = Programme {
        second_purchase_days: 14,
        second_purchase_bonus: money("9"),
        ..programme()
    };
    let shop = Shop::open(&database, settings).await;
    shop.register("900000001").await;
    let buy = async |id: &str| {
        let sold = shop.sell("900000001", "100", "0", Some(id)).await.unwrap();
        sold.accruals
            .iter()
            .any(|accrual| accrual.kind == LotKind::SecondPurchase)
    };
    let back = async |id: &str| {
        shop.bring_back("900000001", id, ReturnRequest::default())
            .await
            .unwrap();
    };
    assert!(!buy("1").await && buy("2").await);
    back("1").await;
    assert!(!buy("3").await);
    // The rewarded purchase is returned together with its bonus, so the next one may earn it.
    back("2").await;
    assert!(buy("4").await);
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_pause_is_counted_from_the_last_purchase_kept(database: TestDatabase) {
    let settings = Programme {
        reactivation_days: 60,
        reactivation_bonus: money("7"),
        ..programme()
    };
    let shop = Shop::open(&database, settings).await;
    shop.register("900000001").await;
    shop.sell("900000001", "100", "0", Some("1")).await.unwrap();
    shop.clock.advance(60 * DAY);
    let extras = async |id: &str| {
        let sold = shop.sell("900000001", "100", "0", Some(id)).await.unwrap();
        sold.accruals
            .iter()
            .filter(|accrual| accrual.kind == LotKind::Reactivation)
            .count()
    };
    assert_eq!(extras("2").await, 1);
    shop.bring_back("900000001", "2", ReturnRequest::default())
        .await
        .unwrap();
    assert_eq!((extras("3").await, extras("4").await), (1, 0));
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_return_that_echoes_the_calculation_revokes_it_once(database: TestDatabase) {
    let settings = Programme {
        second_purchase_days: 14,
        second_purchase_bonus: money("9"),
        ..programme()
    };
    let shop = Shop::open(&database, settings).await;
    shop.register("900000001").await;
    for id in ["1", "2"] {
        shop.sell("900000001", "100", "0", Some(id)).await.unwrap();
    }
    let goods = ReturnGoods {
        till: &shop.till,
        client: Identifier::parse("900000001").unwrap(),
        original_external_sale_id: Some("2".to_owned()),
        external_return_id: None,
        request: ReturnRequest::default(),
    };
    let calculated = returns::calculate(&shop.backend, &goods).await.unwrap();
    assert_eq!(calculated.balance.to_revoke, money("14"));
    let echoed = ReturnRequest {
        to_revoke: Some(calculated.balance.to_revoke),
        ..ReturnRequest::default()
    };
    let returned = shop.bring_back("900000001", "2", echoed).await.unwrap();
    assert_eq!(
        (returned.bonus_revoked, returned.new_balance),
        (money("14"), money("5"))
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_tier_changes_the_terms_and_a_return_takes_it_back(database: TestDatabase) {
    let gold = Tier {
        id: 7,
        name: "Gold".to_owned(),
        color: "#C9A227".to_owned(),
        from_spent: money("1000"),
        bonus_percent: Some(domain::BasisPoints::from_percent(10)),
        max_redeem_percent: None,
    };
    let shop = Shop::open(
        &database,
        Programme {
            tiers: vec![gold],
            ..programme()
        },
    )
    .await;
    shop.register("900000001").await;
    let first = shop
        .sell("900000001", "1000", "0", Some("big"))
        .await
        .unwrap();
    let second = shop.sell("900000001", "100", "0", None).await.unwrap();
    assert_eq!(
        (first.bonus_accrued, second.bonus_accrued),
        (money("50"), money("10"))
    );
    shop.bring_back("900000001", "big", ReturnRequest::default())
        .await
        .unwrap();
    assert_eq!(shop.client("900000001").await.total_spent, money("100"));
    let third = shop.sell("900000001", "100", "0", None).await.unwrap();
    assert_eq!(third.bonus_accrued, money("5"));
}

#[on_both_engines]
async fn restored_bonuses_that_expired_get_a_new_expiry(database: TestDatabase) {
    let shop = Shop::open(&database, programme()).await;
    shop.register("900000001").await;
    shop.sell("900000001", "1000", "0", None).await.unwrap();
    shop.clock.advance(100 * DAY);
    shop.sell("900000001", "1000", "50", Some("paid"))
        .await
        .unwrap();
    shop.clock.advance(100 * DAY);
    let back = shop
        .bring_back("900000001", "paid", ReturnRequest::default())
        .await
        .unwrap();
    assert_eq!(
        (back.bonus_restored, back.cash_refund_amount),
        (money("50"), money("950"))
    );
    // The old lot ended 20 days ago. The restored bonuses live 180 days from now.
    shop.clock.advance(179 * DAY);
    assert_eq!(
        shop.client("900000001").await.figures.redeemable,
        money("50")
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn a_client_is_found_by_phone_card_and_barcode(database: TestDatabase) {
    let shop = Shop::open(&database, programme()).await;
    let made = shop.register("900000001").await;
    let card = made.card_number;
    assert!(card.to_string().starts_with("001-"), "{card}");
    for identifier in [Identifier::Card(card), Identifier::Ean13(card.ean13())] {
        let found = backend::clients::lookup(&shop.backend, &shop.till, &identifier)
            .await
            .unwrap();
        assert_eq!(found.id, made.id);
    }
    // Registering a known phone adds no client and takes no card number.
    assert_eq!(shop.register("+992 900 000 001").await.id, made.id);
    assert_ne!(shop.register("900000002").await.card_number, card);
}
