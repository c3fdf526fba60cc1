//! The sums of documents: of a store, of a branch, of a till, of a day, of an hour.

use std::collections::BTreeMap;

use domain::{Money, Period, Timestamp};

use super::sql::{self, SlotRow, SumsRow};
use super::{Scope, summing};
use crate::db::Tx;
use crate::{Backend, Error};

const MICROS_PER_HOUR: i64 = 3_600_000_000;
const MICROS_PER_DAY: i64 = 24 * MICROS_PER_HOUR;

type Moments = (Timestamp, Timestamp);

/// The sums of documents. A document belongs to the moment at which it happened (contract,
/// "Dates"): a return to its own day, not to that of its sale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// The number of sales, which have a client.
    pub sales: i64,
    /// Their totals.
    pub sold_to_clients: Money,
    /// The number of receipts, which have no client, except those that were voided.
    pub receipts: i64,
    /// Their totals.
    pub sold_to_others: Money,
    /// The cashback that sales gave.
    pub accrued: Money,
    /// The bonuses that paid, in sales and in redemptions without a sale.
    pub redeemed: Money,
    /// The number of returns.
    pub returns: i64,
    /// The value of the goods that came back.
    pub returned: Money,
    /// The number of redemptions without a sale.
    pub redemptions: i64,
    /// The bonuses that paid in these.
    pub redeemed_alone: Money,
}

impl Sums {
    /// Returns the number of purchases with and without a client.
    pub const fn purchases(&self) -> i64 {
        self.sales + self.receipts
    }

    /// Returns the totals of purchases with and without a client.
    pub fn sold(&self) -> Money {
        self.sold_to_clients + self.sold_to_others
    }

    /// Returns these sums and those of other documents together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            sales: self.sales + other.sales,
            sold_to_clients: self.sold_to_clients + other.sold_to_clients,
            receipts: self.receipts + other.receipts,
            sold_to_others: self.sold_to_others + other.sold_to_others,
            accrued: self.accrued + other.accrued,
            redeemed: self.redeemed + other.redeemed,
            returns: self.returns + other.returns,
            returned: self.returned + other.returned,
            redemptions: self.redemptions + other.redemptions,
            redeemed_alone: self.redeemed_alone + other.redeemed_alone,
        }
    }
}

impl From<SumsRow> for Sums {
    fn from(row: SumsRow) -> Self {
        Self {
            sales: row.sales,
            sold_to_clients: Money::from_dirams(row.sold_to_clients),
            receipts: row.receipts,
            sold_to_others: Money::from_dirams(row.sold_to_others),
            accrued: Money::from_dirams(row.accrued),
            redeemed: Money::from_dirams(row.redeemed),
            returns: row.returns,
            returned: Money::from_dirams(row.returned),
            redemptions: row.redemptions,
            redeemed_alone: Money::from_dirams(row.redeemed_alone),
        }
    }
}

/// Sums by a key: a till, a branch, a midnight, a slot.
type ByKey = BTreeMap<i64, Sums>;

fn add(sums: &mut ByKey, key: i64, more: Sums) {
    let sum = sums.entry(key).or_default();
    *sum = sum.and(&more);
}

/// The part of a span that is summed up by days, and the part of which the documents are read.
struct Parts {
    days: Option<Moments>,
    documents: Option<Moments>,
}

impl Parts {
    async fn of(
        tx: &mut Tx,
        scope: Scope,
        (from, until): Moments,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let summed = summing::summed_until(tx, scope.tenant_id, now).await?;
        // A day of which the span has only hours is not read from the sums.
        let summed = summed.map(|summed| summed.min(until.local_midnight()));
        let summed = summed.filter(|summed| from == from.local_midnight() && from < *summed);
        let rest = summed.unwrap_or(from);
        Ok(Self {
            days: summed.map(|summed| (from, summed)),
            documents: Some((rest, until)).filter(|(from, until)| from < until),
        })
    }
}

/// Sums up all documents of a store or a branch from `from` until before `until`. At most five
/// statements, with BEGIN and COMMIT.
///
/// # Errors
/// [`Error::Storage`].
pub async fn in_all(
    backend: &Backend,
    scope: Scope,
    from: Timestamp,
    until: Timestamp,
) -> Result<Sums, Error> {
    let tills = by_till(backend, scope, from, until).await?;
    let add = |sum: Sums, (_, till): &(i64, Sums)| sum.and(till);
    Ok(tills.iter().fold(Sums::default(), add))
}

/// Sums up the documents of each till that has some: the till's number, its sums. A till's
/// documents belong to the branch where the till is now. At most five statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn by_till(
    backend: &Backend,
    scope: Scope,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(i64, Sums)>, Error> {
    let mut tx = backend.db.begin_read().await?;
    let parts = Parts::of(&mut tx, scope, (from, until), backend.clock.now()).await?;
    let mut tills = ByKey::new();
    if let Some(days) = parts.days {
        for row in sql::tills_of_days(&mut tx, scope, days).await? {
            add(&mut tills, row.key, row.sums.into());
        }
    }
    if let Some(span) = parts.documents {
        // One slot.
        for row in sql::by_till_and_slot(&mut tx, scope, span, i64::MAX).await? {
            add(&mut tills, row.till_id, row.sums.into());
        }
    }
    tx.commit().await?;
    Ok(tills.into_iter().collect())
}

