//! A job's work in many short transactions, with room for the tills in between.

use std::time::{Duration, Instant};

use crate::{Backend, Command, Error};

/// SQLite's tills ask for the writer every 100 ms at worst, and are not told that it is free.
const SHORTEST_PAUSE: Duration = Duration::from_millis(150);

/// Runs a job's transactions one after another.
pub(super) struct Chunks<'a> {
    backend: &'a Backend,
    /// How long the one before has taken.
    last: Option<Duration>,
}

impl<'a> Chunks<'a> {
    pub(super) const fn new(backend: &'a Backend) -> Self {
        Self {
            backend,
            last: None,
        }
    }

    /// Runs the next one. On SQLite the tills have the writer first, for as long as the job has had it.
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
