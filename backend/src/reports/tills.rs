//! The branches and tills of a store, with what they sold.

use std::collections::BTreeMap;

use domain::silence::{HABIT_DAYS, is_silent};
use domain::{Money, Timestamp};

use super::sql;
use crate::{Backend, Error};

/// A branch with its tills.
#[derive(Clone, Debug)]
pub struct BranchTills {
    /// The branch's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its address; may be empty.
    pub address: String,
    /// Its tills, in the order in which they were added.
    pub tills: Vec<TillRow>,
}

/// Returns the number and the name of each branch of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn branch_names(backend: &Backend, tenant_id: i64) -> Result<Vec<(i64, String)>, Error> {
    let branches = sql::branches(&backend.db, tenant_id).await?;
    Ok(branches
        .into_iter()
        .map(|(id, name, _)| (id, name))
        .collect())
}

/// The place of a till.
pub(super) struct Place {
    pub(super) till: String,
    pub(super) branch: String,
    pub(super) branch_id: i64,
}

/// The places of tills by their numbers.
pub(super) type Places = BTreeMap<i64, Place>;

/// Returns the places of all tills of a store. Two statements.
pub(super) async fn places(backend: &Backend, tenant_id: i64) -> Result<Places, Error> {
    let branches = branch_names(backend, tenant_id).await?;
    let branches: BTreeMap<i64, String> = branches.into_iter().collect();
    let tills = sql::tills(&backend.db, tenant_id).await?;
    let place = |till: sql::TillListRow| {
        let branch = branches.get(&till.branch_id).cloned().unwrap_or_default();
        let place = Place {
            till: till.name,
            branch,
            branch_id: till.branch_id,
        };
        (till.id, place)
    };
    Ok(tills.into_iter().map(place).collect())
}

/// Returns the number and the name of each till of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn till_names(backend: &Backend, tenant_id: i64) -> Result<Vec<(i64, String)>, Error> {
    let tills = sql::tills(&backend.db, tenant_id).await?;
    Ok(tills.into_iter().map(|till| (till.id, till.name)).collect())
}

/// A till in the list.
#[derive(Clone, Debug)]
pub struct TillRow {
    /// The till's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `true` if the store has switched it off.
    pub is_disabled: bool,
    /// `true` if it is bound to a device.
    pub is_bound: bool,
    /// The requests from other devices since the binding was reset.
    pub mismatches: i64,
    /// The moment when it was last on the line, exact to a minute.
    pub seen_at: Option<Timestamp>,
    /// The program that sends its requests.
    pub program: Option<String>,
    /// The purchases since the given moment, with and without a client.
    pub purchases: i64,
    /// Their totals.
    pub sold: Money,
}

/// Lists the branches of a store with their tills, and what each till sold since `from`. Three
/// statements.
///
/// # Errors
/// [`Error::Storage`].
pub async fn tills(
    backend: &Backend,
    tenant_id: i64,
    from: Timestamp,
) -> Result<Vec<BranchTills>, Error> {
    let rows = sql::tills(&backend.db, tenant_id).await?;
    let sold = sql::sold_by_tills(&backend.db, tenant_id, from).await?;
    let mut branches: Vec<BranchTills> = sql::branches(&backend.db, tenant_id)
        .await?
        .into_iter()
        .map(|(id, name, address)| BranchTills {
            id,
            name,
            address,
            tills: Vec::new(),
        })
        .collect();
    for row in rows {
        let (purchases, total) = sold
            .iter()
            .find(|(till_id, ..)| *till_id == row.id)
            .map_or((0, 0), |(_, purchases, total)| (*purchases, *total));
        let Some(branch) = branches
            .iter_mut()
            .find(|branch| branch.id == row.branch_id)
        else {
            continue;
        };
        branch.tills.push(TillRow {
            id: row.id,
            name: row.name,
            is_disabled: row.disabled_at.is_some(),
            is_bound: row.device_id.is_some(),
            mismatches: row.device_mismatch_count,
            seen_at: row.seen_at.map(Timestamp::from_micros),
            program: row.program,
            purchases,
            sold: Money::from_dirams(total),
        });
    }
    Ok(branches)
}

/// Returns those of the tills that have sent nothing for an hour, although they usually sell at
/// this time: the number of the till, its last request. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn silent(
    backend: &Backend,
    tenant_id: i64,
    branches: &[BranchTills],
) -> Result<Vec<(i64, Timestamp)>, Error> {
    let now = backend.clock.now();
    let habits = sql::habits(&backend.db, tenant_id, now, HABIT_DAYS).await?;
    let tills = branches.iter().flat_map(|branch| &branch.tills);
    let silent = tills.filter_map(|till| {
        let (_, sold_on) = habits.iter().find(|(id, _)| *id == till.id)?;
        let seen_at = till.seen_at.filter(|_| !till.is_disabled)?;
        is_silent(seen_at, *sold_on, now).then_some((till.id, seen_at))
    });
    Ok(silent.collect())
}
