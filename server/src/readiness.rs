//! The readiness check: many callers share the result of one check.

use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::Backend;
use tokio::sync::Mutex;

/// The time for which a result is reused. The database writes only one row in this time, no matter
/// how many callers ask.
const GOOD_FOR: Duration = Duration::from_secs(1);
/// The longest time that the database may take. A database that hangs is detected within two
/// seconds.
const LIMIT: Duration = Duration::from_secs(1);

/// The last result and the moment of the check.
#[derive(Clone, Default)]
pub(crate) struct Readiness(Arc<Mutex<Option<(Instant, bool)>>>);

impl Readiness {
    /// Returns whether the database accepts writes.
    pub(crate) async fn ask(&self, backend: &Backend) -> bool {
        let mut last = Arc::clone(&self.0).lock_owned().await;
        if let Some((found, ready)) = *last
            && found.elapsed() < GOOD_FOR
        {
            return ready;
        }
        let backend = backend.clone();
        // A separate task finishes even if its caller disconnects, so that the next caller can use
        // the result.
        let asking = tokio::spawn(async move {
            let ready = can_write(&backend).await;
            *last = Some((Instant::now(), ready));
            ready
        });
        asking.await.unwrap_or(false)
    }
}

async fn can_write(backend: &Backend) -> bool {
    match tokio::time::timeout(LIMIT, backend.ready()).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database accepts no writes");
            false
        }
        Err(_elapsed) => {
            tracing::warn!("the database does not answer in time");
            false
        }
    }
}
