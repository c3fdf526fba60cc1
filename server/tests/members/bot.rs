//! The bot: who is connected with which client, and who is not.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::place::{PHONE, Place};

const PERSON: i64 = 4242;

fn from(id: i64) -> Value {
    json!({"id": id, "is_bot": false, "first_name": "Зебо", "language_code": "ru"})
}

fn text(update_id: i64, text: &str) -> Value {
    json!({"update_id": update_id, "message": {
        "message_id": 1, "date": 0, "from": from(PERSON),
        "chat": {"id": PERSON, "type": "private"}, "text": text,
    }})
}

fn contact(update_id: i64, phone: &str, user_id: Option<i64>) -> Value {
    json!({"update_id": update_id, "message": {
        "message_id": 1, "date": 0, "from": from(PERSON),
        "chat": {"id": PERSON, "type": "private"},
        "contact": {"phone_number": phone, "first_name": "Зебо", "user_id": user_id},
    }})
}

impl Place {
    fn webhook_secret(&self) -> String {
        let secrets = &self.shop.backend.secrets;
        secrets.derived_token("telegram webhook bonex")
    }

    async fn update(&self, update: &Value) -> u16 {
        let secret = self.webhook_secret();
        let headers = [("x-telegram-bot-api-secret-token", secret.as_str())];
        let path = "/api/v1/telegram/bonex";
        self.ask(Method::POST, path, &headers, update).await.status
    }

    fn last(&self) -> String {
        let said = self.telegram.arrived().pop().expect("an answer").json();
        said["text"].as_str().unwrap().replace('\u{a0}', " ")
    }

    async fn bound(&self) -> i64 {
        let bound = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND telegram_id = 4242";
        self.shop.number(bound).await
    }
}

#[on_both_engines]
async fn a_person_joins_by_a_friends_link_and_gets_the_receipt(database: TestDatabase) {
    let place = Place::start(&database).await;
    let friend = place.shop.register("+992901234500").await.id;
    let secrets = &place.shop.backend.secrets;
    let code = backend::membership::referral_code(secrets, place.store(), friend);
    let start = format!("/start r_{}_{code}", place.store());
    assert_eq!(place.update(&text(1, &start)).await, 200);
    let asked = place.telegram.arrived().pop().unwrap().json();
    assert!(
        asked["text"].as_str().unwrap().contains("«Магазин»"),
        "{asked}"
    );
    assert_eq!(
        asked["reply_markup"]["keyboard"][0][0]["request_contact"],
        true
    );
    assert_eq!(
        place
            .update(&contact(2, "992901234567", Some(PERSON)))
            .await,
        200
    );
    assert!(
        place.last().contains("«Магазин»: 20,00"),
        "{}",
        place.last()
    );
    assert_eq!(place.bound().await, 1);
    let referred = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND referred_by IS NOT NULL";
    assert_eq!(place.shop.number(referred).await, 1);

    place
        .shop
        .sell(PHONE, "100", "0", Some("check-1"))
        .await
        .unwrap();
    let due = "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND subject = 'sale:1' AND due_at IS NOT NULL";
    assert_eq!(place.shop.number(due).await, 1);
    assert_eq!(
        place
            .shop
            .client("+992901234500")
            .await
            .figures
            .bonus_balance,
        testkit::money("35")
    );
}

#[on_both_engines]
async fn a_typed_phone_and_another_persons_contact_bind_nothing(database: TestDatabase) {
    let place = Place::start(&database).await;
    place.shop.register(PHONE).await;
    place
        .update(&text(1, &format!("/start s_{}", place.store())))
        .await;
    for (number, user) in [(2, None), (3, Some(1))] {
        place.update(&contact(number, "992901234567", user)).await;
        assert!(
            place.last().contains("ваш собственный номер"),
            "{}",
            place.last()
        );
    }
    place.update(&text(4, "+992901234567")).await;
    assert_eq!(place.bound().await, 0);
}

