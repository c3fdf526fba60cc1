//! Tests of a card that is lent to every buyer, so that it has tens of thousands of live lots.

use backend::jobs::Sweep;
use domain::returns::ReturnRequest;
use domain::{Money, Programme};
use testkit::{Shop, TestDatabase, money, on_both_engines};

const PHONE: &str = "900000001";
const DAY: i64 = 86_400;

async fn shop(database: &TestDatabase) -> Shop {
    let programme = Programme {
        redeem_hold_seconds: 0,
        ..Programme::default()
    };
    let shop = Shop::open(database, programme).await;
    let id = shop.register(PHONE).await.id;
    shop.give_small_lots(id).await;
    shop
}

#[on_both_engines]
async fn many_small_lots_pay_a_sale_and_are_given_back(database: TestDatabase) {
    let shop = shop(&database).await;
    assert_eq!(shop.client(PHONE).await.figures.redeemable, money("200"));
    let sold = shop.sell(PHONE, "500", "150", Some("paid")).await.unwrap();
    assert_eq!(sold.new_balance, money("67.5"));
    let taken = "SELECT COUNT(*) FROM lots WHERE tenant_id = $1 AND remaining_dirams = 0";
    assert_eq!(shop.number(taken).await, 15_000);
    shop.assert_sound().await;

    // The return takes back the sale's own lot, although that lot ends last.
    let back = shop
        .bring_back(PHONE, "paid", ReturnRequest::default())
        .await
        .unwrap();
    assert_eq!(
        (back.bonus_revoked, back.bonus_restored),
        (money("17.5"), money("150"))
    );
    assert_eq!(shop.number(taken).await, 1);
    assert_eq!(shop.client(PHONE).await.figures.redeemable, money("200"));
    shop.assert_sound().await;
}

#[on_both_engines]
async fn spent_cashback_is_revoked_from_the_lots_that_end_first(database: TestDatabase) {
    let shop = shop(&database).await;
    shop.sell(PHONE, "1000", "0", Some("large")).await.unwrap();
    shop.sell(PHONE, "10000", "250", None).await.unwrap();
    let back = shop
        .bring_back(PHONE, "large", ReturnRequest::default())
        .await
        .unwrap();
    assert_eq!(
        (back.bonus_revoked, back.bonus_shortage),
        (money("50"), Money::ZERO)
    );
    shop.assert_sound().await;
}

#[on_both_engines]
async fn many_small_lots_end_together(database: TestDatabase) {
    let shop = shop(&database).await;
    shop.clock.advance(180 * DAY);
    assert_eq!(shop.client(PHONE).await.figures.redeemable, Money::ZERO);
    let sweep = Sweep::ButFor(&[shop.till.tenant_id]);
    let swept = backend::jobs::expire_bonuses(&shop.backend, None, sweep)
        .await
        .unwrap();
    assert_eq!(
        (swept.clients, swept.lots, swept.dirams),
        (1, 20_000, 20_000)
    );
    let left = "SELECT COUNT(*) FROM lots WHERE tenant_id = $1 AND remaining_dirams > 0";
    assert_eq!(shop.number(left).await, 0);
    shop.assert_sound().await;
}
