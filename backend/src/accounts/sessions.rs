//! The sessions of people who have signed in.

use domain::Timestamp;

use super::principal::{Oneself, Principal, Realm, Scope};
use super::sql;
use crate::audit::{Action, Actor, Details};
use crate::db::Tx;
use crate::{Backend, Command, Error};
use domain::Role;

/// The days after which an unused session of a store's person ends.
const IDLE_DAYS: i64 = 30;
/// The seconds after which an unused session of an admin ends.
const ADMIN_IDLE_SECONDS: i64 = 12 * 3_600;
/// The seconds between two updates of the moment when a session was seen.
const SEEN_SECONDS: i64 = 3_600;
/// The seconds for which an entered password allows acts of power.
const CONFIRMED_SECONDS: i64 = 900;
/// The hexadecimal digits of a session's number: 52 bits, which fit into every number.
const NUMBER_DIGITS: usize = 13;

/// Somebody who has signed in. An admin has nothing else.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who it is.
    pub principal: Principal,
    /// The name to sign in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The tag of the person's own language, if they have chosen one.
    pub language: Option<String>,
    confirmed_at: Timestamp,
    token_hash: String,
}

impl Account {
    /// Returns whether the password was entered so recently that the person may act with power.
    pub fn is_confirmed(&self, now: Timestamp) -> bool {
        now <= self.confirmed_at.plus_seconds(CONFIRMED_SECONDS)
    }

    pub(super) fn token_hash(&self) -> &str {
        &self.token_hash
    }

    pub(super) fn oneself(&self, address: &str) -> Oneself {
        Oneself {
            principal: self.principal,
            name: self.name.clone(),
            address: address.to_owned(),
        }
    }
}

/// The suspension of a store, as its people see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspension {
    /// The moment since which its tills are refused.
    pub at: Timestamp,
    /// The reason; `None` if none was given.
    pub reason: Option<String>,
}

/// A person of a store who has signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// The person's store.
    pub tenant_id: i64,
    /// The person's number.
    pub user_id: i64,
    /// The person's rights.
    pub role: Role,
    /// The name of the store.
    pub store_name: String,
    /// The suspension of the store; `None` if it works.
    pub suspended: Option<Suspension>,
    /// The person's account.
    pub account: Account,
}

impl Session {
    /// Returns the person as the journal names them.
    pub fn actor(&self, address: &str) -> Actor {
        Actor {
            tenant_id: self.tenant_id,
            user_id: Some(self.user_id),
            name: self.account.name.clone(),
            address: address.to_owned(),
        }
    }
}

/// Finds the session of a cookie of the panel. One statement; once an hour a second one, which
/// notes that the session is used, and from which address.
///
/// # Errors
/// [`Error::Storage`].
pub async fn session(
    backend: &Backend,
    cookie: &str,
    address: &str,
) -> Result<Option<Session>, Error> {
    let Some((scope @ Scope::Store(tenant_id), token_hash)) = Scope::parse(Realm::Stores, cookie)
    else {
        return Ok(None);
    };
    let oldest = oldest(scope, backend.clock.now());
    let Some(row) = sql::session(&backend.db, tenant_id, &token_hash, oldest).await? else {
        return Ok(None);
    };
    let role =
        Role::parse(&row.role).ok_or_else(|| Error::corrupt("panel_users.role", &row.role))?;
    let (user_id, store_name) = (row.account.id, row.store_name);
    let suspended = row.suspended_at.map(|at| Suspension {
        at: Timestamp::from_micros(at),
        reason: row.suspended_for,
    });
    let account = seen(backend, scope, token_hash, row.account, address).await?;
    Ok(Some(Session {
        tenant_id,
        user_id,
        role,
        store_name,
        suspended,
        account,
    }))
}

/// Finds the session of a cookie of the admin console, as [`session`] does.
///
/// # Errors
/// [`Error::Storage`].
pub async fn admin_session(
    backend: &Backend,
    cookie: &str,
    address: &str,
) -> Result<Option<Account>, Error> {
    let Some((scope, token_hash)) = Scope::parse(Realm::Platform, cookie) else {
        return Ok(None);
    };
    let oldest = oldest(scope, backend.clock.now());
    let Some(row) = sql::admin_session(&backend.db, &token_hash, oldest).await? else {
        return Ok(None);
    };
    let account = seen(backend, scope, token_hash, row, address).await?;
    Ok(Some(account))
}

/// Notes that a session is used, at most once an hour, and returns its account.
async fn seen(
    backend: &Backend,
    scope: Scope,
    token_hash: String,
    row: sql::AccountRow,
    address: &str,
) -> Result<Account, Error> {
    let now = backend.clock.now();
    if row.seen_at < now.plus_seconds(-SEEN_SECONDS).micros() {
        sql::session_seen(&backend.db, scope, &token_hash, address, now).await?;
    }
    Ok(Account {
        principal: scope.principal(row.id),
        login: row.login,
        name: row.name,
        language: row.language,
        confirmed_at: Timestamp::from_micros(row.confirmed_at),
        token_hash,
    })
}

/// Returns the numbers of the store and of the person to whom a cookie was given, also after the
/// session has ended. Only the browser says so: it proves nothing.
pub fn person_of_cookie(cookie: &str) -> Option<(i64, i64)> {
    let mut parts = cookie.split('.');
    let tenant_id = parts.next()?.parse().ok()?;
    let user_id = parts.nth(1)?.parse().ok()?;
    Some((tenant_id, user_id))
}

/// Returns the moment after which a session must have been used to be alive now.
fn oldest(scope: Scope, now: Timestamp) -> Timestamp {
    match scope {
        Scope::Store(_) => now.plus_days(-IDLE_DAYS),
        Scope::Platform => now.plus_seconds(-ADMIN_IDLE_SECONDS),
    }
}

/// Ends the session. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn end(backend: &Backend, account: &Account) -> Result<(), Error> {
    let scope = account.principal.scope();
    sql::end_session(&backend.db, scope, &account.token_hash).await
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
pub async fn own_sessions(backend: &Backend, account: &Account) -> Result<Vec<OwnSession>, Error> {
    let principal = account.principal;
    let oldest = oldest(principal.scope(), backend.clock.now());
    let rows = sql::own_sessions(&backend.db, principal, oldest).await?;
    let own = |row: sql::OwnSessionRow| OwnSession {
        id: number(&row.token_hash),
        is_current: row.token_hash == account.token_hash,
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
    /// The session that asks.
    pub account: &'a Account,
    /// The network address of the request.
    pub address: &'a str,
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
        let principal = self.account.principal;
        let ended = match self.which {
            WhichSessions::One(id) => {
                let digits = format!("{id:0NUMBER_DIGITS$x}");
                sql::end_numbered_session(tx, principal, &digits).await?
            }
            WhichSessions::Others => {
                sql::end_other_sessions(tx, principal, &self.account.token_hash).await?
            }
        };
        if ended > 0 {
            let who = self.account.oneself(self.address);
            let details = Details::default();
            who.note(tx, Action::SessionEnded, details, now).await?;
        }
        Ok(ended)
    }
}
