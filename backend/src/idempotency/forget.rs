//! Deletes old answers.

use domain::Timestamp;

use super::sql;
use crate::Error;
use crate::db::Tx;

/// The time that an answer is kept, in days.
const KEPT_DAYS: i64 = 7;

/// The number of answers that one statement deletes. It is limited because SQLite's tills wait for
/// it.
const FORGOTTEN_AT_ONCE: i64 = 2_000;

/// Deletes some of a store's answers that are too old to be asked for again. Returns `false` if
/// there are no more.
pub(crate) async fn forget_some(
    tx: &mut Tx,
    tenant_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let before = now.plus_days(-KEPT_DAYS);
    let forgotten = sql::forget(tx, tenant_id, before, FORGOTTEN_AT_ONCE).await?;
    Ok(i64::try_from(forgotten).is_ok_and(|forgotten| forgotten == FORGOTTEN_AT_ONCE))
}
