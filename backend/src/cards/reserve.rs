//! Reserves card numbers for a printer.

use std::collections::HashSet;

use domain::Timestamp;

use super::{issue, sql};
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::SecretKey;
use crate::{Command, Error};

/// The most cards of one batch.
pub const MAX_BATCH: i64 = 5_000;

/// The most reserved cards of a store that nobody has.
pub const MAX_FREE: i64 = 100_000;

/// Reserves card numbers. Its outcome is the number of the batch.
#[derive(Clone)]
pub struct Reserve<'a> {
    /// The person who reserves them.
    pub actor: &'a Actor,
    /// The key that seals the store's key.
    pub secrets: &'a SecretKey,
    /// How many, from 1 to [`MAX_BATCH`].
    pub count: i64,
    /// What they are for; may be empty.
    pub note: &'a str,
}

/// A reason why no cards were reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReserveError {
    /// More than [`MAX_BATCH`], or none.
    Count,
    /// The store would have more than [`MAX_FREE`] cards that nobody has.
    TooManyFree,
}

impl Command for Reserve<'_> {
    type Outcome = Result<i64, ReserveError>;

    fn has_changed(outcome: &Self::Outcome) -> bool {
        outcome.is_ok()
    }

    /// Runs seven statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Self::Outcome, Error> {
        let tenant_id = self.actor.tenant_id;
        let Some(count) = usize::try_from(self.count)
            .ok()
            .filter(|_| (1..=MAX_BATCH).contains(&self.count))
        else {
            return Ok(Err(ReserveError::Count));
        };
        let cards =
            issue::free_numbers(tx, self.secrets, tenant_id, count, &HashSet::new()).await?;
        // The store's row is locked, so no other person reserves at the same time.
        if sql::free_in(tx, tenant_id).await? + self.count > MAX_FREE {
            return Ok(Err(ReserveError::TooManyFree));
        }
        let who = &self.actor.name;
        let id = sql::insert_batch(tx, tenant_id, self.count, self.note, who, now).await?;
        sql::insert_cards(tx, tenant_id, id, &cards).await?;
        let details = Details {
            name: self.note.to_owned(),
            after: Some(self.count.to_string()),
            ..Details::default()
        };
        let (action, subject) = (Action::CardsReserved, Subject::Store);
        audit::record(tx, self.actor, action, subject, &details, now).await?;
        Ok(Ok(id))
    }
}
