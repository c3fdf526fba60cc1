//! The people of a store: invitations, new passwords, roles.

use domain::Timestamp;

use super::principal::{Oneself, Principal, Realm, Scope};
use super::sign_in::{Enter, Entry, canonical_login};
use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::secrets::{SecretKey, token_hash};
use crate::{Backend, Command, Error};
use domain::Role;

/// The days for which a link can be used.
pub const LINK_DAYS: i64 = 7;

/// The fewest characters of a password (NIST SP 800-63B asks for 8; a shop's money deserves more).
pub const MIN_PASSWORD: usize = 10;

/// A person of a store.
#[derive(Clone, Debug)]
pub struct Person {
    /// The person's number.
    pub id: i64,
    /// The name to sign in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The person's rights.
    pub role: Role,
    /// The last moment when one of their sessions was seen, exact to an hour.
    pub seen_at: Option<Timestamp>,
}

/// Lists the people of a store, in the order in which they were added. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn people(backend: &Backend, tenant_id: i64) -> Result<Vec<Person>, Error> {
    let rows = sql::people(&backend.db, tenant_id).await?;
    let person = |row: sql::PersonRow| {
        Ok(Person {
            id: row.id,
            login: row.login,
            name: row.name,
            role: Role::parse(&row.role)
                .ok_or_else(|| Error::corrupt("panel_users.role", &row.role))?,
            seen_at: row.seen_at.map(Timestamp::from_micros),
        })
    };
    rows.into_iter().map(person).collect()
}

/// Invites a person to the store's panel. Its outcome is the secret part of the link.
#[derive(Clone, Debug)]
pub struct Invite<'a> {
    /// The person who invites.
    pub actor: &'a Actor,
    /// The name of the invited person.
    pub name: &'a str,
    /// The rights of the invited person.
    pub role: Role,
    /// The token of the link, of 256 bits. The same one makes one link, however often it is sent.
    pub token: &'a str,
}

impl Command for Invite<'_> {
    type Outcome = String;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<String, Error> {
        let details = Details {
            name: self.name.to_owned(),
            after: Some(self.role.as_str().to_owned()),
            ..Details::default()
        };
        let who = (None, self.name, self.role);
        let (link, is_new) = new_link(tx, self.actor.tenant_id, self.token, who, now).await?;
        if is_new {
            let action = Action::PersonInvited;
            audit::record(tx, self.actor, action, Subject::Store, &details, now).await?;
        }
        Ok(link)
    }
}

/// Makes a link with which a person sets a new password. Its outcome is `None` if the store has no
/// such person.
#[derive(Clone, Debug)]
pub struct MakePasswordLink<'a> {
    /// The person who makes it.
    pub actor: &'a Actor,
    /// The person who forgot the password.
    pub user_id: i64,
    /// The token of the link, of 256 bits. The same one makes one link, however often it is sent.
    pub token: &'a str,
}

impl Command for MakePasswordLink<'_> {
    type Outcome = Option<String>;

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<String>, Error> {
        let tenant_id = self.actor.tenant_id;
        let Some((name, role)) = sql::person(tx, tenant_id, self.user_id).await? else {
            return Ok(None);
        };
        let role = Role::parse(&role).ok_or_else(|| Error::corrupt("panel_users.role", &role))?;
        let who = (Some(self.user_id), name.as_str(), role);
        let (link, is_new) = new_link(tx, tenant_id, self.token, who, now).await?;
        if is_new {
            let details = Details {
                name,
                ..Details::default()
            };
            let (action, subject) = (Action::PasswordLinkMade, Subject::Person(self.user_id));
            audit::record(tx, self.actor, action, subject, &details, now).await?;
        }
        Ok(Some(link))
    }
}

/// Makes a link, unless it was made before. Returns its secret part, and whether it is new.
pub(super) async fn new_link(
    tx: &mut Tx,
    tenant_id: i64,
    token: &str,
    (user_id, name, role): (Option<i64>, &str, Role),
    now: Timestamp,
) -> Result<(String, bool), Error> {
    let link = sql::NewLink {
        tenant_id,
        token_hash: &token_hash(token),
        user_id,
        name,
        role: role.as_str(),
    };
    let is_new = sql::insert_link(tx, &link, now, now.plus_days(LINK_DAYS)).await?;
    Ok((Scope::Store(tenant_id).secret(token), is_new))
}

/// An invitation that has not been accepted yet.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its number.
    pub id: i64,
    /// The name of the invited person.
    pub name: String,
    /// The rights that it gives.
    pub role: Role,
    /// The moment when it ends.
    pub expires_at: Timestamp,
}

/// Lists the invitations that can still be accepted. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn invitations(backend: &Backend, tenant_id: i64) -> Result<Vec<Invitation>, Error> {
    let rows = sql::invitations(&backend.db, tenant_id, backend.clock.now()).await?;
    let invitation = |(id, name, role, expires_at): (i64, String, String, i64)| {
        Ok(Invitation {
            id,
            name,
            role: Role::parse(&role).ok_or_else(|| Error::corrupt("account_links.role", &role))?,
            expires_at: Timestamp::from_micros(expires_at),
        })
    };
    rows.into_iter().map(invitation).collect()
}

/// Cancels an invitation. Its outcome is `false` if it cannot be accepted any more.
#[derive(Clone, Debug)]
pub struct CancelInvitation<'a> {
    /// The person who cancels it.
    pub actor: &'a Actor,
    /// The invitation.
    pub link_id: i64,
}