/// Sums up the documents of each branch that has some: the branch's number, its sums. At most six
/// statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn by_branch(
    backend: &Backend,
    tenant_id: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(i64, Sums)>, Error> {
    let tills = by_till(backend, Scope::store(tenant_id), from, until).await?;
    let homes = sql::tills(&backend.db, tenant_id).await?;
    let homes: BTreeMap<i64, i64> = homes.iter().map(|till| (till.id, till.branch_id)).collect();
    let mut branches = ByKey::new();
    for (till, sums) in tills {
        if let Some(branch) = homes.get(&till) {
            add(&mut branches, *branch, sums);
        }
    }
    Ok(branches.into_iter().collect())
}

/// Sums up the documents of each local day of a period: its midnight, its sums. Days without
/// documents are there too. At most five statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn by_day(
    backend: &Backend,
    scope: Scope,
    period: Period,
) -> Result<Vec<(Timestamp, Sums)>, Error> {
    let span = (period.from(), period.until());
    let mut tx = backend.db.begin_read().await?;
    let parts = Parts::of(&mut tx, scope, span, backend.clock.now()).await?;
    let mut days = ByKey::new();
    if let Some(span) = parts.days {
        for row in sql::days(&mut tx, scope, span).await? {
            add(&mut days, row.key, row.sums.into());
        }
    }
    if let Some(span) = parts.documents {
        for row in sql::by_till_and_slot(&mut tx, scope, span, MICROS_PER_DAY).await? {
            let midnight = span.0.plus_days(row.slot).micros();
            add(&mut days, midnight, row.sums.into());
        }
    }
    tx.commit().await?;
    let day = |number| {
        let midnight = period.from().plus_days(number);
        let sums = days.get(&midnight.micros()).copied();
        (midnight, sums.unwrap_or_default())
    };
    Ok((0..period.days()).map(day).collect())
}

/// Sums up the documents of each of the 24 hours that begin at `midnight`. One statement, with
/// BEGIN and COMMIT.
///
/// # Errors
/// [`Error::Storage`].
pub async fn by_hour(
    backend: &Backend,
    tenant_id: i64,
    midnight: Timestamp,
) -> Result<Vec<Sums>, Error> {
    let span = (midnight, midnight.plus_days(1));
    let mut tx = backend.db.begin_read().await?;
    let scope = Scope::store(tenant_id);
    let rows = sql::by_till_and_slot(&mut tx, scope, span, MICROS_PER_HOUR).await?;
    tx.commit().await?;
    let mut hours = ByKey::new();
    for SlotRow { slot, sums, .. } in rows {
        add(&mut hours, slot, sums.into());
    }
    let hour = |slot| hours.get(&slot).copied().unwrap_or_default();
    Ok((0..24).map(hour).collect())
}

/// How many purchases there are in each hour of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// The purchases of each of the 24 local hours on each weekday, Monday first.
    pub checks: [[i64; 7]; 24],
    /// The days of the period that fall on each weekday, until today.
    pub days: [i64; 7],
}

impl Week {
    /// Adds purchases in the hour of a local day.
    fn add(&mut self, midnight: Timestamp, hour: i64, checks: i64) {
        let place = usize::try_from(hour)
            .ok()
            .and_then(|hour| self.checks.get_mut(hour))
            .zip(usize::try_from(midnight.weekday()).ok())
            .and_then(|(hour, weekday)| hour.get_mut(weekday));
        if let Some(place) = place {
            *place += checks;
        }
    }
}

/// Counts the purchases of a period, with and without a client, by hour and weekday. At most five
/// statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn week(backend: &Backend, scope: Scope, period: Period) -> Result<Week, Error> {
    let now = backend.clock.now();
    let span = (period.from(), period.until());
    let mut week = Week {
        checks: [[0; 7]; 24],
        days: period.weekdays(now),
    };
    let mut tx = backend.db.begin_read().await?;
    let parts = Parts::of(&mut tx, scope, span, now).await?;
    if let Some(span) = parts.days {
        for row in sql::hours_of_days(&mut tx, scope, span).await? {
            let midnight = Timestamp::from_micros(row.midnight);
            for (hour, checks) in (0..).zip(row.checks) {
                week.add(midnight, hour, checks);
            }
        }
    }
    if let Some(span) = parts.documents {
        for row in sql::by_till_and_slot(&mut tx, scope, span, MICROS_PER_HOUR).await? {
            let checks = row.sums.sales + row.sums.receipts;
            week.add(span.0.plus_days(row.slot / 24), row.slot % 24, checks);
        }
    }
    tx.commit().await?;
    Ok(week)
}
