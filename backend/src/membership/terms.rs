//! The terms that a client accepts when joining by themselves.

use domain::Timestamp;

use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Backend, Command, Error};

/// The terms of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The version.
    pub version: i64,
    /// The text.
    pub text: String,
    /// The moment from which it holds.
    pub since: Timestamp,
}

/// Returns the present terms of a store; `None` if it has none. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn terms(backend: &Backend, tenant_id: i64) -> Result<Option<Terms>, Error> {
    let row = sql::terms::last(&backend.db, tenant_id).await?;
    Ok(row.map(of_row))
}

/// Returns the present terms within a transaction. One statement.
pub(super) async fn present(tx: &mut Tx, tenant_id: i64) -> Result<Option<Terms>, Error> {
    let row = sql::terms::last_in(tx, tenant_id).await?;
    Ok(row.map(of_row))
}

fn of_row((version, text, created_at): (i64, String, i64)) -> Terms {
    Terms {
        version,
        text,
        since: Timestamp::from_micros(created_at),
    }
}

/// Saves a new version of the terms, if the text is another one.
pub struct SaveTerms<'a> {
    /// The person.
    pub actor: &'a Actor,
    /// The text.
    pub text: &'a str,
}

impl Command for SaveTerms<'_> {
    /// The version that holds now.
    type Outcome = i64;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<i64, Error> {
        let tenant_id = self.actor.tenant_id;
        crate::stores::lock(tx, tenant_id).await?;
        let before = sql::terms::last_in(tx, tenant_id).await?;
        let version = match before {
            Some((version, text, _)) if text == self.text => return Ok(version),
            Some((version, _, _)) => version + 1,
            None => 1,
        };
        sql::terms::insert(tx, tenant_id, version, self.text, now).await?;
        let details = Details {
            name: version.to_string(),
            ..Details::default()
        };
        let subject = Subject::Store;
        audit::record(tx, self.actor, Action::TermsSaved, subject, &details, now).await?;
        Ok(version)
    }
}
