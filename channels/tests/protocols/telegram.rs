//! Telegram.

use std::time::Duration;

use channels::telegram::{Bot, BotName, Keyboard, Message};
use channels::{Accepted, Address, Fault, NotAccepted};
use serde_json::{Value, json};

use testkit::service::{Does, Service, answers, breaking, nowhere};

use crate::{at, http};

const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

fn bot(address: &Address) -> Bot {
    Bot::new(&http(), address, TOKEN).unwrap()
}

fn message() -> Message {
    Message {
        chat_id: 4242,
        text: "Покупка <b> & «_»".to_owned(),
        ..Message::default()
    }
}

async fn refused(status: u16, body: &str) -> NotAccepted {
    let service = Service::start([answers(status, body)]).await;
    bot(&at(&service)).send(&message()).await.unwrap_err()
}

#[tokio::test]
async fn a_message_is_plain_text_without_a_preview() {
    let body = r#"{"ok":true,"result":{"message_id":77}}"#;
    let service = Service::start([answers(200, body)]).await;
    let accepted = bot(&at(&service)).send(&message()).await.unwrap();
    let expected = Accepted {
        reference: Some("77".to_owned()),
        parts: 0,
    };
    assert_eq!(accepted, expected);
    let [arrived] = <[_; 1]>::try_from(service.arrived()).unwrap();
    assert_eq!(arrived.method, "POST");
    assert_eq!(arrived.path, format!("/bot{TOKEN}/sendMessage"));
    assert_eq!(arrived.headers["content-type"], "application/json");
    let body: Value = serde_json::from_str(&arrived.body).unwrap();
    let expected = json!({
        "chat_id": 4242,
        "text": "Покупка <b> & «_»",
        "link_preview_options": {"is_disabled": true},
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn a_repeated_message_is_silent_and_a_keyboard_asks_for_the_contact() {
    let service = Service::start([answers(200, r#"{"ok":true,"result":{}}"#)]).await;
    let asking = Message {
        is_silent: true,
        keyboard: Keyboard::ShareContact("Отправить номер".to_owned()),
        ..message()
    };
    bot(&at(&service)).send(&asking).await.unwrap();
    let body: Value = serde_json::from_str(&service.arrived()[0].body).unwrap();
    assert_eq!(body["disable_notification"], true);
    let button = &body["reply_markup"]["keyboard"][0][0];
    assert_eq!(
        *button,
        json!({"text": "Отправить номер", "request_contact": true})
    );
}

#[tokio::test]
async fn each_refusal_says_what_to_do_next() {
    let said = |code: u16, description: &str| {
        json!({"ok": false, "error_code": code, "description": description}).to_string()
    };
    let limited = json!({
        "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    });
    for (status, body, expected) in [
        (
            429,
            limited.to_string(),
            NotAccepted::Wait(Duration::from_secs(7)),
        ),
        (
            403,
            said(403, "Forbidden: bot was blocked by the user"),
            NotAccepted::Address(Fault::BotBlocked),
        ),
        (
            400,
            said(400, "Bad Request: chat not found"),
            NotAccepted::Address(Fault::ChatNotFound),
        ),
        (
            400,
            said(400, "Bad Request: message text is empty"),
            NotAccepted::Message(Fault::Refused),
        ),
        (
            401,
            said(401, "Unauthorized"),
            NotAccepted::Settings(Fault::BotToken),
        ),
        (
            404,
            said(404, "Not Found"),
            NotAccepted::Settings(Fault::BotToken),
        ),
        (
            500,
            said(500, "Internal Server Error"),
            NotAccepted::Later(Fault::ServiceFailed),
        ),
        (
            502,
            "<html>Bad Gateway</html>".to_owned(),
            NotAccepted::Later(Fault::ServiceFailed),
        ),
        (
            404,
            "<html>nginx</html>".to_owned(),
            NotAccepted::Later(Fault::BadAnswer),
        ),
        (
            200,
            "<html>hello</html>".to_owned(),
            NotAccepted::Unsure(Fault::BadAnswer),
        ),
        (302, String::new(), NotAccepted::Later(Fault::BadAnswer)),
    ] {
        assert_eq!(refused(status, &body).await, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn a_wait_without_a_number_and_one_without_an_end_are_bounded() {
    let seconds = |error| match error {
        NotAccepted::Wait(wait) => wait.as_secs(),
        other => panic!("{other:?}"),
    };
    assert_eq!(seconds(refused(429, "").await), 30);
    let long = r#"{"ok":false,"parameters":{"retry_after":99999999}}"#;
    assert_eq!(seconds(refused(429, long).await), 3_600);
}

#[tokio::test]
async fn only_what_was_surely_not_received_is_surely_not_sent() {
    let hanging = Service::start([Does::Hangs]).await;
    let timeout = bot(&at(&hanging)).send(&message()).await;
    assert_eq!(timeout, Err(NotAccepted::Unsure(Fault::Timeout)));
    let broken = bot(&breaking().await.parse().unwrap())
        .send(&message())
        .await;
    assert_eq!(broken, Err(NotAccepted::Unsure(Fault::BadAnswer)));
    let unreachable = bot(&nowhere().await.parse().unwrap())
        .send(&message())
        .await;
    assert_eq!(unreachable, Err(NotAccepted::Later(Fault::Unreachable)));
    let endless = Service::start([answers(200, &" ".repeat(100_000))]).await;
    let endless = bot(&at(&endless)).send(&message()).await;
    assert_eq!(endless, Err(NotAccepted::Unsure(Fault::BadAnswer)));
}

#[tokio::test]
async fn a_bot_is_set_up() {
    let named = r#"{"ok":true,"result":{"id":110201543,"is_bot":true,"username":"faravon_bot"}}"#;
    let done = r#"{"ok":true,"result":true}"#;
    let service = Service::start([answers(200, named), answers(200, done)]).await;
    let bot = bot(&at(&service));
    let expected = BotName {
        id: 110_201_543,
        username: "faravon_bot".to_owned(),
    };
    assert_eq!(bot.name().await, Ok(expected));
    bot.set_webhook("https://bonex.example/telegram/1", "s3cret")
        .await
        .unwrap();
    bot.set_menu_button("Бонусы", "https://bonex.example/app")
        .await
        .unwrap();
    let arrived = service.arrived();
    let body = |index: usize| -> Value { serde_json::from_str(&arrived[index].body).unwrap() };
    let expected = json!({
        "url": "https://bonex.example/telegram/1",
        "secret_token": "s3cret",
        "allowed_updates": ["message", "my_chat_member"],
    });
    assert_eq!(body(1), expected);
    assert_eq!(body(2)["menu_button"]["type"], "web_app");
}

#[tokio::test]
async fn no_error_shows_the_token() {
    let error = bot(&nowhere().await.parse().unwrap())
        .send(&message())
        .await
        .unwrap_err();
    let shown = format!("{error:?}");
    assert!(!shown.contains("AAH") && !shown.contains("http"), "{shown}");
}
