//! Writes the journal.

use domain::Timestamp;

use super::{Action, Actor, Details, Subject, sql};
use crate::Error;
use crate::db::Tx;

/// Adds an entry, in the transaction of the act. One statement.
pub(crate) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    subject: Subject,
    details: &Details,
    now: Timestamp,
) -> Result<(), Error> {
    let details =
        serde_json::to_string(details).map_err(|error| Error::corrupt("details", error))?;
    sql::insert(tx, actor, action.as_str(), &subject.text(), &details, now).await
}
