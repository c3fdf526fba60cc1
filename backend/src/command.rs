//! Commands: one command is one transaction.

use domain::Timestamp;

use crate::db::{Db, Tx};
use crate::{Backend, Error};

/// The most attempts at a command that PostgreSQL ends to break a deadlock.
const MAX_ATTEMPTS: u32 = 5;

/// The outcome of a command that records something once, however often it is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded<T> {
    /// This command has recorded it.
    New(T),
    /// It was recorded before; here it is.
    Before(T),
}

impl<T> Recorded<T> {
    /// Returns whether this command has recorded it.
    pub const fn is_new(&self) -> bool {
        matches!(self, Self::New(_))
    }

    /// Returns the record, no matter when it was made.
    pub fn into_inner(self) -> T {
        match self {
            Self::New(record) | Self::Before(record) => record,
        }
    }
}

/// A change of the store's data that is made wholly or not at all.
pub trait Command: Sync {
    /// The result of the command.
    type Outcome: Send;

    /// Returns whether the command has changed anything. If not, nothing is committed: a repeated
    /// document is answered without a write, even if the database's disk is full.
    fn has_changed(_outcome: &Self::Outcome) -> bool {
        true
    }

    /// Executes the command within `tx`; the caller commits. Every rule takes `now` for the moment
    /// of the commit.
    fn execute(
        &self,
        tx: &mut Tx,
        now: Timestamp,
    ) -> impl Future<Output = Result<Self::Outcome, Error>> + Send;
}

impl Backend {
    /// Runs `command` in a transaction of its own and commits it.
    ///
    /// # Errors
    /// The error of the command. Nothing of it is written then.
    pub async fn run<C: Command>(&self, command: &C) -> Result<C::Outcome, Error> {
        let mut attempts = Attempts::default();
        loop {
            match self.attempt(command).await {
                Err(error) if attempts.again(&self.db, &error) => {}
                ended => return ended,
            }
        }
    }

    /// Runs `command` as [`Backend::run`] does, but only once.
    pub(crate) async fn attempt<C: Command>(&self, command: &C) -> Result<C::Outcome, Error> {
        let mut tx = self.db.begin().await?;
        let outcome = command.execute(&mut tx, self.clock.now()).await?;
        if C::has_changed(&outcome) {
            tx.commit().await?;
            self.committed.notify_one();
        }
        Ok(outcome)
    }
}

/// A counter of the attempts at a transaction.
#[derive(Default)]
pub(crate) struct Attempts(u32);

impl Attempts {
    /// Counts a failed attempt. Returns whether the transaction is to be run again after `error`.
    pub(crate) fn again(&mut self, db: &Db, error: &Error) -> bool {
        self.0 += 1;
        let read_only = error.is_read_only();
        if read_only {
            // This server was demoted to a standby; a fresh connection may reach the new primary.
            db.distrust_connections();
        }
        let again = error.is_retryable() && self.0 < MAX_ATTEMPTS || read_only && self.0 == 1;
        if again {
            tracing::debug!(attempt = self.0, %error, "the transaction is run again");
        }
        again
    }
}
