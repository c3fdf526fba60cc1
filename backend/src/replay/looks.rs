//! Looks: replays that take longer than a request, kept in the database with their progress.

use std::time::{Duration, Instant};

use domain::replay::Sums;
use domain::{Money, Programme, Timestamp};
use serde::{Deserialize, Serialize};

use super::effect::{Effect, LOOKS, Watch, watched};
use super::sql::{self, Run};
use crate::audit::Actor;
use crate::db::Tx;
use crate::programme::{stored_tiers, version};
use crate::{Backend, Command, Error};

/// The days for which a result is kept.
const KEPT_DAYS: i64 = 30;
/// The seconds without a sign of life after which another server takes a look over.
const SILENT_SECONDS: i64 = 60;
/// The servers that try. A look that ends all of them must not try for ever.
const MOST_ATTEMPTS: i64 = 3;
/// The time between two notes of the progress.
const NOTE_INTERVAL: Duration = Duration::from_secs(1);

/// A look at what a programme would have given.
#[derive(Clone, Debug)]
pub struct Look {
    /// The number.
    pub id: i64,
    /// The number of the version that the settings were made from.
    pub based_on: i64,
    /// The settings.
    pub programme: Programme,
    /// The clients whose sales are counted.
    pub done: i64,
    /// All clients who have bought; 0 before the first are counted.
    pub all: i64,
    /// `true` if it is still being computed.
    pub is_running: bool,
    /// The result; `None` if it was stopped or has failed.
    pub effect: Option<Effect>,
}

/// Finds a look of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn look(backend: &Backend, tenant_id: i64, id: i64) -> Result<Option<Look>, Error> {
    let row = sql::look(&backend.db, tenant_id, id).await?;
    row.map(look_of).transpose()
}

fn look_of(row: sql::LookRow) -> Result<Look, Error> {
    let effect = row.result.map(|result| {
        let stored: StoredEffect = serde_json::from_str(&result)
            .map_err(|error| Error::corrupt("programme_looks.result", error))?;
        Ok::<_, Error>(stored.into())
    });
    Ok(Look {
        id: row.id,
        based_on: row.based_on,
        programme: row.programme.try_into()?,
        done: row.clients_done,
        all: row.clients_all,
        is_running: row.ended_at.is_none(),
        effect: effect.transpose()?,
    })
}

/// Begins a look. The caller then runs it with [`run_look`], if it is new. A store has one at a
/// time: another one is stopped.
#[derive(Clone, Debug)]
pub struct StartLook<'a> {
    /// The store and the person.
    pub actor: &'a Actor,
    /// The version that the settings were made from.
    pub based_on: i64,
    /// The settings.
    pub programme: &'a Programme,
}

/// The outcome of [`StartLook`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Started {
    /// The number of the look.
    pub id: i64,
    /// `false` if the same settings are being looked at already, as after a double click.
    pub is_new: bool,
}

impl Command for StartLook<'_> {
    type Outcome = Started;

    /// Four statements at most. Nothing of the store changes, so the journal has no entry.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Started, Error> {
        let tenant_id = self.actor.tenant_id;
        sql::forget(tx, tenant_id, now.plus_days(-KEPT_DAYS)).await?;
        let tiers = stored_tiers(self.programme)?;
        if let Some(running) = sql::running(tx, tenant_id).await? {
            let look = look_of(running)?;
            if look.based_on == self.based_on && look.programme.is_same(self.programme) {
                return Ok(Started {
                    id: look.id,
                    is_new: false,
                });
            }
            sql::stop(tx, tenant_id, look.id, now).await?;
        }
        let who = (tenant_id, self.actor.user_id.unwrap_or_default());
        let inserted = sql::insert(tx, who, self.based_on, self.programme, &tiers, now).await?;
        if let Some(id) = inserted {
            return Ok(Started { id, is_new: true });
        }
        // Another request has begun one at the same moment.
        let running = sql::running(tx, tenant_id).await?;
        let running = running.ok_or_else(|| Error::corrupt("programme_looks of", tenant_id))?;
        Ok(Started {
            id: running.id,
            is_new: false,
        })
    }
}

/// Stops a look. Its outcome is `false` if the store has no such look that is being computed.
#[derive(Clone, Copy, Debug)]
pub struct StopLook {
    /// The store.
    pub tenant_id: i64,
    /// The number of the look.
    pub id: i64,
}

impl Command for StopLook {
    type Outcome = bool;

