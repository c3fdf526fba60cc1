//! Whatever is sent, the answer is a refusal in bounded time, and the server goes on working.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::on_both_engines;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::{PHONE, Server, Till, without_hold};
use crate::openapi::{Sample, samples, stocked};
use crate::reply::Reply;

/// Longer than anything here takes; a request over it hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// JSON that no field takes as it is: wrong types, huge and odd numbers, text that no database stores.
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

/// A small generator (Knuth's MMIX constants), so that a failure can be seen again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u8 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.0.to_be_bytes()[0]
    }

    fn bytes(&mut self) -> Vec<u8> {
        (0..self.next()).map(|_| self.next()).collect()
    }

    /// `text` with a few of its bytes replaced, doubled or taken out.
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

async fn in_time<T>(answer: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, answer)
        .await
        .expect("an answer in time")
}

/// The sample's body with `value` for each field in turn, those of nested objects included.
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

async fn shop_of_victims(database: &testkit::TestDatabase) -> (Server, Till) {
    let server = Server::start(database, without_hold()).await;
    let till = server.till();
    stocked(&till, PHONE).await;
    (server, till)
}

/// The server still serves, and its ledger is sound.
async fn assert_well(server: &Server, till: &Till) {
    assert_eq!(till.sell(PHONE, "10", "0", "").await.status, 201);
    server.shop.assert_sound().await;
}

