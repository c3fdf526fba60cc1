//! The state that all handlers share.

use std::time::Duration;

use backend::tills::{TillFacts, TillNumber, note_facts};
use backend::{Backend, activity, health, replay};
use domain::Timestamp;
use tokio::time::MissedTickBehavior;

use crate::activity::Activity;
use crate::config::{Hosts, Limits};
use crate::dispatch::{Dispatcher, Services, ServicesSettings};
use crate::live::{LiveRequest, LiveTills, SentBy};
use crate::readiness::Readiness;
use crate::telemetry::Metrics;
use crate::throttle::Throttle;

/// The interval at which expired limits are dropped and measurements are folded.
const TIDY_INTERVAL: Duration = Duration::from_mins(1);

/// The interval at which the activity of the tills is written.
const ACTIVITY_INTERVAL: Duration = Duration::from_secs(30);

/// The tills that are judged at once because they have refused a device.
const JUDGED_AT_ONCE: usize = 20;

/// The state of a server, without its socket. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) backend: Backend,
    pub(crate) metrics: Metrics,
    pub(crate) throttle: Throttle,
    pub(crate) readiness: Readiness,
    pub(crate) live: LiveTills,
    pub(crate) activity: Activity,
    /// The moment when this server began.
    pub(crate) began: Timestamp,
    /// The base URL shown in the API document.
    pub(crate) api_url: String,
    /// The host names of the parts of Bonex.
    pub(crate) hosts: Hosts,
    /// The services that carry messages.
    pub(crate) services: Services,
}

impl App {
    /// Creates the state of a server on `backend`, with its own counters and limits.
    pub fn new(backend: Backend, limits: Limits, api_url: String) -> Self {
        Self {
            began: backend.clock.now(),
            backend,
            metrics: Metrics::new(),
            throttle: Throttle::new(limits),
            readiness: Readiness::default(),
            live: LiveTills::default(),
            activity: Activity::default(),
            api_url,
            hosts: Hosts::default(),
            services: Services::new(ServicesSettings::default()),
        }
    }

    /// Returns the state of a server that sends messages through services at other addresses.
    #[must_use]
    pub fn with_services(self, settings: ServicesSettings) -> Self {
        Self {
            services: Services::new(settings),
            ..self
        }
    }

    /// Returns what sends the messages of this server.
    pub fn dispatcher(&self) -> Dispatcher {
        let services = self.services.clone();
        Dispatcher::new(self.backend.clone(), services, self.metrics.clone())
    }

    /// Returns the state of a server whose parts have host names.
    #[must_use]
    pub fn with_hosts(self, hosts: Hosts) -> Self {
        Self { hosts, ..self }
    }

    /// Drops expired limits, folds measurements into the histogram, writes what the tills' requests
    /// said, and takes over what a stopped server was computing, every minute. Never returns.
    pub async fn keep_tidy(self) {
        let mut ticks = tokio::time::interval(TIDY_INTERVAL);
        loop {
            ticks.tick().await;
            self.throttle.forget_run_out();
            self.metrics.fold();
            self.write_live().await;
            self.count_messages().await;
            let backend = self.backend.clone();
            // A look takes longer than a minute, so nothing waits for it.
            tokio::spawn(async move {
                if let Err(error) = replay::resume_looks(&backend).await {
                    tracing::warn!(%error, "cannot look for unfinished looks");
                }
            });
        }
    }

    /// Writes what the tills did and judges some of them, every half a minute. Never returns.
    pub async fn keep_activity(self) {
        let mut ticks = tokio::time::interval(ACTIVITY_INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.gather_activity().await;
        }
    }

    /// Writes what the tills did, and judges some of them.
    pub async fn gather_activity(&self) {
        let refusing = self.write_activity().await;
        if let Err(error) = self.judge_tills(&refusing).await {
            tracing::warn!(%error, "tills cannot be judged");
        }
    }

    /// Writes what the tills did since the last time. Two statements for all tills. Returns the
    /// tills that have refused a device.
    pub async fn write_activity(&self) -> Vec<TillNumber> {
        self.activity
            .write(&self.backend)
            .await
            .inspect_err(|error| tracing::warn!(%error, "what the tills did is not written yet"))
            .unwrap_or_default()
    }

    /// Judges the tills that have just refused a device, so that it is seen at once, and some of
    /// those that have waited longest.
    async fn judge_tills(&self, refusing: &[TillNumber]) -> Result<(), backend::Error> {
        for till in refusing.iter().take(JUDGED_AT_ONCE) {
            activity::judge_till(&self.backend, *till).await?;
        }
        activity::judge_some(&self.backend).await?;
        Ok(())
    }

    /// Keeps a request of a till, and writes beside it what is new about the till.
    pub(crate) fn keep_request(&self, till: TillNumber, request: LiveRequest, sent_by: &SentBy) {
        if let Some(facts) = self.live.keep(till, request, sent_by) {
            let app = self.clone();
            tokio::spawn(async move { app.write_facts(till, &facts).await });
        }
    }

    /// Counts the messages that are due. One statement.
    async fn count_messages(&self) {
        match health::due_messages(&self.backend).await {
            Ok((due, seconds)) => self.metrics.set_pending(due, seconds),
            Err(error) => tracing::debug!(%error, "messages cannot be counted"),
        }
    }

    /// Writes what the last requests before a pause said. One statement for each till.
    async fn write_live(&self) {
        for (till, facts) in self.live.unwritten(self.backend.clock.now()) {
            self.write_facts(till, &facts).await;
        }
    }

    async fn write_facts(&self, till: TillNumber, facts: &TillFacts) {
        if let Err(error) = note_facts(&self.backend, till, facts).await {
            tracing::debug!(%error, till_id = till.till_id, "cannot note what a till's requests say");
        }
    }
}
