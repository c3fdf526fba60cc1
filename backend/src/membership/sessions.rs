//! The sessions of clients: a token that the client's app keeps.

use domain::{Refusal, Timestamp};

use super::sql;
use crate::db::Tx;
use crate::secrets::{random_token, sent_token_hash, token_hash};
use crate::{AuthError, Backend, Command, Error};

/// The days without a request after which a session ends.
const IDLE_DAYS: i64 = 180;

/// A client who has signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthenticatedClient {
    /// The store.
    pub tenant_id: i64,
    /// The client.
    pub client_id: i64,
}

/// Begins a session of a client.
pub struct NewSession {
    /// The store.
    pub tenant_id: i64,
    /// The client.
    pub client_id: i64,
}

impl Command for NewSession {
    /// The token, which is not stored.
    type Outcome = String;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<String, Error> {
        let token = random_token()?;
        let hash = token_hash(&token);
        sql::sessions::insert(tx, &hash, self.tenant_id, self.client_id, now).await?;
        Ok(token)
    }
}

/// Finds the client of a token. One statement; one more on the first request of a day.
///
/// # Errors
/// [`AuthError::BadClientToken`], [`AuthError::StoreSuspended`]; [`Refusal::ClientBlocked`].
pub async fn authenticate(
    backend: &Backend,
    token: Option<&str>,
) -> Result<AuthenticatedClient, AuthError> {
    let hash = sent_token_hash(token).ok_or(AuthError::BadClientToken)?;
    let now = backend.clock.now();
    let found = || sql::sessions::find(&backend.db, &hash, now.plus_days(-IDLE_DAYS));
    let row = backend.db.once_more(found).await?;
    let row = row.ok_or(AuthError::BadClientToken)?;
    if row.suspended_at.is_some() {
        return Err(AuthError::StoreSuspended);
    }
    if row.blocked_at.is_some() {
        return Err(Error::from(Refusal::ClientBlocked).into());
    }
    if row.seen_at < now.plus_days(-1).micros() {
        sql::sessions::note_seen(&backend.db, &hash, now).await?;
    }
    Ok(AuthenticatedClient {
        tenant_id: row.tenant_id,
        client_id: row.client_id,
    })
}

/// Ends the session of a token.
pub struct EndSession<'a> {
    /// The client.
    pub client: AuthenticatedClient,
    /// The token.
    pub token: &'a str,
}

impl Command for EndSession<'_> {
    type Outcome = ();

    async fn execute(&self, tx: &mut Tx, _: Timestamp) -> Result<(), Error> {
        let Some(hash) = sent_token_hash(Some(self.token)) else {
            return Ok(());
        };
        sql::sessions::delete(tx, &hash, self.client.tenant_id).await
    }
}
