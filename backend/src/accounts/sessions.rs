//! The sessions of people who have signed in.

use domain::Timestamp;

use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::sent_token_hash;
use crate::{Backend, Command, Error};
use domain::Role;

/// The days after which an unused session ends.
const IDLE_DAYS: i64 = 30;
/// The seconds between two updates of the moment when a session was seen.
const SEEN_SECONDS: i64 = 3_600;
/// The seconds for which an entered password allows acts of power.
const CONFIRMED_SECONDS: i64 = 900;
/// The hexadecimal digits of a session's number: 52 bits, which fit into every number.
const NUMBER_DIGITS: usize = 13;

/// A person who has signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// The person's store.
    pub tenant_id: i64,
    /// The person's number.
    pub user_id: i64,
    /// The name to sign in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's rights.
    pub role: Role,
    /// The name of the store.
    pub store_name: String,
    /// The tag of the person's own language, if they have chosen one.
    pub language: Option<String>,
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

    pub(super) fn token_hash(&self) -> &str {
        &self.token_hash
    }
}

/// Finds the session of a cookie. One statement; once an hour a second one, which notes that the
/// session is used, and from which address.
///
/// # Errors
/// [`Error::Storage`].
pub async fn session(
    backend: &Backend,
    cookie: &str,
    address: &str,
) -> Result<Option<Session>, Error> {
    let Some((tenant_id, token_hash)) = parse(cookie) else {
        return Ok(None);
    };
    let now = backend.clock.now();
    let Some(row) = sql::session(&backend.db, tenant_id, &token_hash, oldest(now)).await? else {
        return Ok(None);
    };
    if row.seen_at < now.plus_seconds(-SEEN_SECONDS).micros() {
        sql::session_seen(&backend.db, tenant_id, &token_hash, address, now).await?;
    }
    Ok(Some(Session {
        tenant_id,
        user_id: row.user_id,
        login: row.login,
        name: row.name,
        role: Role::parse(&row.role)
            .ok_or_else(|| Error::corrupt("panel_users.role", &row.role))?,
        store_name: row.store_name,
        language: row.language,
        confirmed_at: Timestamp::from_micros(row.confirmed_at),
        token_hash,
    }))
}

/// Returns the numbers of the store and of the person to whom a cookie was given, also after the
/// session has ended. Only the browser says so: it proves nothing.
pub fn person_of_cookie(cookie: &str) -> Option<(i64, i64)> {
    let mut parts = cookie.split('.');
    let tenant_id = parts.next()?.parse().ok()?;
    let user_id = parts.nth(1)?.parse().ok()?;
    Some((tenant_id, user_id))
}

fn parse(cookie: &str) -> Option<(i64, String)> {
    let mut parts = cookie.split('.');
    let tenant_id = parts.next()?.parse().ok()?;
    Some((tenant_id, sent_token_hash(parts.next())?))
}

/// Returns the moment after which a session must have been used to be alive now.
fn oldest(now: Timestamp) -> Timestamp {
    now.plus_days(-IDLE_DAYS)
}

/// Ends the session. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn end(backend: &Backend, session: &Session) -> Result<(), Error> {
    sql::end_session(&backend.db, session.tenant_id, &session.token_hash).await
}

/// A session in the list of its person.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// The number, made of the first digits of the hash.
    pub id: i64,
    /// `true` for the session that asks.
    pub is_current: bool,
    /// The name of the browser as it was sent at the sign-in.
    pub user_agent: String,
    /// The network address of the last request, exact to an hour.
    pub address: String,
    /// The sign-in.
    pub created_at: Timestamp,
    /// The last request, exact to an hour.
    pub seen_at: Timestamp,
}

/// Lists the sessions of the person, the last used first. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn own_sessions(backend: &Backend, session: &Session) -> Result<Vec<OwnSession>, Error> {
    let (tenant_id, user_id) = (session.tenant_id, session.user_id);
    let oldest = oldest(backend.clock.now());
    let rows = sql::own_sessions(&backend.db, tenant_id, user_id, oldest).await?;
    let own = |row: sql::OwnSessionRow| OwnSession {
        id: number(&row.token_hash),
        is_current: row.token_hash == session.token_hash,
        user_agent: row.user_agent,
        address: row.address,
        created_at: Timestamp::from_micros(row.created_at),
        seen_at: Timestamp::from_micros(row.seen_at),
    };
    Ok(rows.into_iter().map(own).collect())
}

fn number(token_hash: &str) -> i64 {
    let digits = token_hash.get(..NUMBER_DIGITS).unwrap_or_default();
    i64::from_str_radix(digits, 16).unwrap_or_default()
}

/// The sessions to end.
#[derive(Clone, Copy, Debug)]
pub enum WhichSessions {
    /// The one with this number.
    One(i64),
    /// All but the one that asks.
    Others,
}

/// Ends sessions of the person. Its outcome is the number of sessions that it ended.
#[derive(Clone, Copy, Debug)]
pub struct EndSessions<'a> {
    /// The person as the journal names them.
    pub actor: &'a Actor,
    /// The session that asks.
    pub session: &'a Session,
    /// The sessions to end.
    pub which: WhichSessions,
}

impl Command for EndSessions<'_> {
    type Outcome = u64;

    fn has_changed(ended: &u64) -> bool {
        *ended > 0
    }

    /// Two statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
        let (tenant_id, user_id) = (self.session.tenant_id, self.session.user_id);
        let ended = match self.which {
            WhichSessions::One(id) => {
                let digits = format!("{id:0NUMBER_DIGITS$x}");
                sql::end_numbered_session(tx, tenant_id, user_id, &digits).await?
            }
            WhichSessions::Others => {
                sql::end_other_sessions(tx, tenant_id, user_id, &self.session.token_hash).await?
            }
        };
        if ended > 0 {
            let details = Details {
                name: self.session.name.clone(),
                ..Details::default()
            };
            let (action, subject) = (Action::SessionEnded, Subject::Person(user_id));
            audit::record(tx, self.actor, action, subject, &details, now).await?;
        }
        Ok(ended)
    }
}
