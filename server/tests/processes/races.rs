//! Tests of concurrent requests over real connections: they have one effect in any order.

use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::process::{Process, assert_ledger_is_sound};
use crate::till::{PHONE, Till, all_at_once, count, open};

const MANY: usize = 64;

/// Sends one sale many times at once: one answer is 201, the others contain the data of the first
/// sale.
async fn one_external_id(tills: &[Till]) {
    let sale = json!({ "client_phone": PHONE, "total_amount": 100, "external_sale_id": "the-one" });
    let answers = all_at_once(tills, "/cashier/sale", vec![sale; MANY]).await;
    assert_eq!(
        (count(&answers, 201), count(&answers, 422)),
        (1, MANY - 1),
        "{answers:?}"
    );
    let data = &answers
        .iter()
        .find(|answer| answer.status == 201)
        .unwrap()
        .body["data"];
    for answer in answers.iter().filter(|answer| answer.status == 422) {
        assert_eq!(
            (&answer.body["code"], &answer.body["data"]),
            (&json!("duplicate_sale"), data)
        );
    }
    assert_eq!(tills[0].balance().await, json!(5));
}

/// Spends one balance with many requests at once: all of it is spent, and it does not fall below
/// zero.
async fn one_balance(tills: &[Till]) {
    // The client has 10 bonuses. Each redemption takes 1 and accrues nothing.
    let redemption = json!({ "client_phone": PHONE, "amount": 1, "total_amount": 10 });
    let answers = all_at_once(tills, "/cashier/redeem", vec![redemption; MANY]).await;
    assert_eq!(
        (count(&answers, 201), count(&answers, 422)),
        (10, MANY - 10),
        "{answers:?}"
    );
    let mut left: Vec<i64> = answers
        .iter()
        .filter(|answer| answer.status == 201)
        .map(|answer| answer.body["data"]["new_balance"].as_i64().unwrap())
        .collect();
    left.sort_unstable();
    assert_eq!(left, (0..10).collect::<Vec<_>>());
    assert_eq!(tills[0].balance().await, json!(0));
}

/// Sends one return many times at once, with an external id or without: it has one effect.
async fn one_return(tills: &[Till], named: bool) {
    let sale = json!({
        "client_phone": PHONE, "total_amount": 1000, "bonus_redeem_amount": 40, "external_sale_id": "sold"
    });
    assert_eq!(tills[0].post("/cashier/sale", &sale).await.status, 201);
    let mut goods = json!({
        "client_phone": PHONE, "return_amount": 1000, "cash_refund_amount": 960,
        "original_external_sale_id": "sold"
    });
    if named {
        goods["external_return_id"] = json!("the-one");
    }
    let answers = all_at_once(tills, "/cashier/return", vec![goods; MANY]).await;
    assert_eq!(
        (count(&answers, 201), count(&answers, 422)),
        (1, MANY - 1),
        "{answers:?}"
    );
    let code = if named {
        "duplicate_return"
    } else {
        "over_return"
    };
    for answer in answers.iter().filter(|answer| answer.status == 422) {
        assert_eq!(answer.body["code"], json!(code));
    }
    assert_eq!(tills[0].balance().await, json!(40));
}

#[on_both_engines]
async fn a_sale_sent_many_times_at_once_is_one_sale(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    till.client_with(0).await;
    one_external_id(&[till]).await;
    assert_ledger_is_sound(&database);
}

#[on_both_engines]
async fn a_balance_spent_many_times_at_once_never_falls_below_zero(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    till.client_with(10).await;
    one_balance(&[till]).await;
    assert_ledger_is_sound(&database);
}

#[on_both_engines]
async fn a_return_sent_many_times_at_once_is_one_return(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    till.client_with(40).await;
    one_return(&[till], true).await;
    assert_ledger_is_sound(&database);
}

#[on_both_engines]
async fn a_return_without_an_id_sent_many_times_at_once_is_one(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    till.client_with(40).await;
    one_return(&[till], false).await;
    assert_ledger_is_sound(&database);
}

