//! The sums of documents: of a store, of a branch, of a day, of an hour.

use domain::{Money, Period, Timestamp};

use super::sql::{self, SumsRow};
use crate::{Backend, Error};

const MICROS_PER_HOUR: i64 = 3_600_000_000;
const MICROS_PER_DAY: i64 = 24 * MICROS_PER_HOUR;

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
        }
    }
}

impl From<&SumsRow> for Sums {
    fn from(row: &SumsRow) -> Self {
        Self {
            sales: row.sales,
            sold_to_clients: Money::from_dirams(row.sold_to_clients),
            receipts: row.receipts,
            sold_to_others: Money::from_dirams(row.sold_to_others),
            accrued: Money::from_dirams(row.accrued),
            redeemed: Money::from_dirams(row.redeemed),
            returns: row.returns,
            returned: Money::from_dirams(row.returned),
        }
    }
}

/// Sums up all documents of a store from `from` until before `until`. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn in_all(
    backend: &Backend,
    tenant_id: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<Sums, Error> {
    let row = sql::in_all(&backend.db, tenant_id, (from, until)).await?;
    Ok(row.as_ref().map(Sums::from).unwrap_or_default())
}

/// Sums up the documents of each branch that has some: the branch's number, its sums. A till's
/// documents belong to the branch where the till is now. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn by_branch(
    backend: &Backend,
    tenant_id: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(i64, Sums)>, Error> {
    let rows = sql::by_branch(&backend.db, tenant_id, (from, until)).await?;
    Ok(rows.iter().map(|row| (row.key, row.into())).collect())
}

/// Sums up the documents of each local day of a period: its midnight, its sums. Days without
/// documents are there too. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn by_day(
    backend: &Backend,
    tenant_id: i64,
    period: Period,
) -> Result<Vec<(Timestamp, Sums)>, Error> {
    let span = (period.from(), period.until());
    let slots = slots(backend, tenant_id, span, MICROS_PER_DAY).await?;
    let days = (0..).zip(slots);
    let day = |(number, sums)| (period.from().plus_days(number), sums);
    Ok(days.map(day).collect())
}

/// Sums up the documents of each of the 24 hours that begin at `midnight`. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn by_hour(
    backend: &Backend,
    tenant_id: i64,
    midnight: Timestamp,
) -> Result<Vec<Sums>, Error> {
    let span = (midnight, midnight.plus_days(1));
    slots(backend, tenant_id, span, MICROS_PER_HOUR).await
}

/// Sums up each slot of `micros` of a span.
async fn slots(
    backend: &Backend,
    tenant_id: i64,
    (from, until): (Timestamp, Timestamp),
    micros: i64,
) -> Result<Vec<Sums>, Error> {
    let rows = sql::by_slot(&backend.db, tenant_id, (from, until), micros).await?;
    let count = (until.micros() - from.micros()) / micros;
    let mut rows = rows.iter().peekable();
    let slot = |number| {
        let row = rows.next_if(|row| row.key == number);
        row.map(Sums::from).unwrap_or_default()
    };
    Ok((0..count).map(slot).collect())
}

/// How many purchases there are in each hour of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// The purchases of each of the 24 local hours on each weekday, Monday first.
    pub checks: [[i64; 7]; 24],
    /// The days of the period that fall on each weekday, until today.
    pub days: [i64; 7],
}

/// Counts the purchases of a period, with and without a client, by hour and weekday. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn week(backend: &Backend, tenant_id: i64, period: Period) -> Result<Week, Error> {
    let now = backend.clock.now();
    let span = (period.from(), period.until());
    let mut week = Week {
        checks: [[0; 7]; 24],
        days: period.weekdays(now),
    };
    for (began_at, checks) in sql::checks_by_hour(&backend.db, tenant_id, span).await? {
        let began_at = Timestamp::from_micros(began_at);
        let midnight = began_at.local_midnight();
        let hour = (began_at.micros() - midnight.micros()) / MICROS_PER_HOUR;
        let place = usize::try_from(hour)
            .ok()
            .and_then(|hour| week.checks.get_mut(hour))
            .zip(usize::try_from(began_at.weekday()).ok())
            .and_then(|(hour, weekday)| hour.get_mut(weekday));
        if let Some(place) = place {
            *place += checks;
        }
    }
    Ok(week)
}
