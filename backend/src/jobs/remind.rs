//! Reminds clients of bonuses that will end (seed, "Сгорание бонусов и напоминания").

use std::collections::BTreeMap;

use domain::Timestamp;
use domain::expiry::reminders_end;
use serde::Serialize;

use super::chunks::Chunks;
use super::sql;
use crate::db::{Db, Tx};
use crate::notifications::{self, Notification};
use crate::{Backend, Command, Error, stores};

/// The number of reminders that one transaction writes. It is limited because SQLite's tills wait
/// for the transaction. PostgreSQL's tills do not, since it changes no client.
const REMINDERS_PER_TRANSACTION: usize = 500;

/// The result of a run that writes reminders to the outbox, or of a count of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reminded {
    /// The reminders due: one for each client and day of expiry.
    pub due: i64,
    /// The reminders written by this run. An earlier run has written the others.
    pub written: i64,
    /// The bonuses that the reminders are about, in dirams.
    pub dirams: i64,
}

/// A reminder of the bonuses of one client that end on one day by the store's clock.
struct Reminder {
    client_id: i64,
    /// The moment when the first of them end.
    expires_at: Timestamp,
    dirams: i64,
}

/// Writes a reminder for every client whose bonuses end soon: on one of the
/// `bonus_expiry_reminder_days` days after the day of `now` (by the clock if `None`), or later on
/// that day itself. One reminder covers all bonuses that end on its day, and it is written once.
/// Blocked clients are not reminded.
///
/// # Errors
/// [`Error::Storage`]. What was written before the error stays written.
pub async fn remind_of_expiry(
    backend: &Backend,
    now: Option<Timestamp>,
    dry_run: bool,
) -> Result<Reminded, Error> {
    let now = now.unwrap_or_else(|| backend.clock.now());
    let mut reminded = Reminded::default();
    let mut chunks = Chunks::new(backend);
    for tenant_id in stores::all(&backend.db).await? {
        let reminders = reminders(&backend.db, tenant_id, now).await?;
        reminded.due += i64::try_from(reminders.len()).unwrap_or(i64::MAX);
        reminded.dirams += reminders
            .iter()
            .map(|reminder| reminder.dirams)
            .sum::<i64>();
        if dry_run {
            continue;
        }
        for reminders in reminders.chunks(REMINDERS_PER_TRANSACTION) {
            let remind = RemindSome {
                tenant_id,
                reminders,
            };
            reminded.written += chunks.run(&remind).await?;
        }
    }
    Ok(reminded)
}

/// A command that writes some reminders. Its outcome is how many were not written before.
struct RemindSome<'a> {
    tenant_id: i64,
    reminders: &'a [Reminder],
}

impl Command for RemindSome<'_> {
    type Outcome = i64;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<i64, Error> {
        let mut written = 0;
        for Reminder {
            client_id,
            expires_at,
            dirams,
        } in self.reminders
        {
            let expiring = Notification::Expiring {
                dirams: *dirams,
                expires_at: expires_at.micros(),
            };
            let new =
                notifications::enqueue(tx, self.tenant_id, *client_id, &expiring, now).await?;
            written += i64::from(new);
        }
        Ok(written)
    }
}

async fn reminders(db: &Db, tenant_id: i64, now: Timestamp) -> Result<Vec<Reminder>, Error> {
    let days = sql::reminder_days(db, tenant_id).await?;
    let Some(days) = days.filter(|days| *days > 0) else {
        return Ok(Vec::new());
    };
    let end = reminders_end(now, days);
    let lots = sql::ending(db, tenant_id, now, end).await?;
    let mut by_day: BTreeMap<(i64, Timestamp), Reminder> = BTreeMap::new();
    for (client_id, expires_at, dirams) in lots {
        let expires_at = Timestamp::from_micros(expires_at);
        by_day
            .entry((client_id, expires_at.local_midnight()))
            .or_insert(Reminder {
                client_id,
                expires_at,
                dirams: 0,
            })
            .dirams += dirams;
    }
    Ok(by_day.into_values().collect())
}
