//! Whether the server can work: asked by many, found out by one.

use std::sync::Arc;
use std::time::{Duration, Instant};

use backend::Backend;
use tokio::sync::Mutex;

/// How long an answer is good for. A flood of questions costs the database one row in that time.
const GOOD_FOR: Duration = Duration::from_secs(1);
/// How long the database may take: one that hangs is known within two seconds.
const LIMIT: Duration = Duration::from_secs(1);

/// The last answer, and when it was found.
#[derive(Clone, Default)]
pub(crate) struct Readiness(Arc<Mutex<Option<(Instant, bool)>>>);

impl Readiness {
    /// Whether the database takes writes.
    pub(crate) async fn ask(&self, backend: &Backend) -> bool {
        let mut last = Arc::clone(&self.0).lock_owned().await;
        if let Some((found, ready)) = *last
            && found.elapsed() < GOOD_FOR
        {
            return ready;
        }
        let backend = backend.clone();
        // In a task of its own: whoever hangs up must not make the next one ask again.
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
            tracing::warn!(%error, "the database takes no writes");
            false
        }
        Err(_elapsed) => {
            tracing::warn!("the database does not answer in time");
            false
        }
    }
}
