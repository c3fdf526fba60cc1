//! The state that all handlers share.

use std::time::Duration;

use backend::Backend;

use crate::config::{Hosts, Limits};
use crate::readiness::Readiness;
use crate::telemetry::Metrics;
use crate::throttle::Throttle;

/// The interval at which expired limits are dropped and measurements are folded.
const TIDY_INTERVAL: Duration = Duration::from_mins(1);

/// The state of a server, without its socket. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) backend: Backend,
    pub(crate) metrics: Metrics,
    pub(crate) throttle: Throttle,
    pub(crate) readiness: Readiness,
    /// The base URL shown in the API document.
    pub(crate) api_url: String,
    /// The host names of the parts of Bonex.
    pub(crate) hosts: Hosts,
}

impl App {
    /// Creates the state of a server on `backend`, with its own counters and limits.
    pub fn new(backend: Backend, limits: Limits, api_url: String) -> Self {
        Self {
            backend,
            metrics: Metrics::new(),
            throttle: Throttle::new(limits),
            readiness: Readiness::default(),
            api_url,
            hosts: Hosts::default(),
        }
    }

    /// Returns the state of a server whose parts have host names.
    #[must_use]
    pub fn with_hosts(self, hosts: Hosts) -> Self {
        Self { hosts, ..self }
    }

    /// Drops expired limits and folds measurements into the histogram every minute. Never returns.
    pub async fn keep_tidy(self) {
        let mut ticks = tokio::time::interval(TIDY_INTERVAL);
        loop {
            ticks.tick().await;
            self.throttle.forget_run_out();
            self.metrics.fold();
        }
    }
}
