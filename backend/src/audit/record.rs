//! Writes the journals.

use domain::Timestamp;

use super::{Action, Actor, Details, PlatformActor, PlatformSubject, Subject, sql};
use crate::Error;
use crate::db::Tx;

/// Adds an entry to the journal of a store, in the transaction of the act. One statement.
pub(crate) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    subject: Subject,
    details: &Details,
    now: Timestamp,
) -> Result<(), Error> {
    let details = stored(details)?;
    sql::insert(tx, actor, action.as_str(), &subject.text(), &details, now).await
}

/// Adds an entry to the journal of the platform, in the transaction of the act. One statement.
pub(crate) async fn record_on_platform(
    tx: &mut Tx,
    actor: &PlatformActor,
    action: Action,
    subject: PlatformSubject,
    details: &Details,
    now: Timestamp,
) -> Result<(), Error> {
    let details = stored(details)?;
    sql::insert_on_platform(tx, actor, action.as_str(), &subject.text(), &details, now).await
}

fn stored(details: &Details) -> Result<String, Error> {
    serde_json::to_string(details).map_err(|error| Error::corrupt("details", error))
}
