//! Hostile input: the server refuses it in bounded time and continues to work.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both_engines};

use crate::harness::{PHONE, Server, Till, without_hold};
use crate::openapi::{Sample, samples, stocked};
use crate::reply::Reply;

/// The time after which a request counts as hanging: longer than any request here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// JSON values that fit no field: wrong types, huge and odd numbers, text that databases cannot
/// store.
const HOSTILE: [&str; 30] = [
    "NaN",
    "-Infinity",
    "1e400",
    "-1e400",
    "1e-400",
    "-1",
    "0.0001",
    "9223372036854775808",
    "-9223372036854775809",
    "1e18",
    "100000000000000000000000000000000000000000000000000",
    "\"1e400\"",
    "\"NaN\"",
    "\"-1\"",
    "true",
    "false",
    "[]",
    "{}",
    "[[[[[[1]]]]]]",
    "{\"a\":{\"b\":{}}}",
    "\"\\u0000\"",
    "\"a\\u0000b\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\u0001\\u001f\\u007f\"",
    "\"\\ufeff\\u202e\\uffff\"",
    "\"'; DROP TABLE sales; --\"",
    "\"%00%ff\"",
    "\"99999999999999999999\"",
    "\"2026-13-45T99:99:99\"",
];

/// A small random generator with a fixed seed (Knuth's MMIX constants), so that a failure can be
/// repeated.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u8 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0.to_be_bytes()[0]
    }

    pub(crate) fn bytes(&mut self) -> Vec<u8> {
        (0..self.next()).map(|_| self.next()).collect()
    }

    /// Returns `text` with a few of its bytes replaced, doubled or removed.
    fn spoil(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.next() % 4 {
            let at = usize::from(self.next()) * bytes.len() / 256;
            match self.next() % 3 {
                0 => bytes[at] = self.next(),
                1 => bytes.insert(at, bytes[at]),
                _ => drop(bytes.remove(at)),
            }
        }
        bytes
    }
}

pub(crate) async fn in_time<T>(answer: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, answer)
        .await
        .expect("an answer in time")
}

/// Returns the bodies in which one field, also of a nested object, is replaced by `value`, each
/// with the path of the field.
fn with_each_field(body: &Value, value: &str) -> Vec<(String, String)> {
    const MARK: &str = "the field to be replaced";
    let mut pointers = Vec::new();
    collect_pointers(body, String::new(), &mut pointers);
    let replaced = |pointer: String| {
        let mut body = body.clone();
        *body.pointer_mut(&pointer).unwrap() = json!(MARK);
        (
            pointer,
            body.to_string().replace(&format!("\"{MARK}\""), value),
        )
    };
    pointers.into_iter().map(replaced).collect()
}

fn collect_pointers(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                collect_pointers(member, format!("{at}/{name}"), pointers);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_pointers(item, format!("{at}/{index}"), pointers);
            }
        }
        _ => {}
    }
    if !at.is_empty() {
        pointers.push(at);
    }
}

fn posts() -> Vec<Sample> {
    samples(PHONE)
        .into_iter()
        .filter(|sample| sample.method == Method::POST)
        .collect()
}

pub(crate) async fn shop_of_victims(database: &TestDatabase) -> (Server, Till) {
    let server = Server::start(database, without_hold()).await;
    let till = server.till();
    stocked(&till, PHONE).await;
    (server, till)
}

/// Checks that the server still serves and that its ledger is sound.
pub(crate) async fn assert_well(server: &Server, till: &Till) {
    assert_eq!(till.sell(PHONE, "10", "0", "").await.status, 201);
    server.shop.assert_sound().await;
}

#[on_both_engines]
async fn a_hostile_value_in_any_field_is_handled(database: TestDatabase) {
    let (server, till) = shop_of_victims(&database).await;
    for sample in posts() {
        for hostile in HOSTILE {
            for (field, body) in with_each_field(&sample.body, hostile) {
                // Every reply is also checked to be below 500. Some of the values are valid.
                let reply = in_time(till.post_text(&sample.path, body)).await;
                assert!(
                    [200, 201, 404, 422].contains(&reply.status),
                    "{field} {hostile}: {reply}"
                );
            }
        }
    }
    assert_well(&server, &till).await;
}

