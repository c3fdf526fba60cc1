//! Tests of the API document, and of the access to every operation in it: callers without the right
//! tokens and other stores are refused.

use std::collections::BTreeSet;

use domain::Programme;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Shop, TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, Till, without_hold};
use crate::reply::Reply;
use crate::state::state;

const NO_TOKEN: &str = "00000000000000000000000000000000000000000000000000000000000000aa";

/// A request that succeeds only for a till of its own store.
pub(crate) struct Sample {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// The path, relative to `/api/v1`.
    pub(crate) path: String,
    pub(crate) body: Value,
}

impl Sample {
    pub(crate) async fn send(&self, caller: &Till) -> Reply {
        if self.method == Method::GET {
            caller.get(&self.path).await
        } else {
            caller.post(&self.path, self.body.clone()).await
        }
    }

    /// Returns whether the request refers to a client or document of its own store.
    fn names_the_stores_own(&self) -> bool {
        ![
            "show_session",
            "register_client",
            "record_receipt",
            "sync_inventory",
        ]
        .contains(&self.operation)
    }
}

/// Returns a request for every operation, about the client and the sale of [`stocked`].
pub(crate) fn samples(phone: &str) -> Vec<Sample> {
    let post = |operation, path: &str, body| Sample {
        operation,
        method: Method::POST,
        path: path.to_owned(),
        body,
    };
    let get = |operation, path: String| Sample {
        operation,
        method: Method::GET,
        path,
        body: Value::Null,
    };
    let digits = phone.trim_start_matches('+');
    let goods = json!({
        "client_phone": phone, "original_external_sale_id": "check", "return_amount": 10, "bonus_to_revoke": 0,
    });
    let mut returned = goods.clone();
    returned.as_object_mut().unwrap().extend(
        json!({
            "cash_refund_amount": 10, "bonus_to_restore": 0, "shortage_settled": false, "external_return_id": "back",
        })
        .as_object()
        .unwrap()
        .clone(),
    );
    let sale = json!({
        "client_phone": phone, "total_amount": 100, "gross_amount": 110, "bonus_redeem_amount": 10,
        "redeem_mode": "discount", "external_sale_id": "sample", "receipt_number": "17", "cashier_node_id": null,
        "cashier_id": "3", "payment_method": "card", "sale_date": "2026-06-05T14:30:00",
        "lines": [{
            "sku": "SKU-001", "category_code": "DAIRY", "name": "Молоко 1л", "quantity": 2, "unit_price": 20,
            "line_amount": 40,
        }],
    });
    let redeem = json!({ "client_phone": phone, "amount": 1, "total_amount": 10, "external_sale_id": "spent" });
    let receipt = json!({ "total_amount": 150, "external_receipt_id": "receipt", "receipt_date": "2026-06-05" });
    let item =
        json!({ "sku": "SKU-001", "name": "Товар", "category_code": "DAIRY", "quantity": 12 });
    vec![
        get("show_session", "/cashier/session".to_owned()),
        get(
            "look_up_client",
            format!("/cashier/client/%2B{digits}?check_amount=100"),
        ),
        post(
            "register_client",
            "/cashier/client/register",
            json!({ "phone": phone, "full_name": "Имя" }),
        ),
        post("record_sale", "/cashier/sale", sale),
        post("redeem_bonuses", "/cashier/redeem", redeem),
        get(
            "list_past_sales",
            format!("/cashier/client/%2B{digits}/sales"),
        ),
        post("calculate_return", "/cashier/return/calculate", goods),
        post("return_goods", "/cashier/return", returned),
        post("record_receipt", "/cashier/receipt", receipt),
        post(
            "void_receipt",
            "/cashier/receipt/void",
            json!({ "external_receipt_id": "receipt" }),
        ),
        post(
            "void_sale",
            "/cashier/sale/void",
            json!({ "client_phone": phone, "external_sale_id": "not yet" }),
        ),
        post(
            "sync_inventory",
            "/integration/inventory/sync",
            json!({ "items": [item], "deactivate_missing": true }),
        ),
    ]
}

/// Creates a client with bonuses, a sale with the id `check` and a product in a store.
pub(crate) async fn stocked(till: &Till, phone: &str) {
    till.register(phone).await;
    till.sell(phone, "1000", "0", "check").await;
    let stock = json!({ "items": [{ "sku": "OWN", "name": "Свой товар", "quantity": 7 }] });
    assert_eq!(
        till.post("/integration/inventory/sync", stock).await.status,
        200
    );
}

/// Returns all callers that are not the till of `own`: a name, the caller, and whether its tenant
/// token is that of `own`.
fn strangers(till: &Till, own: &Shop, other: &Shop) -> Vec<(&'static str, Till, bool)> {
    vec![
        (
            "no token",
            till.without("x-tenant-token").without("x-cashier-token"),
            false,
        ),
        ("no tenant token", till.without("x-tenant-token"), false),
        ("no cashier token", till.without("x-cashier-token"), true),
        (
            "unknown tenant token",
            till.with("x-tenant-token", NO_TOKEN),
            false,
        ),
        (
            "unknown cashier token",
            till.with("x-cashier-token", NO_TOKEN),
            true,
        ),
        (
            "tokens exchanged",
            till.with("x-tenant-token", &own.cashier_token)
                .with("x-cashier-token", &own.tenant_token),
            false,
        ),
        (
            "the other's cashier token",
            till.with("x-cashier-token", &other.cashier_token),
            true,
        ),
        (
            "a token with a space inside",
            till.with(
                "x-cashier-token",
                &own.cashier_token
                    .replacen('0', " ", 1)
                    .replacen('1', " ", 1),
            ),
            true,
        ),
    ]
}

