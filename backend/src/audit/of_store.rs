//! What admins did to a store.

use domain::Timestamp;

use super::{Details, PlatformSubject, sql};
use crate::{Backend, Error};

/// The newest acts that are shown.
const SHOWN: i64 = 20;

/// An act of an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminAct {
    /// Its moment.
    pub at: Timestamp,
    /// The name of the admin at that time.
    pub who: String,
    /// The name of the act, as [`super::Action::as_str`] returns it.
    pub action: String,
    /// Names and states.
    pub details: Details,
}

/// Returns the newest acts of admins in a store, at most twenty. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn acts_in_store(backend: &Backend, tenant_id: i64) -> Result<Vec<AdminAct>, Error> {
    let subject = PlatformSubject::Store(tenant_id).text();
    let rows = sql::acts_on(&backend.db, &subject, SHOWN).await?;
    let act = |(at, who, action, details): (i64, String, String, String)| AdminAct {
        at: Timestamp::from_micros(at),
        who,
        action,
        details: serde_json::from_str(&details).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(act).collect())
}
