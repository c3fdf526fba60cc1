//! Reports of one branch, past days, and what is usual in a branch.

use backend::reports;
use backend::sales::RecordSale;
use backend::tills::AuthenticatedTill;
use domain::sales::CheckSums;
use domain::{Money, Role};
use testkit::{Shop, TestDatabase, on_both_engines};

use crate::browser::Server;
use crate::files::{cells, download, text};

/// Sells for `somoni` at a till.
async fn sell(shop: &Shop, till: &AuthenticatedTill, cashier: &str, phone: &str, somoni: i64) {
    shop.register(phone).await;
    let sums = CheckSums {
        total: Money::from_somoni(somoni),
        ..CheckSums::default()
    };
    let sale = RecordSale {
        till,
        cashier_id: Some(cashier.to_owned()),
        ..shop.sale(phone, sums, None)
    };
    shop.backend.run(&sale).await.unwrap();
}

#[on_both_engines]
async fn a_report_is_about_the_branch_in_its_address(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    let second = AuthenticatedTill {
        id: shop.add_till("Касса 2").await.id,
        ..shop.till.clone()
    };
    for (till, somoni) in [(&shop.till, 11), (&second, 200), (&second, 300)] {
        sell(shop, till, "Зебо", "900000001", somoni).await;
    }
    // The same before and after the days are summed up.
    for days in [0, 12] {
        shop.clock.advance(days * 86_400);
        reports::sum_up_days(&shop.backend, shop.till.tenant_id)
            .await
            .unwrap();
        let mut owner = server.person(Role::Owner, &format!("owner-{days}")).await;
        for (branch, checks, sold) in [
            ("", "3", "511,00"),
            ("&branch=1", "1", "11,00"),
            ("&branch=2", "2", "500,00"),
            ("&branch=77", "3", "511,00"),
            ("&branch=x", "3", "511,00"),
        ] {
            let query = format!("span=30{branch}");
            let table = format!("/panel/reports?{query}&table=members");
            assert_eq!(
                download(&mut owner, &table).await[1][1..3],
                [checks, sold],
                "{query}"
            );
            let week = format!("/panel/reports?{query}&table=week");
            let week = download(&mut owner, &week).await;
            let sum: i64 = week[1..]
                .iter()
                .flat_map(|row| &row[1..])
                .map(|checks| checks.parse::<i64>().unwrap())
                .sum();
            assert_eq!(sum.to_string(), checks, "{query}");
            let days = format!("/panel/reports/result?{query}&table=days");
            let days = download(&mut owner, &days).await;
            assert!(days.iter().any(|row| row[1] == sold), "{query}: {days:?}");
        }
        let result = owner.get("/panel/reports/result?span=30&branch=2").await;
        let tills = cells(&result.body, "Кассы");
        assert_eq!(tills.len(), 1);
        assert_eq!(tills[0][..3], ["Касса 2", "500,00", "2"]);
        let words = text(&result.body);
        assert!(words.contains("Второй филиал"), "{words}");
        assert!(!words.contains("Приветственные"), "{words}");
        // The choice goes along with every link.
        for link in ["span=7&amp;branch=2", "/reports/unusual?branch=2"] {
            assert!(result.body.contains(link), "{link}: {}", result.body);
        }
        let all = owner.get("/panel/reports/result?span=30").await.body;
        assert!(text(&all).contains("все филиалы"));
    }
}

#[on_both_engines]
async fn a_past_day_is_compared_as_a_whole(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    sell(shop, &shop.till, "Зебо", "900000001", 30).await;
    shop.clock.advance(7 * 86_400);
    sell(shop, &shop.till, "Зебо", "900000001", 40).await;
    shop.clock.advance(86_400);
    let mut owner = server.person(Role::Owner, "owner").await;
    let past = text(&owner.get("/panel?day=2026-06-12").await.body);
    assert!(
        past.contains("на 10,00 больше, чем 5\u{a0}июня (+33,3\u{a0}%)"),
        "{past}"
    );
    assert!(
        !past.contains("к этому часу") && !past.contains("ещё идёт"),
        "{past}"
    );
    let empty = text(&owner.get("/panel?day=2026-06-05").await.body);
    assert!(empty.contains("29\u{a0}мая продаж не было"), "{empty}");
    let today = text(&owner.get("/panel").await.body);
    assert!(today.contains("к этому часу"), "{today}");
}

#[on_both_engines]
async fn two_cashiers_are_nothing_unusual(database: TestDatabase) {
    let server = Server::start(&database).await;
    let shop = &server.shop;
    for round in 0..6 {
        for client in 0..20 {
            let phone = format!("9000001{client:02}");
            // Some come more often in the evening, to the second cashier.
            for cashier in ["Первый", "Второй"] {
                if cashier == "Второй" || client % 5 > 0 || round % 2 == 0 {
                    sell(shop, &shop.till, cashier, &phone, 17).await;
                }
            }
        }
        shop.clock.advance(86_400);
    }
    let mut owner = server.person(Role::Owner, "owner").await;
    let givers = "/panel/reports/unusual?table=givers";
    assert_eq!(download(&mut owner, givers).await.len(), 1);
    for _ in 0..12 {
        sell(shop, &shop.till, "Первый", "900000900", 17).await;
        shop.clock.advance(3_600);
    }
    let file = download(&mut owner, givers).await;
    assert_eq!(file.len(), 2, "{file:?}");
    assert_eq!(file[1][1..5], ["100%", "кассир Первый", "12", "12"]);
    let page = text(&owner.get("/panel/reports/unusual").await.body);
    assert!(page.contains("Обычно"), "{page}");
}
