//! The saved versions of a programme.

use super::{Version, sql};
use crate::{Backend, Error};

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
    rows.into_iter()
        .map(sql::VersionRow::into_version)
        .collect()
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
