//! The examples of the seed, "Шаг 2 — Закрытие чека" and "Альтернатива — только списание".

use domain::{AccrualBase, Programme};
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use super::{client_with, store_of_the_document};
use crate::harness::PHONE;
use crate::reply::assert_answer;

fn accruing_from(accrual_base: AccrualBase) -> Programme {
    Programme {
        accrual_base,
        ..Programme::default()
    }
}

/// Returns a sale of 1000 with 45 bonuses as a payment type.
fn payment_type() -> Value {
    json!({
        "client_phone": PHONE,
        "total_amount": 1000.00,
        "bonus_redeem_amount": 45.00,
        "redeem_mode": "payment_type",
        "external_sale_id": "a1b2c3d4-e5f6-",
        "cashier_node_id": 1,
        "sale_date": "2026-06-05T14:30:00"
    })
}

/// Returns the same sale with the bonuses as a discount.
fn discount() -> Value {
    json!({
        "client_phone": PHONE,
        "total_amount": 955.00,
        "gross_amount": 1000.00,
        "bonus_redeem_amount": 45.00,
        "redeem_mode": "discount",
        "external_sale_id": "a1b2c3d4-e5f6-"
    })
}

#[on_both_engines]
async fn payment_type_and_net_cash_give_5_percent_of_955(database: TestDatabase) {
    let till = client_with(&database, "45", accruing_from(AccrualBase::NetCash)).await;
    assert_answer!(till.post("/cashier/sale", payment_type()).await, @r#"
    201 {"success":true,"data":{"id":2,"total_amount":1000,"bonus_accrued":47.75,"bonus_redeemed":45,
    "new_balance":47.75,"sale_date":"2026-06-05T14:30:00+00:00","accruals":[{"kind":"purchase",
    "amount":47.75,"available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
}

#[on_both_engines]
async fn payment_type_and_gross_give_5_percent_of_1000(database: TestDatabase) {
    let till = client_with(&database, "45", accruing_from(AccrualBase::Gross)).await;
    assert_answer!(till.post("/cashier/sale", payment_type()).await, @r#"
    201 {"success":true,"data":{"id":2,"total_amount":1000,"bonus_accrued":50,"bonus_redeemed":45,
    "new_balance":50,"sale_date":"2026-06-05T14:30:00+00:00","accruals":[{"kind":"purchase","amount":50,
    "available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
}

#[on_both_engines]
async fn discount_and_net_cash_give_5_percent_of_955(database: TestDatabase) {
    let till = client_with(&database, "45", accruing_from(AccrualBase::NetCash)).await;
    assert_answer!(till.post("/cashier/sale", discount()).await, @r#"
    201 {"success":true,"data":{"id":2,"total_amount":955,"bonus_accrued":47.75,"bonus_redeemed":45,
    "new_balance":47.75,"sale_date":"2026-06-06T14:30:00+00:00","accruals":[{"kind":"purchase",
    "amount":47.75,"available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
}

#[on_both_engines]
async fn discount_and_gross_give_5_percent_of_1000(database: TestDatabase) {
    let till = client_with(&database, "45", accruing_from(AccrualBase::Gross)).await;
    assert_answer!(till.post("/cashier/sale", discount()).await, @r#"
    201 {"success":true,"data":{"id":2,"total_amount":955,"bonus_accrued":50,"bonus_redeemed":45,
    "new_balance":50,"sale_date":"2026-06-06T14:30:00+00:00","accruals":[{"kind":"purchase","amount":50,
    "available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
}

#[on_both_engines]
async fn the_default_gross_of_a_discount_is_total_plus_bonuses(database: TestDatabase) {
    let till = client_with(&database, "45", accruing_from(AccrualBase::Gross)).await;
    let mut body = discount();
    body.as_object_mut().unwrap().remove("gross_amount");
    assert_answer!(till.post("/cashier/sale", body).await, @r#"
    201 {"success":true,"data":{"id":2,"total_amount":955,"bonus_accrued":50,"bonus_redeemed":45,
    "new_balance":50,"sale_date":"2026-06-06T14:30:00+00:00","accruals":[{"kind":"purchase","amount":50,
    "available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
}

#[on_both_engines]
async fn a_sale_with_lines_is_answered_as_in_the_document(database: TestDatabase) {
    let (server, till) = store_of_the_document(&database).await;
    let body = json!({
        "client_phone": PHONE,
        "total_amount": 200.00,
        "bonus_redeem_amount": 50.00,
        "redeem_mode": "payment_type",
        "external_sale_id": "a1b2c3d4-e5f6-",
        "cashier_node_id": 1,
        "cashier_id": null,
        "payment_method": "card",
        "sale_date": "2026-06-05T14:30:00",
        "lines": [{
            "sku": "SKU-001",
            "category_code": "DAIRY",
            "name": "Молоко 1л",
            "quantity": 2,
            "unit_price": 20.00,
            "line_amount": 40.00
        }]
    });
    assert_answer!(till.post("/cashier/sale", body).await, @r#"
    201 {"success":true,"data":{"id":3,"total_amount":200,"bonus_accrued":7.5,"bonus_redeemed":50,
    "new_balance":107.5,"sale_date":"2026-06-05T14:30:00+00:00","accruals":[{"kind":"purchase",
    "amount":7.5,"available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
    let line = "SELECT quantity_thousandths + unit_price_dirams + line_dirams FROM sale_lines WHERE tenant_id = $1";
    assert_eq!(server.shop.number(line).await, 2000 + 2000 + 4000);
}

#[on_both_engines]
async fn the_second_external_sale_id_answers_with_the_first_sale(database: TestDatabase) {
    let till = client_with(&database, "45", Programme::default()).await;
    let first = till.post("/cashier/sale", payment_type()).await;
    assert_eq!(first.status, 201);
    let second = till.post("/cashier/sale", payment_type()).await;
    assert_eq!(second.data(), first.data());
    assert_answer!(second, @r#"
    422 {"success":false,"error":"Продажа с таким external_sale_id уже зарегистрирована",
    "code":"duplicate_sale","data":{"id":2,"total_amount":1000,"bonus_accrued":47.75,"bonus_redeemed":45,
    "new_balance":47.75,"sale_date":"2026-06-05T14:30:00+00:00","accruals":[{"kind":"purchase",
    "amount":47.75,"available_at":"2026-06-07T14:30:00+00:00"}]}}
    "#);
    assert_eq!(till.balance(PHONE).await, 47.75);
}

#[on_both_engines]
async fn a_redemption_takes_bonuses_and_accrues_nothing(database: TestDatabase) {
    let (_server, till) = store_of_the_document(&database).await;
    let body = json!({ "client_phone": PHONE, "amount": 50, "total_amount": 200, "external_sale_id": "only-bonuses" });
    assert_answer!(till.post("/cashier/redeem", body.clone()).await, @r#"201 {"success":true,"data":{"id":3,"bonus_redeemed":50,"new_balance":100}}"#);
    assert_answer!(till.post("/cashier/redeem", body).await, @r#"
    422 {"success":false,"error":"Продажа с таким external_sale_id уже зарегистрирована",
    "code":"duplicate_sale","data":{"id":3,"total_amount":200,"bonus_accrued":0,"bonus_redeemed":50,
    "new_balance":100,"sale_date":"2026-06-06T14:30:00+00:00","accruals":[]}}
    "#);
}
