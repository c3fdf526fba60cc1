//! A store on its own page of the admin console.

use domain::Timestamp;

use super::sql;
use crate::{Backend, Error};

/// A store as its admins see it.
#[derive(Clone, Debug)]
pub struct StoreView {
    /// Its name.
    pub name: String,
    /// The moment when it was opened.
    pub opened_at: Timestamp,
    /// The most tills that may be switched on; `None` if it is not limited.
    pub paid_tills: Option<i64>,
    /// Its suspension; `None` if it works.
    pub suspended: Option<StoreSuspension>,
}

/// The suspension of a store, for its admins.
#[derive(Clone, Debug)]
pub struct StoreSuspension {
    /// The moment since which its tills are refused.
    pub at: Timestamp,
    /// The name of the admin; `None` if it was suspended in the database.
    pub by: Option<String>,
    /// The reason that its owner reads.
    pub reason: Option<String>,
}

/// Returns a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn view(backend: &Backend, tenant_id: i64) -> Result<Option<StoreView>, Error> {
    let row = sql::overview::store(&backend.db, tenant_id).await?;
    Ok(row.map(|row| StoreView {
        name: row.name,
        opened_at: Timestamp::from_micros(row.created_at),
        paid_tills: row.paid_tills,
        suspended: row.suspended_at.map(|at| StoreSuspension {
            at: Timestamp::from_micros(at),
            by: row.suspended_by,
            reason: row.suspended_for,
        }),
    }))
}

/// Returns the last sale or receipt of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn last_sale(backend: &Backend, tenant_id: i64) -> Result<Option<Timestamp>, Error> {
    let last = sql::overview::last_sale(&backend.db, tenant_id).await?;
    Ok(last.map(Timestamp::from_micros))
}
