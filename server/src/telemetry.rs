//! The log and the counters.

use std::io::IsTerminal;
use std::sync::{Arc, OnceLock, mpsc};
use std::time::Duration;

use metrics::{Key, KeyName, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, Settings};
use crate::last_hour::{LastHour, Sums};

/// The number of log lines that may wait for a slow reader. Further lines are dropped and counted.
const WAITING_LINES: usize = 4096;

/// The counter of dropped log lines. Like the log, it belongs to the whole process.
static DROPPED: OnceLock<ErrorCounter> = OnceLock::new();

/// The longest time that writing the last log lines may take when the process ends.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// A guard of the log. When it is dropped, it writes the waiting lines, but does not wait long for
/// a reader that has stopped reading.
pub struct Log(Option<WorkerGuard>);

impl Drop for Log {
    fn drop(&mut self) {
        let worker = self.0.take();
        let (written, waiting) = mpsc::channel::<()>();
        // In a separate thread, because the library reports a failed write to standard error and
        // would then wait for the same reader.
        std::thread::spawn(move || {
            drop(worker);
            drop(written);
        });
        // After a timeout the remaining lines are lost.
        let _ = waiting.recv_timeout(LAST_WORDS);
    }
}

/// Writes the log of the process to standard error until the returned guard is dropped. A reader
/// that stops reading does not delay the server.
pub fn init_logging(settings: &Settings) -> Log {
    let (writer, guard) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(WAITING_LINES)
        .finish(std::io::stderr());
    // A second call, as in a test, keeps the log of the first.
    let _ = DROPPED.set(writer.error_counter());
    let filter = EnvFilter::builder().parse_lossy(&settings.log);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(writer);
    let _ = match settings.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    // The default hook writes to standard error directly and would wait for its reader.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    Log(Some(guard))
}

const REQUESTS: &str = "bonex_http_requests_total";
const SECONDS: &str = "bonex_http_request_seconds";
const RECORDED: &str = "bonex_recorded_total";
const REFUSALS: &str = "bonex_refusals_total";
const DROPPED_LINES: &str = "bonex_log_lines_dropped_total";
const MISMATCHES: &str = "bonex_device_mismatches_total";
const MESSAGES: &str = "bonex_outbox_sent_total";
const PENDING: &str = "bonex_outbox_pending";
const OLDEST_DUE: &str = "bonex_outbox_oldest_due_seconds";

/// Upper bounds of the latency histogram, in seconds.
const LATENCY_BOUNDS: [f64; 12] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0,
];

const METADATA: Metadata<'static> = Metadata::new("bonex", Level::INFO, None);

/// The pages that say whether the server works. Probes ask for them all the time, so they would
/// hide the share of requests that fail.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];

/// Returns the log lines of this process that were dropped for a slow reader.
pub(crate) fn dropped_lines() -> u64 {
    let dropped = DROPPED.get().map_or(0, ErrorCounter::dropped_lines);
    u64::try_from(dropped).unwrap_or(u64::MAX)
}

