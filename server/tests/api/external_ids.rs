//! The ids that tills give their documents: one effect each, and never another client's data.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::harness::{PHONE, Server, Till, without_hold};
use crate::reply::{Reply, assert_answer};
use crate::state::state;

const OTHER_PHONE: &str = "+992901234568";
const FISCAL: &str = "000123";
const UUID: &str = "a1b2c3d4-e5f6-4711-8899-aabbccddeeff";
const DAY_SECONDS: i64 = 86_400;

fn check(phone: &str, total: i64, id: &str) -> Value {
    json!({ "client_phone": phone, "total_amount": total, "external_sale_id": id })
}

async fn sell(till: &Till, phone: &str, total: i64, id: &str) -> Reply {
    till.post("/cashier/sale", check(phone, total, id)).await
}

/// A conflict: refused in words of its own, with nothing of the first document, and nothing is changed.
async fn conflicts(server: &Server, till: &Till, path: &str, body: Value) {
    let before = state(&server.shop).await;
    let reply = till.post(path, body).await;
    assert_eq!(
        (reply.status, reply.code()),
        (422, "external_id_conflict"),
        "{reply}"
    );
    assert_eq!(reply.data(), &Value::Null, "{reply}");
    assert!(
        !reply.body["error"]
            .as_str()
            .unwrap()
            .contains("уже зарегистрирован"),
        "{reply}"
    );
    assert_eq!(state(&server.shop).await, before);
}

async fn two_clients(server: &Server) -> (Till, Till) {
    let till = server.till();
    till.register(PHONE).await;
    till.register(OTHER_PHONE).await;
    (till, server.second_till().await.1)
}

