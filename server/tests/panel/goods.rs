//! The goods: what lists of stock bring, and what a list that switches off too much asks.

use backend::inventory::{self, Item, SyncInventory};
use backend::sales::SaleLine;
use backend::stores::AuthenticatedStore;
use domain::sales::CheckSums;
use domain::{Quantity, Role};
use reqwest::StatusCode;
use testkit::{Shop, TestDatabase, money, on_both_engines};

use crate::browser::Server;
use crate::files::download;

const PHONE: &str = "+992900000501";
const HOSTILE: &str = "=cmd|' /C calc'!A0<script>alert(1)</script>";

pub(crate) fn item(sku: &str, name: &str, pieces: i64) -> Item {
    Item {
        sku: sku.to_owned(),
        name: name.to_owned(),
        category_code: Some("Крупы".to_owned()),
        quantity: Quantity::from_thousandths(pieces * 1_000),
    }
}

pub(crate) async fn sync(shop: &Shop, items: Vec<Item>) {
    let store = AuthenticatedStore {
        tenant_id: shop.till.tenant_id,
    };
    let paces = inventory::paces(&shop.backend, store.tenant_id).await;
    let sync = SyncInventory {
        store: &store,
        items,
        kept: Vec::new(),
        paces: paces.unwrap(),
        deactivate_missing: true,
    };
    shop.backend.run(&sync).await.unwrap();
    shop.clock.advance(60);
}

/// Sells pieces of an article.
async fn sell(shop: &Shop, sku: &str, pieces: i64) {
    let sums = CheckSums {
        total: money("10"),
        ..CheckSums::default()
    };
    let mut sale = shop.sale(PHONE, sums, None);
    sale.lines = vec![SaleLine {
        sku: Some(sku.to_owned()),
        category_code: None,
        name: "товар".to_owned(),
        quantity: Quantity::from_thousandths(pieces * 1_000),
        unit_price: money("1"),
        line_amount: money("1"),
    }];
    shop.backend.run(&sale).await.unwrap();
}

fn shown(body: &str) -> usize {
    body.matches("<td role=\"cell\" class=\"a\">").count()
}

#[on_both_engines]
async fn goods_are_told_with_their_pace_and_as_files(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    shop.add_till("Вторая").await;
    shop.register(PHONE).await;
    let mut reader = server.person(Role::Accountant, "accountant").await;
    let empty = reader.get("/panel/goods").await.body;
    assert!(empty.contains("Товаров пока нет"), "{empty}");

    sell(shop, "4600000000017", 30).await;
    let list = vec![
        item("4600000000017", "Рис «Девзира»", 10),
        item("2", HOSTILE, 5),
        item("3", "100% Чай_чёрный", 0),
        item("4", "Чай ЗЕЛЁНЫЙ", -2),
    ];
    sync(shop, list).await;
    let page = reader.get("/panel/goods").await.body;
    assert_eq!(shown(&page), 4);
    assert!(!page.contains("<script>"));
    assert!(page.contains("присылают 1 из 2 касс"), "{page}");
    // 30 pieces in at least 30 days: 10 pieces last ten days.
    assert!(page.contains("10\u{a0}дней"), "{page}");
    for (query, number) in [
        ("", 4),
        ("?show=slow", 1),
        ("?show=none", 2),
        ("?show=off", 0),
        ("?show=nothing", 4),
        ("?q=%D1%87%D0%B0%D0%B9", 2),
        ("?q=%D0%B7%D0%B5%D0%BB%D1%91%D0%BD%D1%8B%D0%B9", 1),
        ("?q=46000", 1),
        ("?q=%25", 1),
        ("?q=_", 1),
        ("?q=!", 1),
        ("?q=%00", 4),
        ("?category=%D0%9A%D1%80%D1%83%D0%BF%D1%8B", 4),
        ("?category=x", 0),
        ("?after=%D0%A0&after_sku=", 2),
    ] {
        let path = format!("/panel/goods{query}");
        let page = reader.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(shown(&page.body), number, "{path}");
        if !query.contains("after") {
            let file = download(&mut reader, &path).await;
            assert_eq!(file.len(), number + 1, "{path}");
        }
    }
    let file = download(&mut reader, "/panel/goods?q=46000").await;
    assert_eq!(file[1][..2], ["4600000000017", "Рис «Девзира»"]);
    assert_eq!((file[1][3].as_str(), file[1][4].as_str()), ("10", "10"));
    assert_eq!(file[1][5], "05.06.2026 19:30:00");
}

#[on_both_engines]
async fn a_list_that_switches_off_most_goods_is_told_and_undone(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let mut manager = server.person(Role::Manager, "manager").await;
    let mut accountant = server.person(Role::Accountant, "accountant").await;
    let all = || {
        let names = 0..10;
        names.map(|number| item(&number.to_string(), &format!("Товар {number}"), 1))
    };
    sync(shop, all().collect()).await;
    // Half of the goods may go without a question.
    sync(shop, all().take(5).collect()).await;
    assert!(!manager.get("/panel").await.body.contains("Список остатков"));
    sync(shop, all().collect()).await;
    sync(shop, all().take(4).collect()).await;
    let today = manager.get("/panel").await.body;
    assert!(
        today.contains("Список остатков выключил 6 товаров из 10"),
        "{today}"
    );
    let page = accountant.get("/panel/goods").await.body;
    assert!(page.contains("выключил 6 товаров из 10"), "{page}");
    assert!(
        !page.contains("/panel/goods/restore"),
        "an accountant only reads"
    );
    let page = manager.get("/panel/goods").await.body;
    assert_eq!(shown(&page), 4);
    let at = page.split("name=\"at\" value=\"").nth(1).unwrap();
    let at = at.split('"').next().unwrap().to_owned();

    for wrong in ["", "0", "x", "9223372036854775807"] {
        let answer = manager.post("/panel/goods/restore", &[("at", wrong)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let other = server.second_store().await;
    let mut stranger = server.person_of(&other, Role::Owner, "stranger").await;
    let answer = stranger.post("/panel/goods/restore", &[("at", &at)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);

    let answer = manager.post("/panel/goods/restore", &[("at", &at)]).await;
    assert_eq!(answer.location(), "/panel/goods");
    let page = manager.get("/panel/goods").await.body;
    assert_eq!(shown(&page), 10);
    assert!(page.contains("Товары снова включены"), "{page}");
    assert!(!page.contains("Список остатков выключил"));
    assert!(server.acts().await.contains(&"goods_restored".to_owned()));
    let again = manager.post("/panel/goods/restore", &[("at", &at)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "once");

    // The next short list asks again, and a person may leave the goods off.
    sync(shop, all().take(1).collect()).await;
    let page = manager.get("/panel/goods").await.body;
    let at = page.split("name=\"at\" value=\"").nth(1).unwrap();
    let at = at.split('"').next().unwrap().to_owned();
    let answer = manager.post("/panel/goods/leave-off", &[("at", &at)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = manager.get("/panel/goods").await.body;
    assert_eq!(shown(&page), 1);
    assert!(!page.contains("Список остатков выключил"));
    assert!(
        server
            .acts()
            .await
            .contains(&"goods_off_confirmed".to_owned())
    );
}
