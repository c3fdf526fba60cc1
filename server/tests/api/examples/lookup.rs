//! The examples of the seed, "Шаг 1 — Скан QR / штрихкод / ввод телефона".

use domain::Programme;
use testkit::{TestDatabase, on_both_engines};

use super::{client_with, store_of_the_document};
use crate::harness::PHONE;
use crate::reply::assert_answer;

#[on_both_engines]
async fn a_lookup_answers_with_every_field_of_the_document(database: TestDatabase) {
    let (_server, till) = store_of_the_document(&database).await;
    assert_answer!(till.lookup(PHONE, Some("200")).await, @r##"
    200 {"success":true,"data":{"id":1,"phone":"+992901234567","full_name":"Парвиз Солиев",
    "card_number":"001-5764895","ean13":"2000157648955","bonus_balance":150,"redeemable_balance":120,
    "held_balance":30,"welcome_bonus_balance":0,"total_spent":1200,"tier":{"id":2,"name":"Gold",
    "color":"#C9A227"},"is_blocked":false,"loyalty":{"bonus_percent":5,"max_redeem_percent":30,
    "redeem_hold_seconds":86400,"redeem_hold_human":"24 ч","redeemable_balance":120,"held_balance":30,
    "min_purchase_amount":10,"currency":"TJS","max_redeem_amount":60}}}
    "##);
}

#[on_both_engines]
async fn the_maximum_is_answered_only_for_a_sale_in_progress(database: TestDatabase) {
    let (_server, till) = store_of_the_document(&database).await;
    assert_answer!(till.lookup(PHONE, None).await, @r##"
    200 {"success":true,"data":{"id":1,"phone":"+992901234567","full_name":"Парвиз Солиев",
    "card_number":"001-5764895","ean13":"2000157648955","bonus_balance":150,"redeemable_balance":120,
    "held_balance":30,"welcome_bonus_balance":0,"total_spent":1200,"tier":{"id":2,"name":"Gold",
    "color":"#C9A227"},"is_blocked":false,"loyalty":{"bonus_percent":5,"max_redeem_percent":30,
    "redeem_hold_seconds":86400,"redeem_hold_human":"24 ч","redeemable_balance":120,"held_balance":30,
    "min_purchase_amount":10,"currency":"TJS"}}}
    "##);
    for no_check in ["0", "0.00", ""] {
        let reply = till.lookup(PHONE, Some(no_check)).await;
        assert_eq!(
            (
                reply.status,
                reply.data()["loyalty"].get("max_redeem_amount")
            ),
            (200, None)
        );
    }
}

#[on_both_engines]
async fn all_40_bonuses_can_be_redeemed_of_500_at_30_percent(database: TestDatabase) {
    let till = client_with(&database, "40", Programme::default()).await;
    let found = till.lookup(PHONE, Some("500")).await;
    assert_eq!(found.data()["loyalty"]["max_redeem_amount"], 40);
    assert_answer!(till.sell(PHONE, "500", "40.01", "too-much").await, @r#"
    422 {"success":false,"error":"Недостаточно бонусов. Можно списать не больше 40.",
    "code":"insufficient_bonuses","data":{"max_redeem_amount":40}}
    "#);
    assert_answer!(till.sell(PHONE, "500", "40", "all").await, @r#"
    201 {"success":true,"data":{"id":2,"total_amount":500,"bonus_accrued":23,"bonus_redeemed":40,
    "new_balance":23,"sale_date":"2026-06-06T14:30:00+00:00","accruals":[{"kind":"purchase","amount":23,
    "available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
}

#[on_both_engines]
async fn only_150_of_200_bonuses_can_be_redeemed_of_500_at_30_percent(database: TestDatabase) {
    let till = client_with(&database, "200", Programme::default()).await;
    let found = till.lookup(PHONE, Some("500")).await;
    assert_eq!(found.data()["loyalty"]["max_redeem_amount"], 150);
    assert_answer!(till.sell(PHONE, "500", "150.01", "too-much").await, @r#"
    422 {"success":false,"error":"Превышен лимит списания по чеку. Можно списать не больше 150.",
    "code":"over_redeem_limit","data":{"max_redeem_amount":150}}
    "#);
    assert_answer!(till.sell(PHONE, "500", "150", "limit").await, @r#"
    201 {"success":true,"data":{"id":2,"total_amount":500,"bonus_accrued":17.5,"bonus_redeemed":150,
    "new_balance":67.5,"sale_date":"2026-06-06T14:30:00+00:00","accruals":[{"kind":"purchase",
    "amount":17.5,"available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
}

#[on_both_engines]
async fn every_spelling_of_an_identifier_finds_the_client(database: TestDatabase) {
    let (_server, till) = store_of_the_document(&database).await;
    let by_phone = till.lookup(PHONE, None).await;
    for spelling in [
        "992901234567",
        "00992901234567",
        "901234567",
        "90%20123-45-67",
        "(90)123-45-67",
        "001-5764895",
        "2000157648955",
    ] {
        let found = till.lookup(spelling, None).await;
        assert_eq!(
            (found.status, &found.body),
            (200, &by_phone.body),
            "{spelling}"
        );
    }
}
