//! The state that all handlers share.

use std::time::Duration;

use backend::{Backend, replay};

use crate::config::Limits;
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
        }
    }

    /// Drops expired limits, folds measurements into the histogram, and takes over what a stopped
    /// server was computing, every minute. Never returns.
    pub async fn keep_tidy(self) {
        let mut ticks = tokio::time::interval(TIDY_INTERVAL);
        loop {
            ticks.tick().await;
            self.throttle.forget_run_out();
            self.metrics.fold();
            let backend = self.backend.clone();
            // A look takes longer than a minute, so nothing waits for it.
            tokio::spawn(async move {
                if let Err(error) = replay::resume_looks(&backend).await {
                    tracing::warn!(%error, "cannot look for unfinished looks");
                }
            });
        }
    }
}
