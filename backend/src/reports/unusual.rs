//! What is unusual by the limits of the store's owner.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use domain::{BasisPoints, Money, Period, Timestamp, UnusualLimits, is_beyond_chance};

use super::Scope;
use super::sql::{self, GiverRow, WorkRow};
use super::tills::Places;
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
    /// The purchases of all clients that they recorded, and all of the same branches.
    pub usual: (i64, i64),
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
/// days. Four statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn unusual(
    backend: &Backend,
    scope: Scope,
    period: Period,
    limits: &UnusualLimits,
) -> Result<Unusual, Error> {
    let db = &backend.db;
    let period = period.last(UNUSUAL_DAYS);
    let span = (period.from(), period.until());
    let most = i64::try_from(MAX_UNUSUAL_ROWS + 1).unwrap_or(i64::MAX);
    let (busy, givers, work, tills) = tokio::try_join!(
        sql::busy(db, scope, span, limits.checks_a_day, most),
        sql::givers(db, scope, span, limits),
        sql::work(db, scope, span, limits),
        super::tills::places(backend, scope.tenant_id),
    )?;
    let busy = busy.into_iter().map(|row| Busy {
        client: who(row.client_id, row.client, row.phone),
        day: period.from().plus_days(row.day),
        till: row.till,
        branch: row.branch,
        checks: row.checks,
        sold: Money::from_dirams(row.sold),
    });
    Ok(Unusual {
        busy: busy.collect(),
        givers: remarkable(givers, &work, &tills),
        round: round(&work, &tills, limits),
    })
}

/// Returns the givers whose share of a client's purchases is more than chance explains, by their
/// share of all purchases in their branches.
fn remarkable(rows: Vec<GiverRow>, work: &[WorkRow], tills: &Places) -> Vec<Giver> {
    let usual = UsualShares::of(work, tills);
    let giver = |row: GiverRow| {
        let usual = usual.of_giver(row.cashier.as_deref(), row.till_id);
        let is_remarkable = is_beyond_chance(row.checks, row.of_client, usual);
        let till = row.till_id.and_then(|id| tills.get(&id));
        is_remarkable.then(|| Giver {
            client: who(row.client_id, row.client, row.phone),
            cashier: row.cashier,
            till: till.map(|place| (place.till.clone(), place.branch.clone())),
            checks: row.checks,
            of_client: row.of_client,
            usual,
        })
    };
    let givers = rows.into_iter().filter_map(giver);
    givers.take(MAX_UNUSUAL_ROWS + 1).collect()
}

/// Who records sales: a cashier, or a till that sends none.
type Recorder<'w> = (Option<&'w str>, Option<i64>);

/// The purchases that each giver has recorded, and those of the branches where they did.
struct UsualShares<'w> {
    givers: BTreeMap<Recorder<'w>, (i64, BTreeSet<i64>)>,
    branches: BTreeMap<i64, i64>,
}

impl<'w> UsualShares<'w> {
    fn of(work: &'w [WorkRow], tills: &Places) -> Self {
        let mut shares = Self {
            givers: BTreeMap::new(),
            branches: BTreeMap::new(),
        };
        for row in work {
            let branch = tills.get(&row.till_id).map_or(0, |place| place.branch_id);
            *shares.branches.entry(branch).or_default() += row.checks;
            let cashier = row.cashier.as_deref();
            let till = cashier.is_none().then_some(row.till_id);
            let (checks, branches) = shares.givers.entry((cashier, till)).or_default();
            *checks += row.checks;
            branches.insert(branch);
        }
        shares
    }

    /// Returns the purchases that a giver has recorded, and all of the same branches.
    fn of_giver(&self, cashier: Option<&str>, till: Option<i64>) -> (i64, i64) {
        let Some((checks, branches)) = self.givers.get(&(cashier, till)) else {
            return (0, 0);
        };
        let of_branch = |branch| self.branches.get(branch).copied().unwrap_or_default();
        (*checks, branches.iter().map(of_branch).sum())
    }
}

/// Returns the tills with at least the least number of sales of which more than the share have a
/// round total, those with the most first.
fn round(work: &[WorkRow], tills: &Places, limits: &UnusualLimits) -> Vec<RoundSums> {
    let mut sums: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for row in work {
        let (round, checks) = sums.entry(row.till_id).or_default();
        *round += row.round;
        *checks += row.with_total;
    }
    let is_shown = |(_, (round, checks)): &(i64, (i64, i64))| {
        *checks >= limits.min_purchases && round * 10_000 > checks * limits.round_share.get()
    };
    let mut rows: Vec<RoundSums> = sums
        .into_iter()
        .filter(is_shown)
        .map(|(till_id, (round, checks))| {
            let place = tills.get(&till_id);
            RoundSums {
                till_id,
                till: place.map_or_else(String::new, |place| place.till.clone()),
                branch: place.map_or_else(String::new, |place| place.branch.clone()),
                round,
                checks,
            }
        })
        .collect();
    rows.sort_by_key(|row| Reverse(row.round));
    rows.truncate(MAX_UNUSUAL_ROWS + 1);
    rows
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
