//! Every example of the seed, field by field.

mod lookup;
mod returns;
mod sale;
mod store;

use domain::{BasisPoints, Programme, Tier};
use serde_json::json;
use testkit::{TestDatabase, money};

use crate::harness::{HOLD_SECONDS, PHONE, Server, Till};

/// Creates the store of the lookup example. Its client has 150 bonuses, 30 of them on hold, has
/// spent 1200 and has the tier Gold.
async fn store_of_the_document(database: &TestDatabase) -> (Server, Till) {
    let gold = Tier {
        id: 2,
        name: "Gold".to_owned(),
        color: "#C9A227".to_owned(),
        from_spent: money("1000"),
        bonus_percent: None,
        max_redeem_percent: None,
    };
    let programme = Programme {
        bonus_percent: BasisPoints::from_percent(20),
        tiers: vec![gold],
        ..Programme::default()
    };
    let server = Server::start(database, programme).await;
    let till = server.till();
    let client = json!({ "phone": PHONE, "full_name": "Парвиз Солиев" });
    till.post("/cashier/client/register", client).await;
    till.sell(PHONE, "600", "0", "earlier").await;
    server.shop.clock.advance(HOLD_SECONDS);
    let five_percent = "UPDATE programmes SET bonus_percent_bp = $2 WHERE tenant_id = $1";
    server.shop.execute(five_percent, 500).await;
    till.sell(PHONE, "600", "0", "lately").await;
    (server, till)
}

/// Creates a store whose client has `balance` bonuses that can be spent at once.
async fn client_with(database: &TestDatabase, balance: &str, programme: Programme) -> Till {
    let server = Server::start(database, programme).await;
    let till = server.till();
    till.register(PHONE).await;
    let earns = money(balance).dirams() * 20;
    let total = domain::Money::from_dirams(earns).to_string();
    till.sell(PHONE, &total, "0", "earlier").await;
    server.shop.clock.advance(HOLD_SECONDS);
    assert_eq!(till.balance(PHONE).await.to_string(), balance);
    till
}
