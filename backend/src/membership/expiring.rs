//! What of a client's bonuses ends when.

use domain::{Money, Timestamp};

use super::{AuthenticatedClient, sql};
use crate::{Backend, Error};

/// The most moments of expiry that are looked at.
const MOST: i64 = 100;

/// Bonuses that end on a local day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// The moment when the first of them end.
    pub at: Timestamp,
    /// How many.
    pub amount: Money,
}

/// Returns what of a client's bonuses ends on which day, the soonest first. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn expiring(
    backend: &Backend,
    client: AuthenticatedClient,
) -> Result<Vec<Expiring>, Error> {
    let now = backend.clock.now();
    let (tenant_id, client_id) = (client.tenant_id, client.client_id);
    let rows = sql::expiring(&backend.db, tenant_id, client_id, now, MOST).await?;
    let mut days: Vec<Expiring> = Vec::new();
    for (at, dirams) in rows {
        let (at, amount) = (Timestamp::from_micros(at), Money::from_dirams(dirams));
        match days.last_mut() {
            Some(last) if last.at.local_midnight() == at.local_midnight() => {
                last.amount += amount;
            }
            _ => days.push(Expiring { at, amount }),
        }
    }
    Ok(days)
}
