//! The devices to which tills were bound.

use domain::Timestamp;

use super::sql;
use crate::Error;
use crate::db::Tx;
use crate::till_number::TillNumber;

/// Notes that a till is bound to a device from now on. One statement.
pub(crate) async fn note_binding(
    tx: &mut Tx,
    till: TillNumber,
    device_id: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sql::note_binding(tx, till, device_id, now).await
}