#[on_both_engines]
async fn text_that_postgres_cannot_store_is_refused_by_its_field(database: TestDatabase) {
    let (server, till) = shop_of_victims(&database).await;
    for sample in posts() {
        for (pointer, body) in with_each_field(&sample.body, "\"a\\u0000b\"") {
            let reply = till.post_text(&sample.path, body).await;
            if pointer.starts_with("/lines") {
                // A wrong line does not make a sale fail.
                assert!(
                    ["", "duplicate_sale"].contains(&reply.code()),
                    "{pointer}: {reply}"
                );
                continue;
            }
            assert_eq!(
                (reply.status, reply.code()),
                (422, "invalid_fields"),
                "{} {pointer}: {reply}",
                sample.operation
            );
        }
    }
    for path in ["%00", "a%00b", "%2B992901234567%00"] {
        assert_eq!(
            till.get(&format!("/cashier/client/{path}")).await.status,
            422
        );
        assert_eq!(
            till.get(&format!("/cashier/client/901234567?check_amount={path}"))
                .await
                .status,
            422
        );
    }
    assert_well(&server, &till).await;
}

#[on_both_engines]
async fn random_and_spoiled_bodies_are_handled(database: TestDatabase) {
    let (server, till) = shop_of_victims(&database).await;
    let mut random = Random(20_260_605);
    for sample in posts() {
        let good = sample.body.to_string();
        for _ in 0..100 {
            let reply: Reply = in_time(till.post_text(&sample.path, random.bytes())).await;
            assert_eq!(
                (reply.status, reply.code()),
                (400, "malformed_json"),
                "{reply}"
            );
            let spoiled = random.spoil(&good);
            let shown = String::from_utf8_lossy(&spoiled).into_owned();
            let reply = in_time(till.post_text(&sample.path, spoiled)).await;
            assert!(
                [200, 201, 400, 404, 422].contains(&reply.status),
                "{shown}: {reply}"
            );
        }
    }
    assert_well(&server, &till).await;
}

#[on_both_engines]
async fn depth_and_length_are_bounded(database: TestDatabase) {
    let (server, till) = shop_of_victims(&database).await;
    for sample in posts() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
            for (field, body) in with_each_field(&sample.body, &deep(50_000)) {
                let reply = in_time(till.post_text(&sample.path, body)).await;
                assert!(
                    reply.status == 422 || field.starts_with("/lines"),
                    "{field}: {reply}"
                );
            }
            let reply = in_time(till.post_text(&sample.path, deep(50_000))).await;
            assert!([400, 422].contains(&reply.status), "{reply}");
            let unknown = format!("{{\"unknown\":{}}}", deep(50_000));
            assert_eq!(
                in_time(till.post_text(&sample.path, unknown)).await.status,
                422
            );
            let unclosed = open.repeat(100_000);
            assert_eq!(
                in_time(till.post_text(&sample.path, unclosed)).await.status,
                400
            );
        }
        let names: Vec<_> = (0..20_000).map(|name| format!("\"{name}\":0")).collect();
        let many_fields = format!("{{{}}}", names.join(","));
        assert_eq!(
            in_time(till.post_text(&sample.path, many_fields))
                .await
                .status,
            422
        );
        let large = vec![b' '; 10 * 1024 * 1024];
        assert_eq!(
            in_time(till.post_text(&sample.path, large)).await.status,
            413,
            "{}",
            sample.operation
        );
    }
    assert_well(&server, &till).await;
}

#[on_both_engines]
async fn odd_paths_and_queries_find_nothing(database: TestDatabase) {
    let (server, till) = shop_of_victims(&database).await;
    let identifiers = [
        "%",
        "%zz",
        "%2",
        "%FF%FE",
        "%C0%80",
        "..%2f..%2fetc%2fpasswd",
        "%25",
        "%2B",
        "'",
        "%22%3B--",
        "%E2%80%AE",
        "+",
        "0",
        "999999999999999999999999999999",
        "200000000000%30",
        "%F0%9F%92%A9",
        "001-000000%D9%A1",
    ];
    let long = "9".repeat(8_000);
    for identifier in identifiers.into_iter().chain([long.as_str()]) {
        let reply = in_time(till.get(&format!("/cashier/client/{identifier}"))).await;
        assert!([404, 422].contains(&reply.status), "{identifier}: {reply}");
    }
    for query in [
        "check_amount=1&check_amount=2",
        "check_amount=%FF",
        "check_amount=NaN",
        "check_amount=1e400",
        "check_amount=-1",
    ] {
        let reply = in_time(till.get(&format!("/cashier/client/901234567?{query}"))).await;
        assert_eq!(reply.status, 422, "{query}: {reply}");
    }
    for query in [
        "",
        "check_amount",
        "a=b&c",
        "check_amount[]=1",
        "%00=%00",
        &"x".repeat(8_000),
    ] {
        let reply = in_time(till.get(&format!("/cashier/client/901234567?{query}"))).await;
        assert_eq!(reply.status, 200, "{query}: {reply}");
    }
    assert_well(&server, &till).await;
}
