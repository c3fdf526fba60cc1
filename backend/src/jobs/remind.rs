//! Reminding clients of bonuses that will end (seed, "Сгорание бонусов и напоминания").

use std::collections::BTreeMap;

use domain::Timestamp;
use serde::Serialize;

use crate::db::{Db, Tx, on_engine};
use crate::notifications::{self, Notification};
use crate::{Backend, Command, Error, store};

/// What was written to the outbox, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reminded {
    /// Reminders due: one for each client and day of expiry.
    pub due: i64,
    /// Of those, written now; the others were written by an earlier run.
    pub written: i64,
    /// The bonuses they are about, in dirams.
    pub dirams: i64,
}

/// Bonuses of one client that end on one day.
struct Reminder {
    client_id: i64,
    expires_at: Timestamp,
    dirams: i64,
}

/// Writes a reminder for every client whose bonuses end within the programme's `bonus_expiry_reminder_days` of `now`
/// (the clock's, where not given). Run twice it writes nothing more.
///
/// # Errors
/// [`Error::Storage`].
pub async fn remind_of_expiry(
    backend: &Backend,
    now: Option<Timestamp>,
    dry_run: bool,
) -> Result<Reminded, Error> {
    let now = now.unwrap_or_else(|| backend.clock.now());
    let mut reminded = Reminded::default();
    for tenant_id in store::all(&backend.db).await? {
        let reminders = reminders(&backend.db, tenant_id, now).await?;
        reminded.due += i64::try_from(reminders.len()).unwrap_or(i64::MAX);
        reminded.dirams += reminders
            .iter()
            .map(|reminder| reminder.dirams)
            .sum::<i64>();
        if !dry_run && !reminders.is_empty() {
            reminded.written += backend
                .run(&Remind {
                    tenant_id,
                    reminders,
                })
                .await?;
        }
    }
    Ok(reminded)
}

struct Remind {
    tenant_id: i64,
    reminders: Vec<Reminder>,
}

impl Command for Remind {
    type Outcome = i64;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<i64, Error> {
        let mut written = 0;
        for Reminder {
            client_id,
            expires_at,
            dirams,
        } in &self.reminders
        {
            let subject = format!("expiring:{client_id}:{}", day(*expires_at));
            let expiring = Notification::Expiring {
                dirams: *dirams,
                expires_at: expires_at.micros(),
            };
            let new =
                notifications::enqueue(tx, self.tenant_id, *client_id, &subject, &expiring, now)
                    .await?;
            written += i64::from(new);
        }
        Ok(written)
    }
}

async fn reminders(db: &Db, tenant_id: i64, now: Timestamp) -> Result<Vec<Reminder>, Error> {
    const ENDING: &str = "SELECT client_id, expires_at, remaining_dirams FROM lots \
                          JOIN programmes ON programmes.tenant_id = lots.tenant_id \
                          WHERE lots.tenant_id = $1 AND remaining_dirams > 0 AND expires_at > $2 \
                          AND expires_at <= $2 + bonus_expiry_reminder_days * 86400000000 \
                          ORDER BY client_id, expires_at";
    let lots: Vec<(i64, i64, i64)> = on_engine!(db.reads(), conn => {
        sqlx::query_as(ENDING).bind(tenant_id).bind(now.micros()).fetch_all(conn).await
    })?;
    let mut by_day: BTreeMap<(i64, String), Reminder> = BTreeMap::new();
    for (client_id, expires_at, dirams) in lots {
        let expires_at = Timestamp::from_micros(expires_at);
        by_day
            .entry((client_id, day(expires_at)))
            .or_insert(Reminder {
                client_id,
                expires_at,
                dirams: 0,
            })
            .dirams += dirams;
    }
    Ok(by_day.into_values().collect())
}

/// `2026-06-05`, in UTC.
fn day(moment: Timestamp) -> String {
    moment.to_string().chars().take(10).collect()
}
