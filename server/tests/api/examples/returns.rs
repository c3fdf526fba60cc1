//! The examples of the seed, "Возврат товара (1С → Bonex)".

use domain::Programme;
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use super::client_with;
use crate::harness::{HOLD_SECONDS, PHONE, Server, Till};
use crate::reply::assert_answer;

const CHECK: &str = "uuid-исходного-чека";

/// Creates a client with two purchases: one of 2000, and one of 1000, which is the sale of the
/// examples. They have earned 100 + 50 bonuses.
async fn client_with_150(database: &TestDatabase) -> Till {
    let server = Server::start(database, Programme::default()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "2000", "0", "earlier").await;
    till.sell(PHONE, "1000", "0", CHECK).await;
    till
}

/// Creates a client who has already spent the 50 bonuses of the sale.
async fn client_with_nothing_left(database: &TestDatabase) -> Till {
    let server = Server::start(database, Programme::default()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "1000", "0", CHECK).await;
    server.shop.clock.advance(HOLD_SECONDS);
    let spent = json!({ "client_phone": PHONE, "amount": 50, "total_amount": 200 });
    assert_eq!(till.post("/cashier/redeem", spent).await.status, 201);
    till
}

fn question() -> Value {
    json!({ "client_phone": PHONE, "bonus_to_revoke": 50, "original_external_sale_id": CHECK })
}

fn plain_return() -> Value {
    json!({
        "client_phone": PHONE,
        "return_amount": 1000,
        "cash_refund_amount": 1000,
        "original_external_sale_id": CHECK,
        "external_return_id": "uuid-документа-возврата"
    })
}

fn settled_return() -> Value {
    json!({
        "client_phone": PHONE,
        "return_amount": 1000,
        "cash_refund_amount": 950,
        "shortage_settled": true,
        "original_external_sale_id": CHECK,
        "external_return_id": "uuid-документа-возврата"
    })
}

#[on_both_engines]
async fn bonuses_that_suffice_are_ok(database: TestDatabase) {
    let till = client_with_150(&database).await;
    assert_answer!(till.post("/cashier/return/calculate", question()).await, @r#"200 {"success":true,"data":{"status":"ok","available_bonuses":150,"bonus_to_revoke":50}}"#);
    let without_bonuses = json!({ "client_phone": PHONE, "original_external_sale_id": CHECK });
    let from_the_sale = till
        .post("/cashier/return/calculate", without_bonuses)
        .await;
    assert_eq!(from_the_sale.data()["bonus_to_revoke"], 50);
    assert_eq!(till.balance(PHONE).await, 150);
}

#[on_both_engines]
async fn a_shortage_is_answered_with_an_instruction(database: TestDatabase) {
    let till = client_with_nothing_left(&database).await;
    assert_answer!(till.post("/cashier/return/calculate", question()).await, @r#"
    200 {"success":true,"data":{"status":"insufficient_bonuses","available_bonuses":0,"bonus_to_revoke":50,
    "shortage_bonuses":50,"shortage_cash_equivalent":50}}
    "#);
}

#[on_both_engines]
async fn a_plain_return_revokes_the_bonuses_of_the_sale(database: TestDatabase) {
    let till = client_with_150(&database).await;
    assert_answer!(till.post("/cashier/return", plain_return()).await, @r#"
    201 {"success":true,"data":{"id":1,"return_amount":1000,"cash_refund_amount":1000,"bonus_revoked":50,
    "bonus_restored":0,"bonus_shortage":0,"bonus_shortage_settled":0,"new_balance":100}}
    "#);
    assert_eq!(till.balance(PHONE).await, 100);
}

#[on_both_engines]
async fn a_shortage_that_is_not_settled_is_refused_with_its_data(database: TestDatabase) {
    let till = client_with_nothing_left(&database).await;
    assert_answer!(till.post("/cashier/return", plain_return()).await, @r#"
    422 {"success":false,"error":"Недостаточно бонусов для аннулирования при возврате.",
    "code":"insufficient_bonuses","data":{"status":"insufficient_bonuses","available_bonuses":0,
    "bonus_to_revoke":50,"shortage_bonuses":50,"shortage_cash_equivalent":50}}
    "#);
    assert_eq!(till.balance(PHONE).await, 0);
}

#[on_both_engines]
async fn a_settled_shortage_ends_at_zero(database: TestDatabase) {
    let till = client_with_nothing_left(&database).await;
    assert_answer!(till.post("/cashier/return", settled_return()).await, @r#"
    201 {"success":true,"data":{"id":1,"return_amount":1000,"cash_refund_amount":950,"bonus_revoked":50,
    "bonus_restored":0,"bonus_shortage":50,"bonus_shortage_settled":50,"new_balance":0}}
    "#);
    assert_eq!(till.balance(PHONE).await, 0);
}

#[on_both_engines]
async fn a_return_restores_redeemed_bonuses(database: TestDatabase) {
    let till = client_with(&database, "50", Programme::default()).await;
    assert_eq!(till.sell(PHONE, "1000", "50", CHECK).await.status, 201);
    let back = json!({ "client_phone": PHONE, "original_external_sale_id": CHECK });
    assert_answer!(till.post("/cashier/return", back).await, @r#"
    201 {"success":true,"data":{"id":1,"return_amount":1000,"cash_refund_amount":950,"bonus_revoked":47.5,
    "bonus_restored":50,"bonus_shortage":0,"bonus_shortage_settled":0,"new_balance":50}}
    "#);
}

#[on_both_engines]
async fn the_second_external_return_id_answers_with_the_first_return(database: TestDatabase) {
    let till = client_with_150(&database).await;
    let first = till.post("/cashier/return", plain_return()).await;
    assert_eq!(first.status, 201);
    let second = till.post("/cashier/return", plain_return()).await;
    assert_eq!(second.data(), first.data());
    assert_answer!(second, @r#"
    422 {"success":false,"error":"Возврат с таким external_return_id уже зарегистрирован",
    "code":"duplicate_return","data":{"id":1,"return_amount":1000,"cash_refund_amount":1000,
    "bonus_revoked":50,"bonus_restored":0,"bonus_shortage":0,"bonus_shortage_settled":0,
    "new_balance":100}}
    "#);
    assert_eq!(till.balance(PHONE).await, 100);
}
