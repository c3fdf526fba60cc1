//! What the list of sales finds, and how far it looks.

use backend::sales::RecordSale;
use domain::sales::CheckSums;
use domain::{Money, Role};
use testkit::{Shop, TestDatabase, on_both_engines};

use crate::browser::{Browser, Server};
use crate::files::text;

/// Records a sale with these numbers of the till and of its fiscal printer.
async fn sell(shop: &Shop, id: &str, receipt_number: Option<&str>, somoni: i64) {
    let sums = CheckSums {
        total: Money::from_somoni(somoni),
        ..CheckSums::default()
    };
    let sale = RecordSale {
        receipt_number: receipt_number.map(str::to_owned),
        ..shop.sale("900000001", sums, Some(id))
    };
    shop.backend.run(&sale).await.unwrap();
}

/// Returns the number of documents of the list.
async fn found(browser: &mut Browser, query: &str) -> usize {
    let page = browser.get(&format!("/panel/sales?{query}")).await.body;
    page.matches("class=\"title\"").count()
}

#[on_both_engines]
async fn a_number_finds_its_documents_however_old(database: TestDatabase) {
    let server = Server::start(&database).await;
    let other = server.second_store().await;
    let shop = &server.shop;
    shop.register("900000001").await;
    other.register("900000001").await;
    sell(&other, "41", Some("41"), 19).await;
    sell(shop, "41", None, 10).await;
    sell(shop, "a", Some("41"), 11).await;
    sell(shop, "0B4B4BF0-0000-4000-8000-00000000000A", None, 12).await;
    // The fiscal drive was replaced, and its numbers begin again.
    shop.clock.advance(40 * 86_400);
    sell(shop, "41", None, 13).await;
    let mut owner = server.person(Role::Owner, "owner").await;
    for (query, count) in [
        ("number=41", 3),
        ("number=a", 1),
        ("number=42", 0),
        ("number=0B4B4BF0-0000-4000-8000-00000000000A", 1),
        ("number=0b4b4bf0-0000-4000-8000-00000000000a", 1),
        ("number=0b4b4bf00000400080000000000000", 0),
        ("number=41&days=all&kind=return", 0),
        ("number=41&from=2026-07-01", 1),
    ] {
        assert_eq!(found(&mut owner, query).await, count, "{query}");
    }
    let page = text(&owner.get("/panel/sales?number=41").await.body);
    assert!(page.contains("34,00"), "the sum of all three: {page}");
}

const RECEIPTS: &str = r"
    INSERT INTO receipts (
        tenant_id,
        cashier_node_id,
        total_dirams,
        receipt_date,
        happened_at,
        created_at
    )
    WITH RECURSIVE numbers (number) AS (
        SELECT 1
        UNION ALL
        SELECT number + 1
        FROM numbers
        WHERE number < 20100
    )
    SELECT
        $1,
        (SELECT MIN(id) FROM cashier_nodes WHERE tenant_id = $1),
        500,
        $2 + number,
        $2 + number,
        $2 + number
    FROM numbers
";

#[on_both_engines]
async fn a_long_search_stops_and_goes_on(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    shop.register("900000001").await;
    sell(shop, "rare", None, 777).await;
    shop.clock.advance(86_400);
    let now = shop.backend.clock.now().micros();
    assert_eq!(shop.execute(RECEIPTS, now).await, 20_100);
    shop.clock.advance(3_600);
    let mut owner = server.person(Role::Owner, "owner").await;
    let page = owner.get("/panel/sales?days=all&min=700").await.body;
    assert!(
        text(&page).contains("Ничего не нашлось до 6\u{a0}июня"),
        "{page}"
    );
    let next = page
        .split("href=\"")
        .find(|link| link.contains("after="))
        .and_then(|link| link.split('"').next());
    let next = next.unwrap().replace("&amp;", "&");
    let page = owner.get(&next).await.body;
    assert!(text(&page).contains("777,00"), "{page}");
    assert_eq!(page.matches("class=\"title\"").count(), 1);
    // Without the amount everything is summed up, by days or one by one.
    let all = text(&owner.get("/panel/sales?days=all").await.body);
    let sum = "101\u{a0}277,00";
    assert!(all.contains(sum), "{all}");
    shop.clock.advance(9 * 86_400);
    backend::reports::sum_up_days(&shop.backend, shop.till.tenant_id)
        .await
        .unwrap();
    let all = text(&owner.get("/panel/sales?days=all").await.body);
    assert!(all.contains(sum), "{all}");
}
