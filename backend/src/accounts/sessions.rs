//! The sessions of people who have signed in.

use domain::Timestamp;

use super::sql;
use crate::audit::Actor;
use crate::secrets::sent_token_hash;
use crate::{Backend, Error};
use domain::Role;

/// The days after which an unused session ends.
const IDLE_DAYS: i64 = 30;
/// The seconds between two updates of the moment when a session was seen.
const SEEN_SECONDS: i64 = 3_600;
/// The seconds for which an entered password allows acts of power.
const CONFIRMED_SECONDS: i64 = 900;

/// A person who has signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// The person's store.
    pub tenant_id: i64,
    /// The person's number.
    pub user_id: i64,
    /// The person's name.
    pub name: String,
    /// The person's rights.
    pub role: Role,
    /// The name of the store.
    pub store_name: String,
    confirmed_at: Timestamp,
    token_hash: String,
}

impl Session {
    /// Returns whether the password was entered so recently that the person may act with power.
    pub fn is_confirmed(&self, now: Timestamp) -> bool {
        now <= self.confirmed_at.plus_seconds(CONFIRMED_SECONDS)
    }

    /// Returns the person as the journal names them.
    pub fn actor(&self, address: &str) -> Actor {
        Actor {
            tenant_id: self.tenant_id,
            user_id: Some(self.user_id),
            name: self.name.clone(),
            address: address.to_owned(),
        }
    }
}

/// Finds the session of a cookie. One statement; once an hour a second one, which notes that the
/// session is used.
///
/// # Errors
/// [`Error::Storage`].
pub async fn session(backend: &Backend, cookie: &str) -> Result<Option<Session>, Error> {
    let Some((tenant_id, token_hash)) = parse(cookie) else {
        return Ok(None);
    };
    let now = backend.clock.now();
    let oldest = now.plus_days(-IDLE_DAYS);
    let Some(row) = sql::session(&backend.db, tenant_id, &token_hash, oldest).await? else {
        return Ok(None);
    };
    if row.seen_at < now.plus_seconds(-SEEN_SECONDS).micros() {
        sql::session_seen(&backend.db, tenant_id, &token_hash, now).await?;
    }
    Ok(Some(Session {
        tenant_id,
        user_id: row.user_id,
        name: row.name,
        role: Role::parse(&row.role)
            .ok_or_else(|| Error::corrupt("panel_users.role", &row.role))?,
        store_name: row.store_name,
        confirmed_at: Timestamp::from_micros(row.confirmed_at),
        token_hash,
    }))
}

fn parse(cookie: &str) -> Option<(i64, String)> {
    let (tenant_id, token) = cookie.split_once('.')?;
    Some((tenant_id.parse().ok()?, sent_token_hash(Some(token))?))
}

/// Ends the session. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn end(backend: &Backend, session: &Session) -> Result<(), Error> {
    sql::end_session(&backend.db, session.tenant_id, &session.token_hash).await
}