on_both_engines! {
    async fn a_fiscal_number_is_each_tills_own(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (first, second) = two_clients(&server).await;
        let sold = sell(&first, PHONE, 100, FISCAL).await;
        assert_eq!(sold.status, 201, "{sold}");
        assert_eq!(sell(&second, OTHER_PHONE, 777, FISCAL).await.status, 201);
        assert_eq!((first.balance(PHONE).await, first.balance(OTHER_PHONE).await), (json!(5), json!(38.85)));
        let again = sell(&first, PHONE, 100, FISCAL).await;
        assert_eq!((again.status, again.code()), (422, "duplicate_sale"));
        assert_eq!(again.data(), sold.data());
        conflicts(&server, &first, "/cashier/sale", check(OTHER_PHONE, 100, FISCAL)).await;
        conflicts(&server, &first, "/cashier/sale", check(PHONE, 101, FISCAL)).await;
        let mut with_bonuses = check(PHONE, 100, FISCAL);
        with_bonuses["bonus_redeem_amount"] = json!(1);
        conflicts(&server, &first, "/cashier/sale", with_bonuses).await;
        server.shop.assert_sound().await;
    }

    async fn a_uuid_is_one_for_the_store(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (first, second) = two_clients(&server).await;
        let sold = sell(&first, PHONE, 100, UUID).await;
        assert_answer!(sell(&second, OTHER_PHONE, 100, UUID).await, @r#"
        422 {"success":false,
        "error":"Под этим номером записан другой документ. Отправьте этот под новым номером.",
        "code":"external_id_conflict"}
        "#);
        let spelled = sell(&second, PHONE, 100, &UUID.to_uppercase()).await;
        assert_eq!((spelled.code(), spelled.data()), ("duplicate_sale", sold.data()));
        assert_eq!(first.balance(PHONE).await, 5);
    }

    async fn a_repeat_that_the_rules_would_now_refuse_is_still_a_repeat(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, _) = two_clients(&server).await;
        sell(&till, PHONE, 1000, "earlier").await;
        let mut spent = check(PHONE, 200, UUID);
        spent["bonus_redeem_amount"] = json!(50);
        let sold = till.post("/cashier/sale", spent.clone()).await;
        assert_eq!(sold.status, 201, "{sold}");
        let again = till.post("/cashier/sale", spent.clone()).await;
        assert_eq!((again.code(), again.data()), ("duplicate_sale", sold.data()));
        // Another client's refusal is his own, and tells nothing of the first sale.
        spent["client_phone"] = json!(OTHER_PHONE);
        let refused = till.post("/cashier/sale", spent).await;
        assert_eq!(refused.code(), "insufficient_bonuses", "{refused}");
    }

    async fn a_number_of_a_replaced_fiscal_drive_is_a_new_sale(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, _) = two_clients(&server).await;
        let receipt = json!({ "total_amount": 10, "external_receipt_id": FISCAL });
        for id in [FISCAL, UUID] {
            sell(&till, PHONE, 100, id).await;
        }
        assert_eq!(till.post("/cashier/receipt", receipt.clone()).await.status, 201);
        server.shop.clock.advance(30 * DAY_SECONDS - 1);
        assert_eq!(sell(&till, PHONE, 100, FISCAL).await.code(), "duplicate_sale");
        server.shop.clock.advance(1);
        let newer = sell(&till, OTHER_PHONE, 500, FISCAL).await;
        assert_eq!(newer.status, 201, "{newer}");
        assert_eq!(sell(&till, OTHER_PHONE, 500, FISCAL).await.code(), "duplicate_sale");
        assert_eq!(sell(&till, PHONE, 100, UUID).await.code(), "duplicate_sale");
        assert_eq!(till.post("/cashier/receipt", receipt.clone()).await.status, 201);
        assert_eq!(till.post("/cashier/receipt", receipt).await.code(), "duplicate_receipt");
        // Both sales can still come back, each to its client.
        for (phone, amount) in [(PHONE, 100), (OTHER_PHONE, 500)] {
            let goods = json!({ "client_phone": phone, "original_external_sale_id": FISCAL, "return_amount": amount });
            let done = till.post("/cashier/return", goods).await;
            assert_eq!(done.status, 201, "{done}");
        }
        server.shop.assert_sound().await;
    }

    async fn returns_and_receipts_have_their_ids_likewise(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (first, second) = two_clients(&server).await;
        sell(&first, PHONE, 100, "first").await;
        sell(&second, OTHER_PHONE, 100, "second").await;
        let goods = |phone: &str, sale: &str, amount: i64| json!({
            "client_phone": phone, "original_external_sale_id": sale, "return_amount": amount, "external_return_id": FISCAL,
        });
        let done = first.post("/cashier/return", goods(PHONE, "first", 10)).await;
        assert_eq!(done.status, 201, "{done}");
        assert_eq!(second.post("/cashier/return", goods(OTHER_PHONE, "second", 10)).await.status, 201);
        let again = first.post("/cashier/return", goods(PHONE, "first", 10)).await;
        assert_eq!((again.code(), again.data()), ("duplicate_return", done.data()));
        conflicts(&server, &first, "/cashier/return", goods(PHONE, "first", 11)).await;
        // Goods of another check are other goods, though they cost the same.
        sell(&first, PHONE, 100, "another").await;
        conflicts(&server, &first, "/cashier/return", goods(PHONE, "another", 10)).await;
        conflicts(&server, &first, "/cashier/return", goods(OTHER_PHONE, "second", 10)).await;

        let receipt = |total: i64| json!({ "total_amount": total, "external_receipt_id": FISCAL });
        assert_eq!(first.post("/cashier/receipt", receipt(10)).await.status, 201);
        assert_eq!(second.post("/cashier/receipt", receipt(20)).await.status, 201);
        assert_eq!(first.post("/cashier/receipt", receipt(10)).await.code(), "duplicate_receipt");
        conflicts(&server, &first, "/cashier/receipt", receipt(20)).await;
        server.shop.assert_sound().await;
    }

    async fn a_return_finds_this_tills_sale_first(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (first, second) = two_clients(&server).await;
        sell(&first, PHONE, 100, FISCAL).await;
        sell(&second, PHONE, 300, FISCAL).await;
        let goods = json!({ "client_phone": PHONE, "original_external_sale_id": FISCAL });
        for (till, cashback) in [(&first, 5), (&second, 15)] {
            let told = till.post("/cashier/return/calculate", goods.clone()).await;
            assert_eq!(told.data()["bonus_to_revoke"], cashback, "{told}");
        }
        // A check of another till is found too.
        sell(&second, OTHER_PHONE, 200, "000124").await;
        let goods = json!({ "client_phone": OTHER_PHONE, "original_external_sale_id": "000124", "return_amount": 200 });
        assert_eq!(first.post("/cashier/return", goods).await.status, 201);
        server.shop.assert_sound().await;
    }

    async fn a_sale_takes_the_redemption_of_its_check_as_its_own(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, other_till) = two_clients(&server).await;
        sell(&till, PHONE, 20_000, "earlier").await;
        for (id, named) in [(UUID, None), (FISCAL, Some(0)), ("000124", Some(45))] {
            let had = till.lookup(PHONE, None).await.data().clone();
            let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": id });
            assert_eq!(till.post("/cashier/redeem", spent.clone()).await.status, 201);
            assert_eq!(till.post("/cashier/redeem", spent).await.code(), "duplicate_sale");
            let mut body = check(PHONE, 1000, id);
            body["bonus_redeem_amount"] = json!(46);
            let other = till.post("/cashier/sale", body.clone()).await;
            assert!(other.body["fields"]["bonus_redeem_amount"].is_string(), "{other}");
            match named {
                Some(amount) => body["bonus_redeem_amount"] = json!(amount),
                None => drop(body.as_object_mut().unwrap().remove("bonus_redeem_amount")),
            }
            let sold = till.post("/cashier/sale", body.clone()).await;
            assert_eq!((sold.status, &sold.data()["bonus_redeemed"], &sold.data()["bonus_accrued"]), (201, &json!(45), &json!(47.75)), "{sold}");
            assert_eq!(sold.data()["new_balance"], till.balance(PHONE).await);
            let again = till.post("/cashier/sale", body).await;
            assert_eq!((again.code(), again.data()), ("duplicate_sale", sold.data()));
            // All of it comes back by the one id, the bonuses once.
            let goods = json!({ "client_phone": PHONE, "original_external_sale_id": id });
            let done = till.post("/cashier/return", json!({ "return_amount": 1000, "client_phone": PHONE, "original_external_sale_id": id })).await;
            assert_eq!((&done.data()["cash_refund_amount"], &done.data()["bonus_restored"]), (&json!(955), &json!(45)), "{done}");
            assert_eq!(till.post("/cashier/return", goods).await.code(), "over_return");
            assert_eq!(till.lookup(PHONE, None).await.data(), &had);
        }
        // The till shows one check, not its redemption beside it.
        let past = till.get(&format!("/cashier/client/%2B{}/sales", &PHONE[1..])).await;
        let ids: Vec<_> = past.data()["sales"].as_array().unwrap().iter().map(|sale| sale["external_sale_id"].clone()).collect();
        assert_eq!(ids.iter().filter(|id| *id == UUID).count(), 1, "{past}");
        assert_eq!(ids.len(), 4, "{past}");
        // Another till's redemption of that number is not this check's.
        let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": "000200" });
        assert_eq!(other_till.post("/cashier/redeem", spent).await.status, 201);
        assert_eq!(sell(&till, PHONE, 1000, "000200").await.data()["bonus_redeemed"], 0);
        server.shop.assert_sound().await;
    }

    async fn a_redemption_does_not_follow_the_sale_of_its_check(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, other_till) = two_clients(&server).await;
        sell(&till, PHONE, 20_000, "earlier").await;
        for id in [UUID, FISCAL] {
            let mut body = check(PHONE, 1000, id);
            body["bonus_redeem_amount"] = json!(300);
            assert_eq!(till.post("/cashier/sale", body).await.status, 201);
            // The limit of 30 % is used up. Nor do those of the sale go twice where the till asked for both.
            let spend = |amount: i64| json!({ "client_phone": PHONE, "amount": amount, "total_amount": 1000, "external_sale_id": id });
            conflicts(&server, &till, "/cashier/redeem", spend(299)).await;
            let before = till.balance(PHONE).await;
            let late = till.post("/cashier/redeem", spend(300)).await;
            assert_eq!((late.code(), &late.data()["bonus_redeemed"]), ("duplicate_sale", &json!(300)), "{late}");
            assert_eq!(till.balance(PHONE).await, before);
        }
        // The number of another till's check is no number of this one's.
        let spent = json!({ "client_phone": PHONE, "amount": 30, "total_amount": 1000, "external_sale_id": FISCAL });
        assert_eq!(other_till.post("/cashier/redeem", spent).await.status, 201);
        server.shop.assert_sound().await;
    }

    async fn a_redemption_is_found_by_the_sale_of_its_uuid_at_any_till(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, other_till) = two_clients(&server).await;
        sell(&till, PHONE, 20_000, "earlier").await;
        let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": UUID });
        assert_eq!(other_till.post("/cashier/redeem", spent).await.status, 201);
        assert_eq!(sell(&till, PHONE, 1000, UUID).await.data()["bonus_redeemed"], 45);
        let goods = json!({ "client_phone": PHONE, "original_external_sale_id": UUID, "return_amount": 1000 });
        let done = till.post("/cashier/return", goods).await;
        assert_eq!((&done.data()["cash_refund_amount"], &done.data()["bonus_restored"]), (&json!(955), &json!(45)), "{done}");
        server.shop.assert_sound().await;
    }

    async fn a_redemption_that_was_undone_is_not_told_to_be_recorded(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, _) = two_clients(&server).await;
        sell(&till, PHONE, 20_000, "earlier").await;
        let spend = |id: &str| json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": id });
        assert_eq!(till.post("/cashier/redeem", spend(UUID)).await.status, 201);
        let goods = json!({ "client_phone": PHONE, "original_external_sale_id": UUID, "return_amount": 1000 });
        assert_eq!(till.post("/cashier/return", goods).await.status, 201);
        // The till would give 45 off, and nothing would be taken.
        conflicts(&server, &till, "/cashier/redeem", spend(UUID)).await;
        assert_eq!(till.post("/cashier/redeem", spend(FISCAL)).await.status, 201);
        server.shop.assert_sound().await;
    }

    async fn a_new_redemption_comes_back_before_an_old_sale_of_its_number(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, _) = two_clients(&server).await;
        sell(&till, PHONE, 20_000, FISCAL).await;
        server.shop.clock.advance(31 * DAY_SECONDS);
        let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": FISCAL });
        assert_eq!(till.post("/cashier/redeem", spent).await.status, 201);
        let goods = json!({ "client_phone": PHONE, "original_external_sale_id": FISCAL, "return_amount": 1000 });
        let done = till.post("/cashier/return", goods).await;
        assert_eq!((&done.data()["cash_refund_amount"], &done.data()["bonus_restored"]), (&json!(0), &json!(45)), "{done}");
        server.shop.assert_sound().await;
    }

    async fn welcome_bonuses_that_a_redemption_took_want_a_check_of_their_size(database: TestDatabase) {
        let programme = domain::Programme {
            welcome_bonus: domain::Money::from_somoni(50),
            welcome_min_redeem: domain::Money::from_somoni(500),
            ..without_hold()
        };
        let server = Server::start(&database, programme).await;
        let (till, _) = two_clients(&server).await;
        let spent = json!({ "client_phone": PHONE, "amount": 30, "total_amount": 500, "external_sale_id": UUID });
        assert_eq!(till.post("/cashier/redeem", spent).await.status, 201);
        let small = sell(&till, PHONE, 100, UUID).await;
        assert_eq!((small.status, small.code()), (422, "welcome_below_minimum"), "{small}");
        assert_eq!(sell(&till, PHONE, 500, UUID).await.status, 201);
        server.shop.assert_sound().await;
    }

    async fn a_redemption_without_a_sale_comes_back_alone(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, _) = two_clients(&server).await;
        sell(&till, PHONE, 20_000, "earlier").await;
        let spent = json!({ "client_phone": PHONE, "amount": 45, "total_amount": 1000, "external_sale_id": UUID });
        till.post("/cashier/redeem", spent).await;
        let goods = json!({ "client_phone": PHONE, "original_external_sale_id": UUID, "return_amount": 1000 });
        let done = till.post("/cashier/return", goods).await;
        assert_answer!(done, @r#"
        201 {"success":true,"data":{"id":1,"return_amount":1000,"cash_refund_amount":0,"bonus_revoked":0,
        "bonus_restored":45,"bonus_shortage":0,"bonus_shortage_settled":0,"new_balance":1000}}
        "#);
        // What has come back is no redemption of a sale that follows.
        assert_eq!(sell(&till, PHONE, 1000, UUID).await.data()["bonus_redeemed"], 0);
        server.shop.assert_sound().await;
    }

    async fn a_receipt_of_the_own_till_is_voided_once_within_a_day(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (first, second) = two_clients(&server).await;
        let void = json!({ "external_receipt_id": UUID });
        let path = "/cashier/receipt/void";
        assert_eq!(first.post(path, void.clone()).await.code(), "receipt_not_found");
        first.post("/cashier/receipt", json!({ "total_amount": 150, "external_receipt_id": UUID })).await;
        assert_eq!(second.post(path, void.clone()).await.code(), "receipt_not_found");
        server.shop.clock.advance(DAY_SECONDS);
        let voided = first.post(path, void.clone()).await;
        assert_answer!(voided.clone(), @r#"200 {"success":true,"data":{"id":1,"total_amount":150,"receipt_date":"2026-06-05T14:30:00+00:00"}}"#);
        let again = first.post(path, void).await;
        assert_eq!((again.status, again.code(), again.data()), (422, "receipt_voided", voided.data()));
        let kept = "SELECT COUNT(*) FROM receipts WHERE tenant_id = $1 AND voided_at IS NOT NULL AND voided_by = cashier_node_id";
        assert_eq!(server.shop.number(kept).await, 1);
        first.post("/cashier/receipt", json!({ "total_amount": 10, "external_receipt_id": "old" })).await;
        server.shop.clock.advance(DAY_SECONDS + 1);
        let late = first.post(path, json!({ "external_receipt_id": "old" })).await;
        assert_answer!(late, @r#"422 {"success":false,"error":"Чек старше суток: отменить его уже нельзя.","code":"receipt_too_old"}"#);
        assert_eq!(first.post(path, json!({})).await.code(), "invalid_fields");
    }

    async fn a_date_never_loses_a_document(database: TestDatabase) {
        let server = Server::start(&database, without_hold()).await;
        let (till, _) = two_clients(&server).await;
        let commit = "2026-06-05T14:30:00+00:00";
        for (sent, answered) in [
            ("2026-06-05T14:30Z", commit),
            ("2026-06-05T19:30+05", commit),
            ("20260605T143000", commit),
            ("2026-06-04 10:00:00", "2026-06-04T10:00:00+00:00"),
            ("", commit),
            ("0001-01-01T00:00:00", commit),
            ("1999-12-31T23:59:59", commit),
            ("2026-06-07T00:00:00", commit),
            ("вчера", commit),
        ] {
            let sold = till.post("/cashier/sale", json!({ "client_phone": PHONE, "total_amount": 10, "sale_date": sent })).await;
            assert_eq!((sold.status, &sold.data()["sale_date"]), (201, &json!(answered)), "{sent}: {sold}");
            let receipt = till.post("/cashier/receipt", json!({ "total_amount": 10, "receipt_date": sent })).await;
            assert_eq!((receipt.status, &receipt.data()["receipt_date"]), (201, &json!(answered)), "{sent}: {receipt}");
        }
        // The evening of the fourth in Dushanbe.
        till.post("/cashier/sale", json!({ "client_phone": PHONE, "total_amount": 10, "sale_date": "2026-06-04T23:30:00", "external_sale_id": "local" })).await;
        let happened = "SELECT happened_at FROM sales WHERE tenant_id = $1 AND external_sale_id = 'local'";
        assert_eq!(server.shop.number(happened).await, 1_780_597_800_000_000);
    }
}
