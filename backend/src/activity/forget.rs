//! Forgets old activity.

use domain::Timestamp;
use domain::sharing::KEPT_DAYS;

use super::sql;
use crate::Error;
use crate::db::Tx;

/// Forgets the activity of a store's tills that is older than 35 days. Three statements.
pub(crate) async fn forget_old(tx: &mut Tx, tenant_id: i64, now: Timestamp) -> Result<(), Error> {
    sql::forget(tx, tenant_id, now.plus_days(-KEPT_DAYS)).await
}