#[on_both_engines]
async fn an_update_without_the_secret_is_not_there_and_one_sent_twice_is_served_once(
    database: TestDatabase,
) {
    let place = Place::start(&database).await;
    let path = "/api/v1/telegram/bonex";
    let of_other = place
        .shop
        .backend
        .secrets
        .derived_token("telegram webhook 1");
    for secret in ["", "wrong", of_other.as_str()] {
        let headers = [("x-telegram-bot-api-secret-token", secret)];
        let reply = place
            .ask(Method::POST, path, &headers, &text(1, "/start"))
            .await;
        assert_eq!(reply.status, 404);
    }
    assert!(place.telegram.arrived().is_empty());
    for _ in 0..2 {
        assert_eq!(place.update(&text(1, "/privacy")).await, 200);
    }
    assert_eq!(place.telegram.arrived().len(), 1);
    // What Telegram adds some day is no reason to send it for ever.
    assert_eq!(
        place.update(&json!({"update_id": 9, "poll": {}})).await,
        200
    );
    assert_eq!(place.update(&json!({"something": "else"})).await, 200);
}

#[on_both_engines]
async fn stop_and_blocking_end_the_messages_and_start_brings_them_back(database: TestDatabase) {
    let place = Place::start(&database).await;
    place
        .update(&text(1, &format!("/start s_{}", place.store())))
        .await;
    place
        .update(&contact(2, "992901234567", Some(PERSON)))
        .await;
    let off = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND receipts_off_at IS NOT NULL
        AND reminders_off_at IS NOT NULL";
    place.update(&text(3, "/stop")).await;
    assert!(place.last().contains("Больше ничего не пришлём"));
    assert_eq!(place.shop.number(off).await, 1);
    place.update(&text(4, "/start")).await;
    assert_eq!(place.shop.number(off).await, 0);

    let reachable = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND is_reachable = 1";
    let change = |number: i64, status: &str| {
        json!({"update_id": number, "my_chat_member": {
            "from": from(PERSON), "chat": {"id": PERSON, "type": "private"}, "date": 0,
            "new_chat_member": {"status": status, "user": from(PERSON)},
        }})
    };
    place.update(&change(5, "kicked")).await;
    assert_eq!(place.shop.number(reachable).await, 0);
    place.update(&change(6, "member")).await;
    assert_eq!(place.shop.number(reachable).await, 1);
}

#[on_both_engines]
async fn a_person_has_one_client_in_a_store_and_nothing_is_said_in_a_group(database: TestDatabase) {
    let place = Place::start(&database).await;
    place
        .update(&text(1, &format!("/start s_{}", place.store())))
        .await;
    place
        .update(&contact(2, "992901234567", Some(PERSON)))
        .await;
    // The person has another number now.
    place
        .update(&contact(3, "992901234568", Some(PERSON)))
        .await;
    assert_eq!(place.bound().await, 1);
    let reachable = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1 AND is_reachable = 1";
    assert_eq!(place.shop.number(reachable).await, 1);
    place.telegram.forget();
    let mut in_group = text(4, "/start");
    in_group["message"]["chat"] = json!({"id": -100, "type": "supergroup"});
    place.update(&in_group).await;
    let foreign = contact(5, "12", Some(PERSON));
    assert!(place.telegram.arrived().is_empty());
    place.update(&foreign).await;
    assert!(place.last().contains("Таджикистана"), "{}", place.last());
}

#[on_both_engines]
async fn unknown_stores_and_made_up_links_lead_nowhere(database: TestDatabase) {
    let place = Place::start(&database).await;
    for (number, parameter) in [(1, "s_999"), (2, "x"), (3, "r_1"), (4, "s_-1")] {
        place
            .update(&text(number, &format!("/start {parameter}")))
            .await;
        assert!(
            place.last().contains("Такого магазина нет"),
            "{}",
            place.last()
        );
    }
    place
        .update(&contact(5, "992901234567", Some(PERSON)))
        .await;
    assert!(
        place.last().contains("ещё не подключены"),
        "{}",
        place.last()
    );
    let clients = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1";
    assert_eq!(place.shop.number(clients).await, 0);
}
