//! Files with bonuses for clients who collect bonuses here already.

use domain::Role;
use reqwest::StatusCode;
use testkit::{TestDatabase, money, on_both_engines};

use crate::browser::Server;
use crate::imports::{applied, seen, uploaded, words};

#[on_both_engines]
async fn an_exported_file_doubles_no_bonuses_unless_told(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let mut owner = server.person(Role::Owner, "owner").await;
    for phone in ["901234567", "901234568"] {
        shop.register(phone).await;
        shop.sell(phone, "1000", "0", None).await.unwrap();
    }
    let file = owner.post("/panel/clients/export", &[("as", "csv")]).await;
    let path = uploaded(&mut owner, &file.bytes).await;
    let shown = words(&owner.get(&path).await.body);
    assert!(shown.contains("Уже копят бонусы здесь 2"), "{shown}");
    assert!(
        shown.contains("Добавить им ещё 100,00 бонусов из файла"),
        "{shown}"
    );
    applied(&mut owner, &path).await;
    for phone in ["901234567", "901234568"] {
        assert_eq!(shop.client(phone).await.figures.bonus_balance, money("50"));
    }
    shop.assert_sound().await;

    // A shop that began with its tills brings the old balances afterwards.
    let old = "Телефон;Имя;Бонусы\n901234567;Зебо;7\n".as_bytes();
    let path = uploaded(&mut owner, old).await;
    let seen = seen(&owner.get(&path).await);
    let form = [("seen", seen.as_str()), ("on-top", "on")];
    let done = owner.post(&path, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let client = shop.client("901234567").await;
    assert_eq!(client.figures.bonus_balance, money("57"));
    assert_eq!(client.full_name.as_deref(), Some("Зебо"));
    shop.assert_sound().await;
}
