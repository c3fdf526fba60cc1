//! Tests of the limits (contract, "Who is calling"): 300 requests a minute per till, and wrong
//! tokens per address.

use std::num::NonZeroU32;
use std::time::Duration;

use clap::Parser;
use domain::Programme;
use serde_json::json;
use server::cli::Cli;
use server::config::Limits;
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, no_limits};
use crate::reply::{Reply, assert_answer};

const SESSION: &str = "/cashier/session";
const STOCK: &str = "/integration/inventory/sync";
const UNKNOWN_TOKEN: &str = "00000000000000000000000000000000000000000000000000000000000000aa";

fn limits(requests: u32, wrong_tokens: u32) -> Limits {
    Limits {
        cashier_requests_per_minute: NonZeroU32::new(requests).unwrap(),
        wrong_tokens_per_minute: NonZeroU32::new(wrong_tokens).unwrap(),
        ..no_limits()
    }
}

/// Returns the limits of a server whose operator has set no limits.
fn default_limits() -> Limits {
    Cli::parse_from(["bonex", "serve"]).settings.limits
}

/// Checks that a request is refused by the limit; returns after how many seconds to repeat it.
fn wait_of(refused: &Reply) -> u64 {
    assert_eq!(
        (refused.status, refused.code()),
        (429, "too_many_requests"),
        "{refused}"
    );
    let seconds = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    seconds
}

