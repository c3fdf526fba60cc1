//! Runs a job as many short transactions, with pauses in between for the tills.

use std::time::{Duration, Instant};

use crate::{Backend, Command, Error};

/// The shortest pause between two transactions. A till that waits for SQLite's writer asks again
/// every 100 ms at worst, and gets no signal when the writer is free.
const SHORTEST_PAUSE: Duration = Duration::from_millis(150);

/// A runner of a job's transactions, one after another.
pub(super) struct Chunks<'a> {
    backend: &'a Backend,
    /// The time that the previous transaction has taken.
    last: Option<Duration>,
}

impl<'a> Chunks<'a> {
    pub(super) const fn new(backend: &'a Backend) -> Self {
        Self {
            backend,
            last: None,
        }
    }

    /// Runs the next transaction. On SQLite it first waits as long as the previous one has taken,
    /// so that the tills can use the writer.
    pub(super) async fn run<C: Command>(&mut self, chunk: &C) -> Result<C::Outcome, Error> {
        if let Some(last) = self.last.filter(|_| self.backend.db.has_one_writer()) {
            tokio::time::sleep(last.max(SHORTEST_PAUSE)).await;
        }
        let began = Instant::now();
        let outcome = self.backend.run(chunk).await;
        self.last = Some(began.elapsed());
        outcome
    }
}