#[on_both_engines]
async fn one_idempotency_key_has_one_effect_and_one_answer(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    till.client_with(0).await;
    let sale = json!({ "client_phone": PHONE, "total_amount": 100 });
    let answers = all_at_once(
        &[till.with_key("the-one")],
        "/cashier/sale",
        vec![sale; MANY],
    )
    .await;
    assert_eq!(count(&answers, 201), MANY, "{answers:?}");
    assert!(
        answers.iter().all(|answer| answer.body == answers[0].body),
        "{answers:?}"
    );
    assert_eq!(till.balance().await, json!(5));
    // After a refusal the same key runs the request again. Now the client has enough bonuses, and
    // the sale is recorded once.
    let spend = json!({ "client_phone": PHONE, "total_amount": 100, "bonus_redeem_amount": 6 });
    let refused = till
        .with_key("too-much")
        .post("/cashier/sale", &spend)
        .await;
    assert_eq!(refused.status, 422);
    till.post(
        "/cashier/sale",
        &json!({ "client_phone": PHONE, "total_amount": 100 }),
    )
    .await;
    let again = all_at_once(
        &[till.with_key("too-much")],
        "/cashier/sale",
        vec![spend; MANY],
    )
    .await;
    assert_eq!(count(&again, 201), MANY, "{again:?}");
    assert!(
        again.iter().all(|answer| answer.body == again[0].body),
        "{again:?}"
    );
    assert_ledger_is_sound(&database);
}

#[on_both_engines]
async fn only_one_of_many_devices_binds_a_till(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    let asking: Vec<_> = (0..MANY)
        .map(|number| till.on_device(&format!("phone-{number}")))
        .map(|till| tokio::spawn(async move { till.get("/cashier/session").await }))
        .collect();
    let mut winners = Vec::new();
    for asked in asking {
        let answer = asked.await.unwrap();
        match answer.status {
            200 => winners.push(answer.body["data"]["device_id"].clone()),
            status => assert_eq!(
                (status, &answer.body["code"]),
                (403, &json!("device_mismatch"))
            ),
        }
    }
    assert_eq!(winners.len(), 1, "{winners:?}");
    let Value::String(winner) = &winners[0] else {
        panic!("{winners:?}")
    };
    assert_eq!(
        till.on_device(winner).get("/cashier/session").await.status,
        200
    );
}

#[on_both_engines]
async fn a_phone_registered_many_times_at_once_is_one_client(database: TestDatabase) {
    let (_server, till) = open(&database).await;
    let bodies = vec![json!({ "phone": PHONE }); MANY];
    let answers = all_at_once(&[till], "/cashier/client/register", bodies).await;
    assert_eq!(
        (count(&answers, 201), count(&answers, 200)),
        (1, MANY - 1),
        "{answers:?}"
    );
    let cards: Vec<_> = answers
        .iter()
        .map(|answer| &answer.body["data"]["card_number"])
        .collect();
    assert!(cards.iter().all(|card| *card == cards[0]), "{cards:?}");
}

/// The same races with two servers on one PostgreSQL.
mod two_servers {
    use super::*;

    async fn two(database: &TestDatabase) -> (Process, Process, [Till; 2]) {
        let (first, till) = open(database).await;
        let second = Process::start(database);
        let tills = [till.clone(), till.at(&second)];
        (first, second, tills)
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_sale_sent_many_times_at_once_is_one_sale() {
        let database = testkit::TestDatabase::postgres().await;
        let (_first, _second, tills) = two(&database).await;
        tills[0].client_with(0).await;
        one_external_id(&tills).await;
        assert_ledger_is_sound(&database);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_balance_spent_many_times_at_once_never_falls_below_zero() {
        let database = testkit::TestDatabase::postgres().await;
        let (_first, _second, tills) = two(&database).await;
        tills[0].client_with(10).await;
        one_balance(&tills).await;
        assert_ledger_is_sound(&database);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_return_sent_many_times_at_once_is_one_return() {
        let database = testkit::TestDatabase::postgres().await;
        let (_first, _second, tills) = two(&database).await;
        tills[1].client_with(40).await;
        one_return(&tills, true).await;
        assert_ledger_is_sound(&database);
    }
}