#[on_both_engines]
async fn every_operation_refuses_callers_without_right_tokens(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let other = server.second_store(without_hold()).await;
    stocked(&server.till(), PHONE).await;
    let (own_before, other_before) = (state(&server.shop).await, state(&other).await);
    for sample in samples(PHONE) {
        let needs_till = sample.operation != "sync_inventory";
        for (who, stranger, right_tenant) in strangers(&server.till(), &server.shop, &other) {
            if right_tenant && !needs_till {
                continue;
            }
            let reply = sample.send(&stranger).await;
            let code = if right_tenant {
                "bad_cashier_token"
            } else {
                "bad_tenant_token"
            };
            assert_eq!(
                (reply.status, reply.code()),
                (401, code),
                "{} by {who}",
                sample.operation
            );
            assert_eq!(reply.data(), &Value::Null, "{} by {who}", sample.operation);
        }
        if needs_till {
            let other_tenant = server.till().with("x-tenant-token", &other.tenant_token);
            let reply = sample.send(&other_tenant).await;
            assert_eq!(
                (reply.status, reply.code()),
                (401, "bad_cashier_token"),
                "{}",
                sample.operation
            );
        }
    }
    assert_eq!(
        (state(&server.shop).await, state(&other).await),
        (own_before, other_before)
    );
    // For the store's own till, each of the samples succeeds.
    for sample in samples(PHONE) {
        let reply = sample.send(&server.till()).await;
        assert!(reply.status < 300, "{}: {reply}", sample.operation);
    }
}

#[on_both_engines]
async fn no_operation_reaches_into_another_store(database: TestDatabase) {
    let server = Server::start(&database, without_hold()).await;
    let other = server.second_store(without_hold()).await;
    stocked(&server.till(), PHONE).await;
    let before = state(&server.shop).await;
    let intruder = server.till_of(&other);
    for sample in samples(PHONE) {
        // At first the intruder has no client with this phone and no sale with this id.
        if sample.names_the_stores_own() {
            let reply = sample.send(&intruder).await;
            let code = if sample.operation == "void_receipt" {
                "receipt_not_found"
            } else {
                "client_not_found"
            };
            assert_eq!(
                (reply.status, reply.code()),
                (404, code),
                "{}",
                sample.operation
            );
        }
    }
    for sample in samples(PHONE)
        .iter()
        .filter(|sample| !sample.names_the_stores_own())
    {
        let reply = sample.send(&intruder).await;
        assert!(reply.status < 300, "{}: {reply}", sample.operation);
        assert_ne!(
            reply.data()["cashier_node_id"],
            server.shop.till.id,
            "{reply}"
        );
    }
    assert_eq!(intruder.balance(PHONE).await, 0);
    // Now the intruder has a client with the same phone, but still cannot find the victim's sale.
    for sample in samples(PHONE)
        .iter()
        .filter(|sample| ["calculate_return", "return_goods"].contains(&sample.operation))
    {
        let reply = sample.send(&intruder).await;
        assert_eq!(
            (reply.status, reply.code()),
            (404, "sale_not_found"),
            "{}",
            sample.operation
        );
    }
    let past = intruder
        .get(&format!("/cashier/client/%2B{}/sales", &PHONE[1..]))
        .await;
    assert_eq!(past.data()["sales"], json!([]));
    let victim_till = json!({ "total_amount": 10, "cashier_node_id": server.shop.till.id });
    assert_eq!(
        intruder.post("/cashier/receipt", victim_till).await.code(),
        "cashier_node_mismatch"
    );
    assert_eq!(state(&server.shop).await, before);
    // The victim's ids are still free for the victim.
    for sample in samples(PHONE) {
        assert!(
            sample.send(&server.till()).await.status < 300,
            "{}",
            sample.operation
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_the_one_reviewed_and_every_operation_has_a_sample() {
    let database = testkit::TestDatabase::sqlite();
    let server = Server::start(&database, Programme::default()).await;
    let document = server.stranger().get("/openapi.json").await;
    let mut operations = BTreeSet::new();
    for (path, item) in document.body["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(
                ["get", "post"].contains(&method.as_str()),
                "{method} {path}"
            );
            operations.insert(operation["operationId"].as_str().unwrap());
        }
    }
    // Pairing has no tokens to be wrong: `pairing.rs` tries it with wrong codes.
    let tried: BTreeSet<_> = samples(PHONE)
        .iter()
        .map(|sample| sample.operation)
        .chain(["pair_device"])
        .collect();
    assert_eq!(operations, tried);
    insta::assert_snapshot!(document.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_description_in_the_document_is_in_russian() {
    let database = testkit::TestDatabase::sqlite();
    let server = Server::start(&database, Programme::default()).await;
    let document = server.stranger().get("/openapi.json").await;
    let foreign: Vec<&str> = descriptions(&document.body)
        .into_iter()
        .filter(|text| !text.contains(|letter: char| ('а'..='я').contains(&letter)))
        // A failure is described by its codes, which are the same in every language.
        .filter(|text| !text.split(", ").all(is_code))
        .collect();
    assert!(foreign.is_empty(), "{foreign:#?}");
}

/// Returns the `description` of every object in a document.
fn descriptions(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("description").and_then(Value::as_str);
            let inner = fields.values().flat_map(descriptions);
            own.into_iter().chain(inner).collect()
        }
        Value::Array(items) => items.iter().flat_map(descriptions).collect(),
        _ => Vec::new(),
    }
}

fn is_code(text: &str) -> bool {
    text.chars()
        .all(|letter| letter.is_ascii_lowercase() || letter == '_')
}
