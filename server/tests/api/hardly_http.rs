//! Malformed and unusual HTTP requests.

use testkit::{TestDatabase, on_both_engines};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::Server;
use crate::hostile::{Random, assert_well, in_time, shop_of_victims};

/// Sends raw bytes and returns the status of the answer, or `None` if the server closes the
/// connection without an answer.
async fn raw(server: &Server, request: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(server.address().authority())
        .await
        .unwrap();
    // The write may fail, because the server may answer and close before it has read everything.
    let _ = stream.write_all(request).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = in_time(stream.read_to_end(&mut answer)).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

#[on_both_engines]
async fn malformed_http_gets_a_4xx_or_a_closed_connection(database: TestDatabase) {
    let (server, till) = shop_of_victims(&database).await;
    let post = |headers: &str, body: &str| {
        format!("POST /api/v1/cashier/sale HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n{body}").into_bytes()
    };
    let many: Vec<_> = (0..500)
        .map(|number| format!("X-Header-{number}: 1\r\n"))
        .collect();
    for (what, request) in [
        ("no method", b"\r\n\r\n".to_vec()),
        ("random bytes", Random(7).bytes()),
        (
            "TLS",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        ),
        (
            "an HTTP/2 preface",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        ),
        (
            "a long path",
            format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(100_000)).into_bytes(),
        ),
        (
            "an unprintable path",
            b"GET /api/v1/\x01\xff HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
        ),
        (
            "a path above the root",
            b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_vec(),
        ),
        (
            "a server-wide method",
            b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_vec(),
        ),
        (
            "a proxy's request",
            b"CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_vec(),
        ),
        ("many headers", post(&many.concat(), "")),
        (
            "a long header",
            post(
                &format!("X-Tenant-Token: {}\r\n", "a".repeat(1_000_000)),
                "",
            ),
        ),
        (
            "a header twice",
            post(
                "X-Tenant-Token: a\r\nX-Tenant-Token: b\r\nX-Device-Id: \r\n",
                "",
            ),
        ),
        ("a folded header", post("X-Tenant-Token: a\r\n b\r\n", "")),
        (
            "two lengths",
            post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}"),
        ),
        ("a negative length", post("Content-Length: -1\r\n", "{}")),
        (
            "a huge length",
            post("Content-Length: 99999999999999999999\r\n", "{}"),
        ),
        (
            "length and chunks",
            post(
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
                "0\r\n\r\n",
            ),
        ),
        (
            "broken chunks",
            post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"),
        ),
        ("an incomplete body", post("Content-Length: 100\r\n", "{")),
    ] {
        let status = raw(&server, &request).await;
        assert!(
            status.is_none_or(|status| (400..500).contains(&status)),
            "{what}: {status:?}"
        );
    }
    assert_well(&server, &till).await;
}
