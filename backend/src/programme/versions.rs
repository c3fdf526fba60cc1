//! The saved versions of a programme.

use domain::{Programme, Timestamp};

use super::sql::{self, VersionRow};
use crate::{Backend, Error};

/// A saved version. It never changes.
#[derive(Clone, Debug)]
pub struct Version {
    /// The number within the store: 1, 2, 3, …
    pub number: i64,
    /// The moment from which it applies.
    pub at: Timestamp,
    /// The number of the person who saved it; `None` for the platform.
    pub user_id: Option<i64>,
    /// The name of the person at that time.
    pub who: String,
    /// The settings.
    pub programme: Programme,
}

impl TryFrom<VersionRow> for Version {
    type Error = Error;

    fn try_from(row: VersionRow) -> Result<Self, Error> {
        Ok(Self {
            number: row.number,
            at: Timestamp::from_micros(row.saved_at),
            user_id: row.user_id,
            who: row.who,
            programme: row.programme.try_into()?,
        })
    }
}

/// Returns at most `limit` versions of a store, the newest first, from number `up_to` down. The
/// first one applies now if `up_to` is `None`. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn versions(
    backend: &Backend,
    tenant_id: i64,
    up_to: Option<i64>,
    limit: i64,
) -> Result<Vec<Version>, Error> {
    let up_to = up_to.unwrap_or(i64::MAX);
    let rows = sql::versions(&backend.db, tenant_id, up_to, limit).await?;
    rows.into_iter().map(Version::try_from).collect()
}

/// Returns the version that applies now. One statement.
///
/// # Errors
/// [`Error::Storage`], also if the store has no programme.
pub async fn version(backend: &Backend, tenant_id: i64) -> Result<Version, Error> {
    let newest = versions(backend, tenant_id, None, 1).await?;
    let newest = newest.into_iter().next();
    newest.ok_or_else(|| Error::corrupt("programme_versions of store", tenant_id))
}