impl Command for CancelInvitation<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let tenant_id = self.actor.tenant_id;
        let Some(name) = sql::cancel_link(tx, tenant_id, self.link_id, now).await? else {
            return Ok(false);
        };
        let details = Details {
            name,
            ..Details::default()
        };
        let action = Action::InvitationCancelled;
        audit::record(tx, self.actor, action, Subject::Store, &details, now).await?;
        Ok(true)
    }
}

/// A link that can still be used.
#[derive(Clone, Debug)]
pub struct Link {
    /// The name of the store.
    pub store_name: String,
    /// The rights that it gives.
    pub role: Role,
    /// The name of the person.
    pub name: String,
    /// The login of the person who sets a new password; `None` for an invitation.
    pub login: Option<String>,
    /// The moment when it ends.
    pub expires_at: Timestamp,
}

/// Finds the link with this secret part, if it can still be used. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn link(backend: &Backend, secret: &str) -> Result<Option<Link>, Error> {
    let Some((tenant_id, hash)) = parse(secret) else {
        return Ok(None);
    };
    let now = backend.clock.now();
    let Some(row) = sql::link(&backend.db, tenant_id, &hash, now).await? else {
        return Ok(None);
    };
    Ok(Some(Link {
        store_name: row.store_name,
        role: Role::parse(&row.role)
            .ok_or_else(|| Error::corrupt("account_links.role", &row.role))?,
        name: row.name,
        login: row.login,
        expires_at: Timestamp::from_micros(row.expires_at),
    }))
}

fn parse(secret: &str) -> Option<(i64, String)> {
    match Scope::parse(Realm::Stores, secret)? {
        (Scope::Store(tenant_id), hash) => Some((tenant_id, hash)),
        (Scope::Platform, _) => None,
    }
}

/// Uses a link: makes the account of an invited person, or sets a person's new password and ends
/// the person's sessions. The outcome signs the person in; a second step is asked for first.
#[derive(Clone)]
pub struct AcceptLink<'a> {
    /// The secret part of the link.
    pub secret: &'a str,
    /// The login of a new person.
    pub login: &'a str,
    /// The name of a new person.
    pub name: &'a str,
    /// The hash of the new password.
    pub password_hash: &'a str,
    /// The network address of the request.
    pub address: &'a str,
    /// The name of the browser.
    pub user_agent: &'a str,
    /// The key that seals secrets.
    pub secrets: &'a SecretKey,
}

/// The outcome of a link: what follows, or the reason why it was not used.
pub type AcceptedLink = Result<Entry, LinkError>;

/// A reason why a link was not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It does not exist, is too old, or was used before.
    Unusable,
    /// Another person has the login.
    LoginTaken,
}

impl Command for AcceptLink<'_> {
    type Outcome = AcceptedLink;

    fn has_changed(outcome: &AcceptedLink) -> bool {
        outcome.is_ok()
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<AcceptedLink, Error> {
        let Some((tenant_id, hash)) = parse(self.secret) else {
            return Ok(Err(LinkError::Unusable));
        };
        let Some((user_id, role)) = sql::use_link(tx, tenant_id, &hash, now).await? else {
            return Ok(Err(LinkError::Unusable));
        };
        let (user_id, name, action) = if let Some(user_id) = user_id {
            sql::set_password(tx, tenant_id, user_id, self.password_hash).await?;
            sql::end_sessions(tx, Principal::Person { tenant_id, user_id }).await?;
            let Some((name, _)) = sql::person(tx, tenant_id, user_id).await? else {
                return Ok(Err(LinkError::Unusable));
            };
            (user_id, name, Action::PasswordSet)
        } else {
            let role =
                Role::parse(&role).ok_or_else(|| Error::corrupt("account_links.role", &role))?;
            let login = canonical_login(self.login);
            let user = sql::NewUser {
                login: &login,
                name: self.name,
                role,
                password_hash: self.password_hash,
            };
            let Some(id) = sql::insert_panel_user(tx, tenant_id, &user, now).await? else {
                return Ok(Err(LinkError::LoginTaken));
            };
            (id, self.name.to_owned(), Action::PersonJoined)
        };
        let who = Oneself {
            principal: Principal::Person { tenant_id, user_id },
            name,
            address: self.address.to_owned(),
        };
        who.note(tx, action, Details::default(), now).await?;
        let enter = Enter {
            who,
            password_hash: self.password_hash,
            user_agent: self.user_agent,
            secrets: self.secrets,
        };
        let entry = enter.execute(tx, now).await?;
        Ok(entry.ok_or(LinkError::Unusable))
    }
}

/// Removes a person and ends their sessions. Its outcome is `false` if the store has no such
/// person, or if it would have no owner left.
#[derive(Clone, Debug)]
pub struct Remove<'a> {
    /// The owner who removes.
    pub actor: &'a Actor,
    /// The person.
    pub user_id: i64,
}

impl Command for Remove<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let tenant_id = self.actor.tenant_id;
        sql::lock_people(tx, tenant_id).await?;
        let Some((name, _)) = sql::person(tx, tenant_id, self.user_id).await? else {
            return Ok(false);
        };
        sql::remove(tx, tenant_id, self.user_id, now).await?;
        if sql::owners(tx, tenant_id).await? == 0 {
            return Ok(false);
        }
        let user_id = self.user_id;
        sql::end_sessions(tx, Principal::Person { tenant_id, user_id }).await?;
        let details = Details {
            name,
            ..Details::default()
        };
        let subject = Subject::Person(self.user_id);
        audit::record(
            tx,
            self.actor,
            Action::PersonRemoved,
            subject,
            &details,
            now,
        )
        .await?;
        Ok(true)
    }
}
