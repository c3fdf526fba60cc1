//! The sums of a local day.

use domain::{Money, Timestamp};

use super::sql;
use crate::{Backend, Error};

/// The sums of the documents of one branch, or of all, over a part of a day. Documents belong to
/// the moment at which they happened (contract, "Dates").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayFigures {
    /// The sales, which have a client.
    pub sales: i64,
    /// The receipts without a client, except those that were voided.
    pub receipts: i64,
    /// The totals of both.
    pub sold: Money,
    /// The cashback that sales gave.
    pub accrued: Money,
    /// The bonuses that paid, in sales and in redemptions without a sale.
    pub redeemed: Money,
}

impl DayFigures {
    /// Returns the purchases with and without a client.
    pub const fn purchases(&self) -> i64 {
        self.sales + self.receipts
    }
}

/// The figures of a store by branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Each branch that has documents: its number and figures.
    pub branches: Vec<(i64, DayFigures)>,
    /// The number of returns.
    pub returns: i64,
    /// The value of the goods that came back.
    pub returned: Money,
}

impl Day {
    /// Returns the figures of a branch.
    pub fn branch(&self, id: i64) -> DayFigures {
        let found = self.branches.iter().find(|(known, _)| *known == id);
        found.map_or(DayFigures::default(), |(_, figures)| *figures)
    }

    /// Returns the figures of all branches together.
    pub fn all(&self) -> DayFigures {
        let add = |sum: DayFigures, (_, branch): &(i64, DayFigures)| DayFigures {
            sales: sum.sales + branch.sales,
            receipts: sum.receipts + branch.receipts,
            sold: sum.sold + branch.sold,
            accrued: sum.accrued + branch.accrued,
            redeemed: sum.redeemed + branch.redeemed,
        };
        self.branches.iter().fold(DayFigures::default(), add)
    }
}

/// Sums up a store's documents from `from` until before `until`. Two statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn day(
    backend: &Backend,
    tenant_id: i64,
    from: Timestamp,
    until: Timestamp,
) -> Result<Day, Error> {
    let (db, span) = (&backend.db, (from, until));
    let rows = sql::by_branch(db, tenant_id, span).await?;
    let (returns, returned) = sql::returned(db, tenant_id, span).await?;
    let branch = |row: sql::BranchRow| {
        let figures = DayFigures {
            sales: row.sales,
            receipts: row.receipts,
            sold: Money::from_dirams(row.sold),
            accrued: Money::from_dirams(row.accrued),
            redeemed: Money::from_dirams(row.redeemed),
        };
        (row.branch_id, figures)
    };
    Ok(Day {
        branches: rows.into_iter().map(branch).collect(),
        returns,
        returned: Money::from_dirams(returned),
    })
}

/// Returns the totals of sales and receipts in each of the 24 hours that begin at `midnight`. One
/// statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn hours(
    backend: &Backend,
    tenant_id: i64,
    midnight: Timestamp,
) -> Result<[Money; 24], Error> {
    let span = (midnight, midnight.plus_days(1));
    let mut hours = [Money::ZERO; 24];
    for (hour, dirams) in sql::by_hour(&backend.db, tenant_id, span).await? {
        let place = usize::try_from(hour)
            .ok()
            .and_then(|hour| hours.get_mut(hour));
        if let Some(place) = place {
            *place = Money::from_dirams(dirams);
        }
    }
    Ok(hours)
}
