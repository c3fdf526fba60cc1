//! The devices to which tills were bound, and the tickets that a copy of a device has sent.

use domain::Timestamp;

use super::sql;
use crate::db::Tx;
use crate::till_number::TillNumber;
use crate::{Backend, Error};

/// Notes that a till is bound to a device from now on. One statement.
pub(crate) async fn note_binding(
    tx: &mut Tx,
    till: TillNumber,
    device_id: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sql::note_binding(tx, till, device_id, now).await
}

/// Notes that a till's device has sent an old ticket. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub(crate) async fn note_old_ticket(
    backend: &Backend,
    till: TillNumber,
    now: Timestamp,
) -> Result<(), Error> {
    sql::note_old_ticket(&backend.db, till, now).await
}
