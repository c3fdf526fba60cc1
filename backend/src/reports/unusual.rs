//! What is unusual by the limits of the store's owner.

use domain::{BasisPoints, Money, Period, Timestamp, UnusualLimits};

use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// The most days that are looked at.
pub const UNUSUAL_DAYS: i64 = 92;

/// The most rows of each list.
pub const MAX_UNUSUAL_ROWS: usize = 100;

/// A client, as lists name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The client's number.
    pub id: i64,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The phone.
    pub phone: String,
}

/// A client who bought often in a day at one till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// The client.
    pub client: Who,
    /// The midnight of the day.
    pub day: Timestamp,
    /// The till, and its branch.
    pub till: String,
    /// The branch of the till.
    pub branch: String,
    /// The number of sales.
    pub checks: i64,
    /// Their totals.
    pub sold: Money,
}

/// A client of whose purchases one cashier recorded a large share; one till, where tills do not
/// send who the cashier is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Giver {
    /// The client.
    pub client: Who,
    /// The cashier's id, as the till sends it.
    pub cashier: Option<String>,
    /// The till and its branch, if the cashier is unknown.
    pub till: Option<(String, String)>,
    /// The purchases that they recorded.
    pub checks: i64,
    /// All purchases of the client.
    pub of_client: i64,
}

/// A till with many round totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundSums {
    /// The number of the till.
    pub till_id: i64,
    /// Its name.
    pub till: String,
    /// The branch.
    pub branch: String,
    /// The number of sales with a round total.
    pub round: i64,
    /// The number of all sales.
    pub checks: i64,
}

/// What is unusual in a period. Each list has at most one row more than [`MAX_UNUSUAL_ROWS`], which
/// shows that there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusual {
    /// The clients who bought often in a day.
    pub busy: Vec<Busy>,
    /// The clients with one cashier.
    pub givers: Vec<Giver>,
    /// The tills with round totals.
    pub round: Vec<RoundSums>,
}

/// Returns what is unusual in a period of at most [`UNUSUAL_DAYS`]; of a longer one, in its last
/// days. Three statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn unusual(
    backend: &Backend,
    tenant_id: i64,
    period: Period,
    limits: &UnusualLimits,
) -> Result<Unusual, Error> {
    let db = &backend.db;
    let period = period.last(UNUSUAL_DAYS);
    let span = (period.from(), period.until());
    let most = i64::try_from(MAX_UNUSUAL_ROWS + 1).unwrap_or(i64::MAX);
    let (busy, givers, round) = tokio::try_join!(
        sql::busy(db, tenant_id, span, limits.checks_a_day, most),
        sql::givers(db, tenant_id, span, limits, most),
        sql::round_sums(db, tenant_id, span, limits, most),
    )?;
    let busy = busy.into_iter().map(|row| Busy {
        client: who(row.client_id, row.client, row.phone),
        day: period.from().plus_days(row.day),
        till: row.till,
        branch: row.branch,
        checks: row.checks,
        sold: Money::from_dirams(row.sold),
    });
    let givers = givers.into_iter().map(|row| Giver {
        client: who(row.client_id, row.client, row.phone),
        cashier: row.cashier,
        till: row.till.zip(row.branch),
        checks: row.checks,
        of_client: row.of_client,
    });
    let round = round.into_iter().map(|row| RoundSums {
        till_id: row.till_id,
        till: row.till,
        branch: row.branch,
        round: row.round,
        checks: row.checks,
    });
    Ok(Unusual {
        busy: busy.collect(),
        givers: givers.collect(),
        round: round.collect(),
    })
}

fn who(id: i64, name: Option<String>, phone: String) -> Who {
    Who { id, name, phone }
}

/// Returns the limits of a store: its owner's, or the usual ones. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn limits(backend: &Backend, tenant_id: i64) -> Result<UnusualLimits, Error> {
    Ok(limits_of(sql::limits(&backend.db, tenant_id).await?))
}

fn limits_of(row: Option<sql::LimitsRow>) -> UnusualLimits {
    row.map_or_else(UnusualLimits::default, |row| UnusualLimits {
        checks_a_day: row.checks_a_day,
        giver_share: BasisPoints::new(row.giver_share_bp),
        min_purchases: row.min_purchases,
        round_step: Money::from_dirams(row.round_step_dirams),
        round_share: BasisPoints::new(row.round_share_bp),
    })
}

/// Sets the limits of a store.
#[derive(Clone, Debug)]
pub struct SetUnusualLimits<'a> {
    /// The person who sets them.
    pub actor: &'a Actor,
    /// The new limits.
    pub limits: UnusualLimits,
}

impl Command for SetUnusualLimits<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    /// Returns `false` if the limits are what they were. Three statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let before = limits_of(sql::limits_in(tx, self.actor.tenant_id).await?);
        if self.limits == before {
            return Ok(false);
        }
        sql::set_limits(tx, self.actor.tenant_id, &self.limits).await?;
        let details = Details {
            before: Some(before.line()),
            after: Some(self.limits.line()),
            ..Details::default()
        };
        let action = Action::LimitsSet;
        audit::record(tx, self.actor, action, Subject::Store, &details, now).await?;
        Ok(true)
    }
}
