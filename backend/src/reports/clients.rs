//! Who buys again, and in which tiers clients are.

use domain::{Money, Period, Timestamp};

use super::sql;
use crate::{Backend, Error, programme};

/// The months in which first purchases are looked for, and after each of which clients may return.
pub const COHORT_MONTHS: usize = 5;

/// Returns how many clients bought more than once in the days of `period`, and how many bought at
/// all. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn repeat(
    backend: &Backend,
    tenant_id: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<(i64, i64), Error> {
    sql::repeat(&backend.db, tenant_id, (from, until)).await
}

/// The clients who first bought in the same month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// The midnight with which the month begins.
    pub month: Timestamp,
    /// The number of clients.
    pub clients: i64,
    /// How many of them bought again in the next month, in the one after it, and so on, until the
    /// last month that has ended.
    pub again: Vec<i64>,
}

/// Returns the clients by the month of their first purchase: of the last months that have ended,
/// but for the very last one, which nothing has followed yet. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn cohorts(backend: &Backend, tenant_id: i64) -> Result<Vec<Cohort>, Error> {
    let now = backend.clock.now();
    let edges = [-6, -5, -4, -3, -2, -1, 0].map(|months| now.plus_local_months(months));
    let rows = sql::cohorts(&backend.db, tenant_id, edges).await?;
    let cohort = |(number, month): (usize, &Timestamp)| {
        let row = rows
            .iter()
            .find(|row| usize::try_from(row.cohort) == Ok(number));
        let bought = row.map_or([0; COHORT_MONTHS], |row| {
            let sql::CohortRow {
                bought_1,
                bought_2,
                bought_3,
                bought_4,
                bought_5,
                ..
            } = row;
            [*bought_1, *bought_2, *bought_3, *bought_4, *bought_5]
        });
        Cohort {
            month: *month,
            clients: row.map_or(0, |row| row.clients),
            again: bought.into_iter().skip(number).collect(),
        }
    };
    let months = edges.iter().take(COHORT_MONTHS).enumerate();
    Ok(months.map(cohort).collect())
}

/// The clients who were in one tier and are in another, or in the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierMove {
    /// The place of the tier at the beginning: 0 for none, 1 for the lowest; `None` for a client
    /// who was not registered yet.
    pub was: Option<usize>,
    /// The place at the end.
    pub is_now: usize,
    /// The number of clients.
    pub clients: i64,
}

/// The tiers of a store, the lowest first, and the moves between them in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    /// The name and the threshold of each tier.
    pub tiers: Vec<(String, Money)>,
    /// The moves.
    pub moves: Vec<TierMove>,
}

/// Returns the moves between the present tiers in a period. What a client had spent at a moment is
/// what is stored now, less the documents since. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn tiers(backend: &Backend, tenant_id: i64, period: Period) -> Result<Tiers, Error> {
    let mut tiers = programme::of_store(backend, tenant_id).await?.tiers;
    tiers.sort_by_key(|tier| tier.from_spent);
    let thresholds: Vec<i64> = tiers.iter().map(|tier| tier.from_spent.dirams()).collect();
    let span = (period.from(), period.until());
    let rows = sql::tier_moves(&backend.db, tenant_id, span, &thresholds).await?;
    let moves = rows.into_iter().map(|row| TierMove {
        was: usize::try_from(row.was).ok(),
        is_now: usize::try_from(row.is_now).unwrap_or_default(),
        clients: row.clients,
    });
    Ok(Tiers {
        tiers: tiers
            .into_iter()
            .map(|tier| (tier.name, tier.from_spent))
            .collect(),
        moves: moves.collect(),
    })
}