    /// One statement.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        sql::stop(tx, self.tenant_id, self.id, now).await
    }
}

/// Computes a look that has just begun, and keeps its result. A failure is logged; another server,
/// or this one later, tries again.
pub async fn run_look(backend: Backend, tenant_id: i64, id: i64) {
    let run = Run {
        tenant_id,
        id,
        attempts: 1,
    };
    run_logged(&backend, run).await;
}

async fn run_logged(backend: &Backend, run: Run) {
    let Run { tenant_id, id, .. } = run;
    match compute(backend, run).await {
        Ok(()) => tracing::info!(tenant_id, id, "a look at a programme has ended"),
        Err(error) => tracing::error!(tenant_id, id, %error, "a look at a programme failed"),
    }
}

async fn compute(backend: &Backend, run: Run) -> Result<(), Error> {
    let Some(row) = sql::look(&backend.db, run.tenant_id, run.id).await? else {
        return Ok(());
    };
    let proposed = row.programme.try_into()?;
    let saved = version(backend, run.tenant_id).await?.programme;
    let notes = Notes {
        backend,
        run,
        noted: None,
    };
    let effect = watched(backend, run.tenant_id, (&saved, &proposed), &LOOKS, notes).await?;
    let Some(effect) = effect else {
        return Ok(());
    };
    let result = serde_json::to_string(&StoredEffect::from(effect))
        .map_err(|error| Error::corrupt("programme_looks.result", error))?;
    sql::finish(&backend.db, run, Some(&result), backend.clock.now()).await
}

/// Notes the progress of a run.
struct Notes<'a> {
    backend: &'a Backend,
    run: Run,
    noted: Option<Instant>,
}

impl Watch for Notes<'_> {
    async fn go_on(&mut self, done: usize, all: usize) -> Result<bool, Error> {
        if self.noted.is_some_and(|at| at.elapsed() < NOTE_INTERVAL) {
            return Ok(true);
        }
        self.noted = Some(Instant::now());
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let (progress, now) = ((number(done), number(all)), self.backend.clock.now());
        sql::progress(&self.backend.db, self.run, progress, now).await
    }
}

/// Takes over the looks whose server has stopped, and ends those that have been tried too often.
/// One statement, and two for each look.
///
/// # Errors
/// [`Error::Storage`].
pub async fn resume_looks(backend: &Backend) -> Result<(), Error> {
    let now = backend.clock.now();
    let silent = sql::silent(&backend.db, now.plus_seconds(-SILENT_SECONDS)).await?;
    for run in silent {
        if run.attempts >= MOST_ATTEMPTS {
            sql::finish(&backend.db, run, None, now).await?;
        } else if sql::take_over(&backend.db, run, now).await? {
            let run = Run {
                attempts: run.attempts + 1,
                ..run
            };
            run_logged(backend, run).await;
        }
    }
    Ok(())
}

/// An [`Effect`] as the `result` column has it.
#[derive(Serialize, Deserialize)]
struct StoredEffect {
    from: i64,
    until: i64,
    before: StoredSums,
    after: StoredSums,
}

/// Declares the sums of the `result` column, in the order of [`Sums`].
macro_rules! stored_sums {
    ($($count:ident)*; $($sum:ident)*) => {
        #[derive(Serialize, Deserialize)]
        struct StoredSums {
            $($count: i64,)*
            $($sum: i64,)*
        }

        impl From<Sums> for StoredSums {
            fn from(sums: Sums) -> Self {
                Self {
                    $($count: sums.$count,)*
                    $($sum: sums.$sum.dirams(),)*
                }
            }
        }

        impl From<StoredSums> for Sums {
            fn from(sums: StoredSums) -> Self {
                Self {
                    $($count: sums.$count,)*
                    $($sum: Money::from_dirams(sums.$sum),)*
                }
            }
        }
    };
}

stored_sums! {
    sales too_small;
    sold recorded cashback missed reactivation second_purchase referral welcome taken_back
    redeemed cut
}

impl From<Effect> for StoredEffect {
    fn from(effect: Effect) -> Self {
        Self {
            from: effect.from.micros(),
            until: effect.until.micros(),
            before: effect.before.into(),
            after: effect.after.into(),
        }
    }
}

impl From<StoredEffect> for Effect {
    fn from(stored: StoredEffect) -> Self {
        Self {
            from: Timestamp::from_micros(stored.from),
            until: Timestamp::from_micros(stored.until),
            before: stored.before.into(),
            after: stored.after.into(),
        }
    }
}