/// The counters of one server. The process-wide recorder of the library is not used, so that one
/// process can run several servers.
#[derive(Clone)]
pub(crate) struct Metrics {
    recorder: Arc<PrometheusRecorder>,
    handle: PrometheusHandle,
    last_hour: LastHour,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let builder = PrometheusBuilder::new();
        #[allow(clippy::expect_used, reason = "only an empty list is refused")]
        let builder = builder
            .set_buckets(&LATENCY_BOUNDS)
            .expect("the histogram has bounds");
        let recorder = builder.build_recorder();
        for (name, description) in [
            (REQUESTS, "Requests by route, method and status"),
            (
                RECORDED,
                "Sales, redemptions, returns, receipts, registrations and stock lists recorded",
            ),
            (REFUSALS, "Refused requests by code"),
            (DROPPED_LINES, "Log lines dropped for a slow log reader"),
            (
                MISMATCHES,
                "Requests with a till's token from another device",
            ),
            (MESSAGES, "Attempts at messages by channel and outcome"),
        ] {
            recorder.describe_counter(KeyName::from(name), None, description.into());
        }
        for (name, description) in [
            (PENDING, "Messages that are due, at most 1000"),
            (OLDEST_DUE, "Seconds for which a message has been due"),
        ] {
            recorder.describe_gauge(KeyName::from(name), None, description.into());
        }
        let description = "Time from the head of a request to the head of its answer";
        recorder.describe_histogram(KeyName::from(SECONDS), None, description.into());
        Self {
            handle: recorder.handle(),
            recorder: Arc::new(recorder),
            last_hour: LastHour::new(),
        }
    }

    /// Counts an answered request.
    pub(crate) fn answered(&self, method: &str, path: &str, code: u16, took: Duration) {
        let route = Label::new("route", path.to_owned());
        let key = Key::from_parts(SECONDS, vec![route.clone()]);
        self.recorder
            .register_histogram(&key, &METADATA)
            .record(took.as_secs_f64());
        let method = Label::new("method", method.to_owned());
        let status = Label::new("status", code.to_string());
        self.count(REQUESTS, vec![method, route, status]);
        if !PROBES.contains(&path) {
            self.last_hour.count(code);
        }
    }

    /// Returns the sums of the requests of the last hour, without probes.
    pub(crate) fn last_hour(&self) -> Sums {
        self.last_hour.sums()
    }

    /// Counts a document, a registration or a stock list that is recorded for the first time.
    pub(crate) fn recorded(&self, kind: &'static str) {
        self.count(RECORDED, vec![Label::new("kind", kind)]);
    }

    /// Counts a refusal.
    pub(crate) fn refused(&self, code: &'static str) {
        self.count(REFUSALS, vec![Label::new("code", code)]);
    }

    /// Counts a request with a till's token from another device.
    pub(crate) fn mismatched(&self) {
        self.count(MISMATCHES, Vec::new());
    }

    /// Counts an attempt at a message.
    pub(crate) fn messaged(&self, channel: &'static str, outcome: &'static str) {
        let (channel, outcome) = (
            Label::new("channel", channel),
            Label::new("outcome", outcome),
        );
        self.count(MESSAGES, vec![channel, outcome]);
    }

    /// Sets how many messages are due, and for how many seconds one of them has been.
    pub(crate) fn set_pending(&self, due: u32, oldest_seconds: u32) {
        for (name, value) in [(PENDING, due), (OLDEST_DUE, oldest_seconds)] {
            let key = Key::from_parts(name, Vec::new());
            let gauge = self.recorder.register_gauge(&key, &METADATA);
            gauge.set(f64::from(value));
        }
    }

    /// Returns the counters in the Prometheus text format.
    pub(crate) fn render(&self) -> String {
        let dropped = dropped_lines();
        let key = Key::from_parts(DROPPED_LINES, Vec::new());
        self.recorder
            .register_counter(&key, &METADATA)
            .absolute(dropped);
        self.handle.render()
    }

    /// Folds single measurements into the histogram. Without this they stay in memory until the
    /// counters are read.
    pub(crate) fn fold(&self) {
        self.handle.run_upkeep();
    }

    fn count(&self, name: &'static str, labels: Vec<Label>) {
        let key = Key::from_parts(name, labels);
        self.recorder.register_counter(&key, &METADATA).increment(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_its_own_counters() {
        let (one, other) = (Metrics::new(), Metrics::new());
        one.recorded("sale");
        one.recorded("sale");
        one.answered("GET", "/healthz", 200, Duration::from_millis(3));
        other.refused("client_not_found");
        assert!(
            one.render()
                .contains(r#"bonex_recorded_total{kind="sale"} 2"#)
        );
        assert!(one.render().contains(
            r#"bonex_http_requests_total{method="GET",route="/healthz",status="200"} 1"#
        ));
        assert!(
            one.render()
                .contains(r#"bonex_http_request_seconds_bucket{route="/healthz",le="0.005"} 1"#)
        );
        assert!(!other.render().contains("sale"));
        assert!(
            other
                .render()
                .contains(r#"bonex_refusals_total{code="client_not_found"} 1"#)
        );
    }
}
