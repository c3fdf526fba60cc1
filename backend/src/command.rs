//! One command, one transaction.

use domain::Timestamp;

use crate::db::{Db, Tx};
use crate::{Backend, Error};

/// How often a command is run again after PostgreSQL has broken a deadlock by ending it.
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
    /// True if this command has recorded it.
    pub const fn is_new(&self) -> bool {
        matches!(self, Self::New(_))
    }

    /// The record, whenever it was made.
    pub fn into_inner(self) -> T {
        match self {
            Self::New(record) | Self::Before(record) => record,
        }
    }
}

/// Something that changes the store's data, wholly or not at all.
pub trait Command: Sync {
    /// What it answers with.
    type Outcome: Send;

    /// False if the command has changed nothing, so that nothing is to be committed. A repeated document is then
    /// answered without a write, also by a database that is full.
    fn has_changed(_outcome: &Self::Outcome) -> bool {
        true
    }

    /// Does it within `tx`; whoever calls commits. `now` is the moment of the commit for every rule.
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
    /// What the command fails with; nothing of it is written then.
    pub async fn run<C: Command>(&self, command: &C) -> Result<C::Outcome, Error> {
        let mut attempts = Attempts::default();
        loop {
            match self.attempt(command).await {
                Err(error) if attempts.again(&self.db, &error) => {}
                ended => return ended,
            }
        }
    }

    /// As [`Backend::run`], without running the command again.
    pub(crate) async fn attempt<C: Command>(&self, command: &C) -> Result<C::Outcome, Error> {
        let mut tx = self.db.begin().await?;
        let outcome = command.execute(&mut tx, self.clock.now()).await?;
        if C::has_changed(&outcome) {
            tx.commit().await?;
        }
        Ok(outcome)
    }
}

/// Counts the attempts at a transaction.
#[derive(Default)]
pub(crate) struct Attempts(u32);

impl Attempts {
    /// Whether what failed with `error` is to be run again.
    pub(crate) fn again(&mut self, db: &Db, error: &Error) -> bool {
        self.0 += 1;
        let read_only = error.is_read_only();
        if read_only {
            // Its server was demoted; a fresh connection may find the new one.
            db.distrust_connections();
        }
        let again = error.is_retryable() && self.0 < MAX_ATTEMPTS || read_only && self.0 == 1;
        if again {
            tracing::debug!(attempt = self.0, %error, "the transaction is run again");
        }
        again
    }
}
