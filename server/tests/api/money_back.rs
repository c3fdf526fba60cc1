//! Tests of the money that a return pays out, and of the gross amounts that a sale may have.

use domain::{BasisPoints, Programme};
use serde_json::json;
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, without_hold};
use crate::keeping::{RETURN, back, dirams, recorded, refused};

#[on_both_engines]
async fn a_discounted_sale_is_returned_in_its_discounted_total(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "10000", "0", "earlier").await;
    let had = till.balance(PHONE).await;
    for (id, parts) in [
        ("own", vec![955]),
        ("gross", vec![1000]),
        ("parts", vec![300, 655]),
        ("mixed", vec![191, 800]),
    ] {
        let sold = json!({ "client_phone": PHONE, "total_amount": 955, "gross_amount": 1000, "bonus_redeem_amount": 45,
                           "redeem_mode": "discount", "external_sale_id": id });
        recorded(&till, "/cashier/sale", sold).await;
        let mut sums = [0; 3];
        for part in parts {
            let done = recorded(&till, RETURN, back(id, &json!({ "return_amount": part }))).await;
            let fields = ["cash_refund_amount", "bonus_restored", "bonus_revoked"];
            for (sum, field) in sums.iter_mut().zip(fields) {
                *sum += dirams(&done.data()[field]);
            }
        }
        assert_eq!(sums, [95_500, 4_500, 4_775], "{id}");
        assert_eq!(till.balance(PHONE).await, had, "{id}");
        assert_eq!(
            refused(&till, RETURN, back(id, &json!({ "return_amount": 0.01 })))
                .await
                .code(),
            "over_return"
        );
    }
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_sale_of_zero_is_returned_once_with_zero(database: TestDatabase) {
    let programme = Programme {
        max_redeem_percent: BasisPoints::new(10_000),
        ..without_hold()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "1000", "0", "earlier").await;
    let free = json!({ "client_phone": PHONE, "total_amount": 0, "bonus_redeem_amount": 50, "redeem_mode": "discount",
                       "external_sale_id": "free" });
    recorded(&till, "/cashier/sale", free).await;
    assert_eq!(till.balance(PHONE).await, 0);
    let done = recorded(
        &till,
        RETURN,
        back(
            "free",
            &json!({ "return_amount": 0, "cash_refund_amount": 0 }),
        ),
    )
    .await;
    assert_eq!(done.data()["bonus_restored"], 50);
    assert_eq!(till.balance(PHONE).await, 50);
    refused(&till, RETURN, back("free", &json!({ "return_amount": 0 }))).await;
    refused(&till, RETURN, back("free", &json!({}))).await;
    assert_eq!(till.balance(PHONE).await, 50);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn bonuses_are_restored_instead_of_money_and_not_in_addition(database: TestDatabase) {
    let programme = Programme {
        max_redeem_percent: BasisPoints::new(5_000),
        ..without_hold()
    };
    let server = Server::start(&database, programme).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "20000", "0", "earlier").await;
    till.sell(PHONE, "1000", "500", "check").await;
    let over = json!({ "return_amount": 1, "bonus_to_restore": 500 });
    assert_eq!(
        refused(&till, RETURN, back("check", &over)).await.code(),
        "over_restore"
    );
    let over =
        json!({ "return_amount": 500, "cash_refund_amount": 250, "bonus_to_restore": 250.01 });
    assert_eq!(
        refused(&till, RETURN, back("check", &over)).await.code(),
        "over_restore"
    );
    assert_eq!(
        refused(
            &till,
            RETURN,
            back(
                "check",
                &json!({ "return_amount": 500, "cash_refund_amount": 500 })
            )
        )
        .await
        .code(),
        "over_refund"
    );
    let done = recorded(
        &till,
        RETURN,
        back(
            "check",
            &json!({ "return_amount": 500, "bonus_to_restore": 500 }),
        ),
    )
    .await;
    assert_eq!(done.data()["cash_refund_amount"], 0);
    let done = recorded(
        &till,
        RETURN,
        back("check", &json!({ "return_amount": 500 })),
    )
    .await;
    assert_eq!(
        (
            &done.data()["cash_refund_amount"],
            &done.data()["bonus_restored"]
        ),
        (&json!(500), &json!(0))
    );
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn an_inflated_gross_amount_is_refused(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let till = server.till();
    till.register(PHONE).await;
    till.sell(PHONE, "10000", "0", "earlier").await;
    let sale_body = |gross: &str| {
        json!({ "client_phone": PHONE, "total_amount": 955, "gross_amount": gross,
                                      "bonus_redeem_amount": 45, "redeem_mode": "discount" })
    };
    for gross in ["1000000", "1000.06", "999.94"] {
        let reply = refused(&till, "/cashier/sale", sale_body(gross)).await;
        assert!(reply.body["fields"]["gross_amount"].is_string(), "{reply}");
    }
    for gross in ["1000.05", "999.95"] {
        recorded(&till, "/cashier/sale", sale_body(gross)).await;
    }
}
