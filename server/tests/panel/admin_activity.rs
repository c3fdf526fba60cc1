//! What an admin sees of the tills: their hours, the devices that tried their keys, and the sign
//! that a key is shared.

use app::admin::urls::Url;
use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, on_both_engines};

use crate::admin::admin;
use crate::browser::Server;
use crate::till::Till;

const SESSION: &str = "/cashier/session";
const LOOKUP: &str = "/cashier/client/%2B992901234567";

/// Sells, and lets another device try the key, every minute of some.
async fn sell_beside(server: &Server, own: &Till, other: &Till, minutes: i64) {
    for number in 0..minutes {
        own.get(LOOKUP).await;
        let sale = serde_json::json!({
            "client_phone": "+992901234567",
            "total_amount": "100",
            "external_sale_id": format!("{number}"),
        });
        assert_eq!(own.post("/cashier/sale", sale).await, StatusCode::CREATED);
        assert_eq!(other.get(SESSION).await, StatusCode::FORBIDDEN);
        server.shop.clock.advance(60);
    }
}

#[on_both_engines]
async fn an_admin_sees_who_else_tries_a_key_and_may_find_it_normal(database: TestDatabase) {
    let server = Server::start(&database).await;
    server.shop.register("+992901234567").await;
    let (mut anvar, ..) = admin(&server, "anvar").await;
    let (id, till) = (server.shop.till.tenant_id, server.shop.till.id);
    let quiet = anvar.get(&Url::Signs.to_string()).await;
    assert!(
        quiet.body.contains("Ничего подозрительного"),
        "{}",
        quiet.body
    );
    let page = anvar.get(&Url::TillActivity(id, till).to_string()).await;
    assert!(page.body.contains("Признаков нет"), "{}", page.body);
    assert!(page.body.contains("ещё не было связи"), "{}", page.body);

    let own = server.till();
    let other = own.on("KASSA-a41f");
    sell_beside(&server, &own, &other, 5).await;
    server.gather().await;

    let page = anvar.get(&Url::TillActivity(id, till).to_string()).await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self'"), "{policy}");
    for words in [
        "Стоит посмотреть",
        "Тот же ключ с другого устройства",
        "отказ …a41f",
        "127.0.0.*",
        "Отказов за 24 часа",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let strips = anvar.get(&Url::Activity(id).to_string()).await;
    for words in [
        "<span class=\"num\">1</span> <span class=\"unit\">из 1\u{a0}кассы",
        "5\u{a0}отказов",
        "500,00",
    ] {
        assert!(strips.body.contains(words), "{words}: {}", strips.body);
    }
    let signs = anvar.get(&Url::Signs.to_string()).await;
    assert!(signs.body.contains("40\u{a0}баллов"), "{}", signs.body);
    let stores = anvar.get("/admin?group=look").await;
    assert!(stores.body.contains("стоит посмотреть"), "{}", stores.body);
    for path in [Url::Activity(id), Url::Signs] {
        let file = anvar.get(&path.with_query(&[("as", "csv")])).await;
        assert!(file.body.contains("стоит посмотреть"), "{}", file.body);
    }

    // A note is required. Then the reason counts for nothing, and the platform's journal says why.
    let normal = Url::NormalReason(id, till);
    let ask = normal.with_query(&[("reason", "other_device")]);
    assert!(anvar.get(&ask).await.body.contains("это нормально?"));
    let unknown = normal.with_query(&[("reason", "moon")]);
    assert_eq!(anvar.get(&unknown).await.status, StatusCode::NOT_FOUND);
    let form = |note| [("reason", "other_device"), ("note", note)];
    let refused = anvar.post(&normal.to_string(), &form(" ")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = anvar.post(&normal.to_string(), &form("Две смены")).await;
    assert_eq!(done.location(), Url::TillActivity(id, till).to_string());
    let page = anvar.get(done.location()).await;
    assert!(page.body.contains("Признаков нет"), "{}", page.body);
    assert!(page.body.contains("Две смены"), "{}", page.body);
    let quiet = anvar.get(&Url::Signs.to_string()).await;
    assert!(
        quiet.body.contains("Ничего подозрительного"),
        "{}",
        quiet.body
    );
    assert_eq!(server.platform_acts().await[0], "sign_silenced");
    let acts = server.acts().await;
    assert!(!acts.contains(&"sign_silenced".to_owned()), "{acts:?}");
}

#[on_both_engines]
async fn no_store_sees_the_activity_of_another_and_no_owner_any(database: TestDatabase) {
    let server = Server::start(&database).await;
    let other = server.second_store().await;
    let (mut anvar, ..) = admin(&server, "anvar").await;
    let (id, till) = (server.shop.till.tenant_id, server.shop.till.id);
    for (store, till) in [
        (other.till.tenant_id, till),
        (id, other.till.id),
        (99, till),
    ] {
        for url in [
            Url::TillActivity(store, till),
            Url::NormalReason(store, till),
        ] {
            let path = url.with_query(&[("reason", "two_places")]);
            assert_eq!(
                anvar.get(&path).await.status,
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }
    assert_eq!(
        anvar.get(&Url::Activity(99).to_string()).await.status,
        StatusCode::NOT_FOUND
    );
    let mut owner = server.person(Role::Owner, "owner").await;
    for url in [Url::Signs, Url::Activity(id), Url::TillActivity(id, till)] {
        let answer = owner.get(&url.to_string()).await;
        assert!(answer.location().starts_with("/admin/sign-in"), "{url}");
    }
}

#[on_both_engines]
async fn the_sign_in_and_the_script_are_where_pages_look_for_them(database: TestDatabase) {
    let server = Server::start(&database).await;
    let script = server.browser().get(app::page::REFRESH_URL).await;
    assert_eq!(script.status, StatusCode::OK);
    assert_eq!(
        script.headers["content-type"],
        "text/javascript; charset=utf-8"
    );
    // Pages that are not live still allow no script.
    let page = server.browser().get("/admin/sign-in").await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(!policy.contains("script-src"), "{policy}");
}
