//! The dispatcher: sends the messages of the outbox (docs/rules.md, "Messages").
//!
//! Every server has one. A message is claimed for a minute, sent, and finished; the claims make
//! sure that only one server sends it, and in the order of its client. Stores take turns, at most
//! ten messages each, news before reminders before offers.
//!
//! Statements: one look for due messages after a commit of this process, at most five a second, and
//! every five seconds otherwise; one claim for up to ten messages; one transaction for the results
//! of a tenth of a second. Six reads for each message that is sent.

mod carry;
mod deliver;
mod pace;
mod services;
mod words;

use std::sync::Arc;
use std::time::Duration;

use backend::notifications::{self, Claimed, Ending};
use backend::{Backend, Error};
use domain::messages::Lane;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::telemetry::Metrics;
use deliver::Delivery;
pub use services::ServicesSettings;
pub(crate) use services::{SavedGateway, Services, SmsKey};

/// The messages that are sent at once.
const AT_ONCE: usize = 16;
/// The most messages of a store before the next store's turn.
const TURN: usize = 10;
/// How often a server looks for messages that another server or the clock has made due.
const LOOK: Duration = Duration::from_secs(5);
/// The shortest time between two looks, so that a look serves the sales of that time.
const GATHER: Duration = Duration::from_millis(200);
/// The time over which results are gathered into one transaction.
const RESULTS: Duration = Duration::from_millis(100);
/// The most results of a transaction.
const MOST_RESULTS: usize = 64;
/// How often it is tried to write results, a second apart. After that the lease ends, and the
/// messages are sent again.
const TRIES: usize = 30;

/// The dispatcher of a server. Cheap to clone.
#[derive(Clone)]
pub struct Dispatcher {
    backend: Backend,
    delivery: Arc<Delivery>,
    slots: Arc<Semaphore>,
}

impl Dispatcher {
    /// Makes the dispatcher of a server.
    pub(crate) fn new(backend: Backend, services: Services, metrics: Metrics) -> Self {
        let delivery = Delivery::new(backend.clone(), services, metrics);
        Self {
            backend,
            delivery: Arc::new(delivery),
            slots: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Sends messages until the future is dropped.
    pub async fn run(self) {
        let (results, ended) = mpsc::channel(MOST_RESULTS);
        let writing = write_results(self.backend.clone(), ended);
        let sending = async {
            loop {
                match self.round(&results).await {
                    Ok(true) => continue,
                    Ok(false) => {}
                    Err(error) => tracing::warn!(%error, "cannot look for messages"),
                }
                let woken = timeout(LOOK, self.backend.committed.notified()).await;
                if woken.is_ok() {
                    sleep(GATHER).await;
                }
            }
        };
        tokio::join!(writing, sending);
    }

    /// Sends everything that is due now, and waits until it is done. For tests and tools.
    ///
    /// # Errors
    /// [`Error`] if the outbox cannot be read or written.
    pub async fn send_due(&self) -> Result<usize, Error> {
        let mut sent = 0;
        loop {
            let (results, mut ended) = mpsc::channel(1_000);
            let any = self.round(&results).await?;
            drop(results);
            let mut batch = Vec::new();
            while let Some(result) = ended.recv().await {
                batch.push(result);
            }
            sent += batch.len();
            notifications::finish(&self.backend, &batch).await?;
            if !any {
                return Ok(sent);
            }
        }
    }

    /// Gives every store with due messages a turn in the first lane that has some. Returns whether
    /// there were any.
    async fn round(&self, results: &mpsc::Sender<(Claimed, Ending)>) -> Result<bool, Error> {
        for lane in Lane::ALL {
            let mut any = false;
            for tenant_id in notifications::due_stores(&self.backend, lane).await? {
                // A claim holds for a minute, so nothing is claimed that could not be sent at once.
                let mut slots = self.free_slots().await;
                let limit = i64::try_from(slots.len()).unwrap_or(1);
                let claimed = notifications::claim(&self.backend, tenant_id, lane, limit).await?;
                for message in claimed {
                    any = true;
                    let (slot, results) = (slots.pop(), results.clone());
                    let (delivery, backend) = (Arc::clone(&self.delivery), self.backend.clone());
                    tokio::spawn(async move {
                        if let Some(result) = delivery.deliver(message).await {
                            // The receiver lives as long as the dispatcher.
                            let _ = results.send(result).await;
                        }
                        drop(slot);
                        // The client's next message may have waited for this one.
                        backend.committed.notify_one();
                    });
                }
            }
            if any {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Waits for a free slot. Returns it and the others that are free, at most a turn.
    async fn free_slots(&self) -> Vec<OwnedSemaphorePermit> {
        let mut slots = Vec::new();
        slots.extend(Arc::clone(&self.slots).acquire_owned().await);
        while slots.len() < TURN {
            let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else {
                break;
            };
            slots.push(slot);
        }
        slots
    }
}

/// Writes results until there is nobody to send any.
async fn write_results(backend: Backend, mut ended: mpsc::Receiver<(Claimed, Ending)>) {
    while let Some(first) = ended.recv().await {
        let mut batch = vec![first];
        let until = Instant::now() + RESULTS;
        while batch.len() < MOST_RESULTS {
            let Ok(Some(next)) = timeout_at(until, ended.recv()).await else {
                break;
            };
            batch.push(next);
        }
        for _ in 0..TRIES {
            match notifications::finish(&backend, &batch).await {
                Ok(_) => break,
                Err(error) => {
                    tracing::warn!(%error, "cannot write what became of messages");
                    sleep(Duration::from_secs(1)).await;
                }
            }
        }
        backend.committed.notify_one();
    }
}
