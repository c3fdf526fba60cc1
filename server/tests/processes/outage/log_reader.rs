//! A test of a log reader that stops reading: the server does not wait for it and counts the
//! dropped lines.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use testkit::TestDatabase;

use crate::process::{Process, bonex};

/// The number of requests: their log lines are more than the pipe and the server can buffer.
const REQUESTS: usize = 7_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_log_reader_that_stops_reading_does_not_stop_the_server() {
    let database = TestDatabase::sqlite();
    let mut serve = bonex(&database);
    serve
        .arg("serve")
        .env("BONEX_LOG", "info")
        .stderr(Stdio::piped());
    let mut server = Process::start_as(&mut serve);
    // Read the log up to the address of the counters, and then stop reading.
    let mut log = BufReader::new(server.log());
    let mut line = String::new();
    let counters = loop {
        line.clear();
        assert_ne!(
            log.read_line(&mut line).unwrap(),
            0,
            "no address of the counters"
        );
        if let Some((_, address)) = line.split_once("metrics on ") {
            break address.trim().to_owned();
        }
    };

    let http = reqwest::Client::new();
    for _ in 0..REQUESTS {
        let alive = http
            .get(format!("{}/healthz", server.url))
            .send()
            .await
            .unwrap();
        assert_eq!(alive.status(), 200);
    }
    let counters = http
        .get(counters)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let dropped = counters
        .lines()
        .find_map(|line| line.strip_prefix("bonex_log_lines_dropped_total "));
    assert!(dropped.unwrap().parse::<u64>().unwrap() > 0, "{counters}");
    assert!(
        tokio::task::spawn_blocking(|| server.terminate())
            .await
            .unwrap()
    );
    drop(log);
}
