//! «Сообщения» and «Каналы».

use domain::Role;
use reqwest::StatusCode;
use testkit::service::answers;
use testkit::{TestDatabase, on_both_engines};

use crate::browser::Server;

const CHANNELS: &str = "/panel/settings/channels";
const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
const ACCOUNT: &str = include_str!("../../../channels/tests/account.json");

#[on_both_engines]
async fn a_channel_is_saved_only_if_its_service_says_that_it_is_right(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let sent = [("channel", "telegram"), ("token", "hello")];
    let refused = owner.post(CHANNELS, &sent).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Это не токен бота"),
        "{}",
        refused.body
    );
    assert!(server.services.arrived().is_empty());

    server
        .services
        .now([answers(401, r#"{"ok":false,"error_code":401}"#)]);
    let sent = [("channel", "telegram"), ("token", TOKEN)];
    let refused = owner.post(CHANNELS, &sent).await;
    assert!(
        refused.body.contains("Токен бота не подходит"),
        "{}",
        refused.body
    );
    assert!(
        !refused.body.contains(TOKEN),
        "the token is never shown again"
    );

    server.services.now([answers(
        200,
        r#"{"ok":true,"result":{"id":1,"username":"faravon_bot"}}"#,
    )]);
    let saved = owner.post(CHANNELS, &sent).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = owner.get(CHANNELS).await.body;
    assert!(
        page.contains("@faravon_bot") && page.contains("Канал сохранён."),
        "{page}"
    );
    assert!(!page.contains("AAHdqTcv"));
    assert_eq!(server.acts().await[0], "channel_saved");

    // Its check says in a sentence what is wrong, and another one what is right.
    server.services.now([answers(502, "<html>")]);
    let checked = owner
        .post(&format!("{CHANNELS}/check"), &[("channel", "telegram")])
        .await;
    assert!(checked.body.contains("Сбой у сервиса."), "{}", checked.body);
    server.services.now([answers(
        200,
        r#"{"ok":true,"result":{"id":1,"username":"faravon_bot"}}"#,
    )]);
    let checked = owner
        .post(&format!("{CHANNELS}/check"), &[("channel", "telegram")])
        .await;
    assert!(checked.body.contains("Канал работает."), "{}", checked.body);

    let removed = owner
        .post(&format!("{CHANNELS}/remove"), &[("channel", "telegram")])
        .await;
    assert_eq!(removed.status, StatusCode::SEE_OTHER);
    assert!(!owner.get(CHANNELS).await.body.contains("@faravon_bot"));
    let missing = owner
        .post(&format!("{CHANNELS}/check"), &[("channel", "telegram")])
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[on_both_engines]
async fn firebase_and_sms_are_set_up_and_the_money_is_told(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for (file, words) in [
        ("{}", "Это не файл сервисного аккаунта"),
        (
            r#"{"project_id":"p","client_email":"a@b","private_key":"no"}"#,
            "Ключ в файле не читается",
        ),
    ] {
        let refused = owner
            .post(CHANNELS, &[("channel", "push"), ("file", file)])
            .await;
        assert!(refused.body.contains(words), "{}", refused.body);
    }
    let saved = owner
        .post(CHANNELS, &[("channel", "push"), ("file", ACCOUNT)])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let sms = [
        ("channel", "sms"),
        ("login", "faravon"),
        ("sender", "FARAVON"),
        ("way", "token"),
        ("key", "secret-key"),
    ];
    let empty = owner.post(CHANNELS, &[("channel", "sms")]).await;
    assert_eq!(
        empty.body.matches("Заполните это поле").count(),
        3,
        "{}",
        empty.body
    );
    let saved = owner.post(CHANNELS, &sms).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = owner.get(CHANNELS).await.body;
    assert!(
        page.contains("bonex-test") && page.contains("faravon · FARAVON"),
        "{page}"
    );
    assert!(!page.contains("secret-key") && !page.contains("PRIVATE KEY"));
    let checked = owner
        .post(&format!("{CHANNELS}/check"), &[("channel", "sms")])
        .await;
    assert!(
        checked.body.contains("На счёте 6,07 сом."),
        "{}",
        checked.body
    );
}

#[on_both_engines]
async fn the_rules_of_sending_are_kept(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let rules = format!("{CHANNELS}/rules");
    let wrong = [("receipts", "nobody"), ("sms_a_client", "много")];
    let refused = owner.post(&rules, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("много"), "what was typed stays");
    let sent = [
        ("receipts", "first"),
        ("sms_reminders", "on"),
        ("sms_a_client", "3"),
        ("sms_a_month", "500"),
        ("sms_part", "0,25"),
    ];
    assert_eq!(
        owner.post(&rules, &sent).await.status,
        StatusCode::SEE_OTHER
    );
    let settings =
        backend::channels::message_settings(&server.shop.backend, server.shop.till.tenant_id);
    let settings = settings.await.unwrap();
    assert!(settings.receipts_first && settings.sms_reminders);
    assert_eq!((settings.sms_a_client, settings.sms_a_month), (3, 500));
    assert_eq!(settings.sms_part_price.dirams(), 25);
    let page = owner.get(CHANNELS).await.body;
    assert!(page.contains("value=\"0,25\""), "{page}");
    assert_eq!(server.acts().await[0], "message_settings_saved");
}

#[on_both_engines]
async fn a_manager_reads_why_a_message_failed_and_sends_it_again(database: TestDatabase) {
    let server = Server::start(&database).await;
    let mut manager = server.person(Role::Manager, "zebo").await;
    assert!(
        manager
            .get("/panel/messages")
            .await
            .body
            .contains("Сообщений ещё нет")
    );
    let client = server.shop.register("900000501").await.id;
    let db = &server.shop.backend.db;
    let failed = r#"INSERT INTO outbox (tenant_id, subject, client_id, payload, created_at, attempts, outcome,
        last_error, channels, sms_parts)
        VALUES ($1, $2, $3, '{"event":"welcome","bonus_dirams":0}', $4, 1, $5, $6, $7, 2)"#;
    let tenant_id = server.shop.till.tenant_id;
    let now = server.shop.backend.clock.now().micros();
    for (number, outcome, error, channels) in [
        (1, "failed", Some("bot_blocked"), None),
        (2, "sent", None, Some("sms")),
        (3, "sent", None, Some("push,-telegram")),
    ] {
        let params = (
            tenant_id,
            format!("sale:{number}"),
            client,
            now + number,
            outcome,
            error,
            channels,
        );
        db.writes()
            .execute(failed, params)
            .await
            .unwrap()
            .exactly(1)
            .unwrap();
    }
    let page = manager.get("/panel/messages").await.body;
    assert!(page.contains("Клиент остановил бота."), "{page}");
    assert!(page.contains("частей SMS"), "{page}");
    let only_failed = manager.get("/panel/messages?outcome=failed").await.body;
    assert_eq!(only_failed.matches("Покупка").count(), 1, "{only_failed}");
    let again = [("subject", "sale:1")];
    let asked = manager.post("/panel/messages/again", &again).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    let due = "SELECT COUNT(*) FROM outbox WHERE tenant_id = $1 AND due_at IS NOT NULL AND outcome IS NULL";
    assert_eq!(server.shop.number(due).await, 1);
    // A message that was sent is not sent again, and another store has none of this one.
    manager
        .post("/panel/messages/again", &[("subject", "sale:2")])
        .await;
    assert_eq!(server.shop.number(due).await, 1);
    let refused = manager
        .post(CHANNELS, &[("channel", "telegram"), ("token", TOKEN)])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let looks = manager.get("/panel/messages/looks?language=tg").await.body;
    assert!(
        looks.contains("Харид 1") && looks.contains("бонус"),
        "{looks}"
    );
}

#[on_both_engines]
async fn terms_are_versions_and_the_link_is_the_bots(database: TestDatabase) {
    const JOINING: &str = "/panel/messages/joining";
    let server = Server::start(&database).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    let page = owner.get(JOINING).await.body;
    assert!(
        page.contains("Условий пока нет") && page.contains("Ссылка появится"),
        "{page}"
    );
    let empty = owner.post(JOINING, &[("text", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let saved = owner
        .post(JOINING, &[("text", "Правила <b>\r\nвторая строка")])
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = owner.get(JOINING).await.body;
    assert!(page.contains("Сейчас действует версия 1"), "{page}");
    assert!(page.contains("Правила &lt;b>\nвторая строка"), "{page}");
    assert_eq!(server.acts().await[0], "terms_saved");
    // The same text is no new version.
    owner
        .post(JOINING, &[("text", "Правила <b>\r\nвторая строка")])
        .await;
    assert!(owner.get(JOINING).await.body.contains("версия 1"));
    owner.post(JOINING, &[("text", "Другие")]).await;
    assert!(owner.get(JOINING).await.body.contains("версия 2"));

    owner
        .post(CHANNELS, &[("channel", "telegram"), ("token", TOKEN)])
        .await;
    let page = owner.get(JOINING).await.body;
    let store = server.shop.till.tenant_id;
    assert!(
        page.contains(&format!("https://t.me/faravon_bot?start=s_{store}")),
        "{page}"
    );
    let mut manager = server.person(Role::Manager, "zebo").await;
    let read = manager.get(JOINING).await.body;
    assert!(
        read.contains("Другие") && !read.contains("<textarea"),
        "{read}"
    );
}