#[on_both_engines]
async fn the_301st_call_of_a_minute_is_refused(database: TestDatabase) {
    let server = Server::start_limited(&database, Programme::default(), default_limits()).await;
    let (till, (_, second)) = (server.till(), server.second_till().await);
    for call in 1..=300 {
        let reply = till.get(SESSION).await;
        assert_eq!(reply.status, 200, "call {call}");
        assert_eq!(reply.header("x-ratelimit-limit"), "300");
        assert_eq!(
            reply.header("x-ratelimit-remaining"),
            (300 - call).to_string()
        );
    }
    let refused = till.get(SESSION).await;
    wait_of(&refused);
    // Another spelling of the token is the same till.
    let spelled = server.shop.cashier_token.to_ascii_uppercase();
    wait_of(&till.with("x-cashier-token", &spelled).get(SESSION).await);
    assert_eq!(refused.header("x-ratelimit-limit"), "300");
    assert_eq!(refused.header("x-ratelimit-remaining"), "0");
    assert_answer!(refused, @r#"
    429 {"success":false,"error":"Слишком много запросов. Подождите и повторите.",
    "code":"too_many_requests"}
    "#);
    // The limit applies to all operations.
    wait_of(
        &till
            .post("/cashier/client/register", json!({ "phone": PHONE }))
            .await,
    );
    assert_eq!(
        till.with("x-device-id", "another-pc")
            .get(SESSION)
            .await
            .status,
        403
    );
    let clients = "SELECT COUNT(*) FROM clients WHERE tenant_id = $1";
    assert_eq!(server.shop.number(clients).await, 0);
    // Other tills are not limited.
    assert_eq!(second.get(SESSION).await.status, 200);
    assert_eq!(
        server
            .office()
            .post(STOCK, json!({ "items": [] }))
            .await
            .status,
        200
    );
}

#[on_both_engines]
async fn a_back_office_has_its_own_limit(database: TestDatabase) {
    let server = Server::start_limited(&database, Programme::default(), limits(2, 30)).await;
    for _ in 0..2 {
        assert_eq!(
            server
                .office()
                .post(STOCK, json!({ "items": [] }))
                .await
                .status,
            200
        );
    }
    wait_of(&server.office().post(STOCK, json!({ "items": [] })).await);
    assert_eq!(server.till().get(SESSION).await.status, 200);
}

#[on_both_engines]
async fn guesses_are_limited_and_right_tokens_still_pass(database: TestDatabase) {
    let server = Server::start_limited(&database, Programme::default(), limits(100, 5)).await;
    let (till, (_, second)) = (server.till(), server.second_till().await);
    assert_eq!(till.get(SESSION).await.status, 200);
    for guess in 0..4 {
        let token = format!("{guess:064}");
        let guesser = if guess % 2 == 0 {
            "x-cashier-token"
        } else {
            "x-tenant-token"
        };
        assert_eq!(
            till.with("x-cashier-token", &token)
                .with(guesser, &token)
                .get(SESSION)
                .await
                .status,
            401
        );
    }
    // A wrong device is limited too. Each mismatch is counted, up to the limit.
    let elsewhere = till.with("x-device-id", "another-pc");
    assert_eq!(elsewhere.get(SESSION).await.status, 403);
    wait_of(&elsewhere.get(SESSION).await);
    let mismatches = "SELECT device_mismatch_count FROM cashier_nodes WHERE tenant_id = $1 AND device_id IS NOT NULL";
    assert_eq!(server.shop.number(mismatches).await, 1);
    for guess in 10..30 {
        wait_of(
            &till
                .with("x-cashier-token", &format!("{guess:064}"))
                .get(SESSION)
                .await,
        );
        wait_of(
            &server
                .office()
                .with("x-tenant-token", UNKNOWN_TOKEN)
                .post(STOCK, json!({ "items": [] }))
                .await,
        );
        assert_eq!(till.get(SESSION).await.status, 200);
    }
    // A till and a back office that have sent no request before.
    assert_eq!(
        second
            .with("x-device-id", "second-pc")
            .get(SESSION)
            .await
            .status,
        200
    );
    assert_eq!(
        server
            .office()
            .post(STOCK, json!({ "items": [] }))
            .await
            .status,
        200
    );
    assert_eq!(till.register(PHONE).await.status, 201);
    // A disabled till is treated like a caller with wrong tokens.
    let disable = "UPDATE cashier_nodes SET disabled_at = 1 WHERE tenant_id = $1 AND id = $2";
    server.shop.execute(disable, server.shop.till.id).await;
    assert_eq!(till.get(SESSION).await.status, 403);
    wait_of(&till.get(SESSION).await);
}

#[on_both_engines]
async fn requests_without_a_device_count_as_refused_logins(database: TestDatabase) {
    let server = Server::start_limited(&database, Programme::default(), limits(100, 3)).await;
    let till = server.till();
    let (nameless, malformed) = (
        till.without("x-device-id"),
        till.with("x-device-id", "a\tb"),
    );
    for (caller, left) in [(&nameless, "2"), (&malformed, "1"), (&nameless, "0")] {
        let refused = caller.get(SESSION).await;
        assert_eq!(
            (refused.status, refused.code()),
            (400, "device_id_required")
        );
        assert_eq!(refused.header("x-ratelimit-limit"), "3");
        assert_eq!(refused.header("x-ratelimit-remaining"), left);
    }
    for caller in [&nameless, &malformed] {
        wait_of(&caller.get(SESSION).await);
    }
    assert_eq!(till.get(SESSION).await.status, 200);
    // Faults of a request with right tokens are not counted.
    for _ in 0..4 {
        assert_eq!(
            till.post("/cashier/client/register", json!({}))
                .await
                .status,
            422
        );
    }
}

#[on_both_engines]
async fn a_store_may_send_a_limited_number_of_lists_an_hour(database: TestDatabase) {
    let limits = Limits {
        stock_lists_per_hour: NonZeroU32::new(2).unwrap(),
        ..no_limits()
    };
    let server = Server::start_limited(&database, Programme::default(), limits).await;
    let other = server.second_store(Programme::default()).await;
    let office = server.office();
    for _ in 0..2 {
        assert_eq!(office.post(STOCK, json!({ "items": [] })).await.status, 200);
    }
    let refused = office.post(STOCK, json!({ "items": [] })).await;
    assert_eq!((refused.status, refused.code()), (429, "too_many_requests"));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((3_000..=3_601).contains(&wait), "{wait}");
    let elsewhere = server.till_of(&other);
    assert_eq!(
        elsewhere.post(STOCK, json!({ "items": [] })).await.status,
        200
    );
    assert_eq!(server.till().get(SESSION).await.status, 200);
}

/// Runs only on SQLite, because the test waits for a whole minute, and the limits do not depend on
/// the database.
#[tokio::test(flavor = "multi_thread")]
async fn after_its_minute_a_caller_has_the_full_limit_again() {
    let database = TestDatabase::sqlite();
    let server = Server::start_limited(&database, Programme::default(), limits(3, 1)).await;
    let (till, (_, second)) = (server.till(), server.second_till().await);
    for _ in 0..3 {
        assert_eq!(till.get(SESSION).await.status, 200);
    }
    let first_wait = wait_of(&till.get(SESSION).await);
    till.with("x-cashier-token", UNKNOWN_TOKEN)
        .get(SESSION)
        .await;
    let stranger = till.with("x-cashier-token", UNKNOWN_TOKEN);
    let wait = wait_of(&stranger.get(SESSION).await).max(first_wait);
    tokio::time::sleep(Duration::from_secs(wait)).await;
    for caller in [&till, &second] {
        for _ in 0..3 {
            assert_eq!(caller.get(SESSION).await.status, 200);
        }
        wait_of(&caller.get(SESSION).await);
    }
}
