//! The bonuses that clients have, and what moved them without a purchase.

use domain::{Money, Period, Timestamp};

use super::sql;
use crate::{Backend, Error};

/// The months of which each shows what expires in it; the rest is one figure.
const MONTHS: i64 = 12;

/// The bonuses that clients have: what the store owes in goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bonuses {
    /// The moment.
    pub at: Timestamp,
    /// The bonuses that can be spent.
    pub available: Money,
    /// The bonuses that wait for the end of their hold.
    pub held: Money,
    /// Of both, those that never expire.
    pub endless: Money,
    /// What clients owe after returns; their next bonuses pay it.
    pub debt: Money,
    /// What expires in each of the next months, the current one first: the midnight with which the
    /// month begins, and the sum.
    pub months: Vec<(Timestamp, Money)>,
    /// What expires after them.
    pub later: Money,
}

impl Bonuses {
    /// Returns all bonuses that clients have.
    pub fn total(&self) -> Money {
        self.available + self.held
    }
}

/// Returns the bonuses that the clients of a store have now. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn bonuses(backend: &Backend, tenant_id: i64) -> Result<Bonuses, Error> {
    let now = backend.clock.now();
    let (available, held, endless, debt) = sql::bonuses(&backend.db, tenant_id, now).await?;
    // What expires at this very moment has expired.
    let mut edges = vec![now.micros().saturating_add(1)];
    edges.extend((1..=MONTHS).map(|months| now.plus_local_months(months).micros()));
    edges.push(i64::MAX);
    let spans = sql::burning(&backend.db, tenant_id, &edges).await?;
    let sum = |(_, dirams): &(i64, i64)| Money::from_dirams(*dirams);
    let (last, months) = spans.split_last().unzip();
    let months = months.unwrap_or_default().iter().map(|span| {
        let month = Timestamp::from_micros(span.0).local_month();
        (month, sum(span))
    });
    Ok(Bonuses {
        at: now,
        available: Money::from_dirams(available),
        held: Money::from_dirams(held),
        endless: Money::from_dirams(endless),
        debt: Money::from_dirams(debt),
        months: months.collect(),
        later: last.map_or(Money::ZERO, sum),
    })
}

/// The bonuses that moved for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// The stored name of the reason, such as `welcome` or `expire`.
    pub kind: String,
    /// The number of entries.
    pub entries: i64,
    /// Their sum; negative if bonuses went away.
    pub amount: Money,
}

/// Returns what moved bonuses in a period besides purchases and redemptions. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn moved(
    backend: &Backend,
    tenant_id: i64,
    period: Period,
) -> Result<Vec<Movement>, Error> {
    let span = (period.from(), period.until());
    let rows = sql::moved(&backend.db, tenant_id, span).await?;
    let movement = |(kind, entries, amount)| Movement {
        kind,
        entries,
        amount: Money::from_dirams(amount),
    };
    Ok(rows.into_iter().map(movement).collect())
}