/// Sends bytes as they are and returns the status of the answer; none where the server just hangs up.
async fn raw(server: &Server, request: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(server.address().authority())
        .await
        .unwrap();
    // The server may have seen enough before it has read everything.
    let _ = stream.write_all(request).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = in_time(stream.read_to_end(&mut answer)).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

on_both_engines! {
    async fn no_value_of_any_field_is_too_much(database: TestDatabase) {
        let (server, till) = shop_of_victims(&database).await;
        for sample in posts() {
            for hostile in HOSTILE {
                for (field, body) in with_each_field(&sample.body, hostile) {
                    // Every answer is checked to be below 500; some of these are even right.
                    let reply = in_time(till.post_text(&sample.path, body)).await;
                    assert!([200, 201, 404, 422].contains(&reply.status), "{field} {hostile}: {reply}");
                }
            }
        }
        assert_well(&server, &till).await;
    }

    async fn text_that_postgres_cannot_store_is_refused_by_its_field(database: TestDatabase) {
        let (server, till) = shop_of_victims(&database).await;
        for sample in posts() {
            for (pointer, body) in with_each_field(&sample.body, "\"a\\u0000b\"") {
                let reply = till.post_text(&sample.path, body).await;
                if pointer.starts_with("/lines") {
                    // No line refuses a sale.
                    assert!(["", "duplicate_sale"].contains(&reply.code()), "{pointer}: {reply}");
                    continue;
                }
                assert_eq!((reply.status, reply.code()), (422, "invalid_fields"), "{} {pointer}: {reply}", sample.operation);
            }
        }
        for path in ["%00", "a%00b", "%2B992901234567%00"] {
            assert_eq!(till.get(&format!("/cashier/client/{path}")).await.status, 422);
            assert_eq!(till.get(&format!("/cashier/client/901234567?check_amount={path}")).await.status, 422);
        }
        assert_well(&server, &till).await;
    }

    async fn random_bytes_are_no_request(database: TestDatabase) {
        let (server, till) = shop_of_victims(&database).await;
        let mut random = Random(20_260_605);
        for sample in posts() {
            let good = sample.body.to_string();
            for _ in 0..100 {
                let reply: Reply = in_time(till.post_text(&sample.path, random.bytes())).await;
                assert_eq!((reply.status, reply.code()), (400, "malformed_json"), "{reply}");
                let spoiled = random.spoil(&good);
                let shown = String::from_utf8_lossy(&spoiled).into_owned();
                let reply = in_time(till.post_text(&sample.path, spoiled)).await;
                assert!([200, 201, 400, 404, 422].contains(&reply.status), "{shown}: {reply}");
            }
        }
        assert_well(&server, &till).await;
    }

    async fn depth_and_length_are_bounded(database: TestDatabase) {
        let (server, till) = shop_of_victims(&database).await;
        for sample in posts() {
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                let deep = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
                for (field, body) in with_each_field(&sample.body, &deep(50_000)) {
                    let reply = in_time(till.post_text(&sample.path, body)).await;
                    assert!(reply.status == 422 || field.starts_with("/lines"), "{field}: {reply}");
                }
                let reply = in_time(till.post_text(&sample.path, deep(50_000))).await;
                assert!([400, 422].contains(&reply.status), "{reply}");
                let unknown = format!("{{\"unknown\":{}}}", deep(50_000));
                assert_eq!(in_time(till.post_text(&sample.path, unknown)).await.status, 422);
                let unclosed = open.repeat(100_000);
                assert_eq!(in_time(till.post_text(&sample.path, unclosed)).await.status, 400);
            }
            let names: Vec<_> = (0..20_000).map(|name| format!("\"{name}\":0")).collect();
            let many_fields = format!("{{{}}}", names.join(","));
            assert_eq!(in_time(till.post_text(&sample.path, many_fields)).await.status, 422);
            let large = vec![b' '; 10 * 1024 * 1024];
            assert_eq!(in_time(till.post_text(&sample.path, large)).await.status, 413, "{}", sample.operation);
        }
        assert_well(&server, &till).await;
    }

    async fn odd_paths_and_queries_find_nothing(database: TestDatabase) {
        let (server, till) = shop_of_victims(&database).await;
        let identifiers = [
            "%", "%zz", "%2", "%FF%FE", "%C0%80", "..%2f..%2fetc%2fpasswd", "%25", "%2B", "'", "%22%3B--", "%E2%80%AE",
            "+", "0", "999999999999999999999999999999", "200000000000%30", "%F0%9F%92%A9", "001-000000%D9%A1",
        ];
        let long = "9".repeat(8_000);
        for identifier in identifiers.into_iter().chain([long.as_str()]) {
            let reply = in_time(till.get(&format!("/cashier/client/{identifier}"))).await;
            assert!([404, 422].contains(&reply.status), "{identifier}: {reply}");
        }
        for query in ["check_amount=1&check_amount=2", "check_amount=%FF", "check_amount=NaN", "check_amount=1e400", "check_amount=-1"] {
            let reply = in_time(till.get(&format!("/cashier/client/901234567?{query}"))).await;
            assert_eq!(reply.status, 422, "{query}: {reply}");
        }
        for query in ["", "check_amount", "a=b&c", "check_amount[]=1", "%00=%00", &"x".repeat(8_000)] {
            let reply = in_time(till.get(&format!("/cashier/client/901234567?{query}"))).await;
            assert_eq!(reply.status, 200, "{query}: {reply}");
        }
        assert_well(&server, &till).await;
    }

    async fn what_is_hardly_http_ends_there(database: TestDatabase) {
        let (server, till) = shop_of_victims(&database).await;
        let post = |headers: &str, body: &str| {
            format!("POST /api/v1/cashier/sale HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n{body}").into_bytes()
        };
        let many: Vec<_> = (0..500).map(|number| format!("X-Header-{number}: 1\r\n")).collect();
        for (what, request) in [
            ("no method", b"\r\n\r\n".to_vec()),
            ("random bytes", Random(7).bytes()),
            ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
            ("an HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
            ("a long path", format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(100_000)).into_bytes()),
            ("an unprintable path", b"GET /api/v1/\x01\xff HTTP/1.1\r\nHost: x\r\n\r\n".to_vec()),
            ("a path above the root", b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_vec()),
            ("a server-wide method", b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_vec()),
            ("a proxy's request", b"CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_vec()),
            ("many headers", post(&many.concat(), "")),
            ("a long header", post(&format!("X-Tenant-Token: {}\r\n", "a".repeat(1_000_000)), "")),
            ("a header twice", post("X-Tenant-Token: a\r\nX-Tenant-Token: b\r\nX-Device-Id: \r\n", "")),
            ("a folded header", post("X-Tenant-Token: a\r\n b\r\n", "")),
            ("two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}")),
            ("a length that is none", post("Content-Length: -1\r\n", "{}")),
            ("a huge length", post("Content-Length: 99999999999999999999\r\n", "{}")),
            ("length and chunks", post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
            ("broken chunks", post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n")),
            ("a body that breaks off", post("Content-Length: 100\r\n", "{")),
        ] {
            let status = raw(&server, &request).await;
            assert!(status.is_none_or(|status| (400..500).contains(&status)), "{what}: {status:?}");
        }
        assert_well(&server, &till).await;
    }
}
