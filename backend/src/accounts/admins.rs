//! The invitations of admins: an admin or the operator makes the link, and the link makes the
//! account, or sets a new password.

use domain::Timestamp;

use super::people::{AcceptedLink, LINK_DAYS, LinkError};
use super::principal::{Oneself, Principal, Realm, Scope};
use super::sign_in::{Enter, canonical_login};
use super::sql;
use crate::audit::{self, Action, Details, PlatformActor, PlatformSubject};
use crate::db::Tx;
use crate::secrets::{SecretKey, token_hash};
use crate::{Backend, Command, Error};

/// Invites an admin. Its outcome is the secret part of the link; `None` if the admin who invites
/// was removed meanwhile.
#[derive(Clone, Debug)]
pub struct InviteAdmin<'a> {
    /// The admin, or the operator, who invites.
    pub actor: &'a PlatformActor,
    /// The name of the invited person.
    pub name: &'a str,
    /// The token of the link, of 256 bits. The same one makes one link, however often it is sent.
    pub token: &'a str,
}

impl Command for InviteAdmin<'_> {
    type Outcome = Option<String>;

    fn has_changed(outcome: &Option<String>) -> bool {
        outcome.is_some()
    }

    /// Four statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<String>, Error> {
        if !may_act(tx, self.actor).await? {
            return Ok(None);
        }
        let link = sql::NewAdminLink {
            token_hash: &token_hash(self.token),
            admin_id: None,
            name: self.name,
            made_by: self.actor.admin_id,
        };
        let expires_at = now.plus_days(LINK_DAYS);
        let secret = Some(Scope::Platform.secret(self.token));
        if !sql::insert_admin_link(tx, &link, now, expires_at).await? {
            return Ok(secret);
        }
        let details = Details {
            name: self.name.to_owned(),
            ..Details::default()
        };
        let (action, subject) = (Action::PersonInvited, PlatformSubject::Platform);
        audit::record_on_platform(tx, self.actor, action, subject, &details, now).await?;
        Ok(secret)
    }
}

/// Locks what all changes of admins lock, so that they come one after another. Returns `false` if
/// the admin who acts was removed meanwhile: a removal must not be outrun by an invitation. Two
/// statements.
pub(super) async fn may_act(tx: &mut Tx, actor: &PlatformActor) -> Result<bool, Error> {
    sql::lock_admins(tx).await?;
    match actor.admin_id {
        Some(admin_id) => Ok(sql::admin_name(tx, admin_id).await?.is_some()),
        None => Ok(true),
    }
}

/// A link that can still be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminInvitation {
    /// The name of the person.
    pub name: String,
    /// The login of an admin who sets a new password; `None` for an invitation.
    pub login: Option<String>,
    /// The moment when it ends.
    pub expires_at: Timestamp,
}

/// Finds the link with this secret part, if it can still be used. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn admin_invitation(
    backend: &Backend,
    secret: &str,
) -> Result<Option<AdminInvitation>, Error> {
    let Some((_, hash)) = Scope::parse(Realm::Platform, secret) else {
        return Ok(None);
    };
    let found = sql::admin_invitation(&backend.db, &hash, backend.clock.now()).await?;
    Ok(found.map(|(name, login, expires_at)| AdminInvitation {
        name,
        login,
        expires_at: Timestamp::from_micros(expires_at),
    }))
}

/// Uses a link: makes the account of an invited admin, or sets an admin's new password and ends the
/// admin's sessions. Then begins the sign-in, which asks for the second step.
#[derive(Clone)]
pub struct AcceptAdminInvitation<'a> {
    /// The secret part of the link.
    pub secret: &'a str,
    /// The login of a new admin.
    pub login: &'a str,
    /// The name of a new admin.
    pub name: &'a str,
    /// The hash of the password.
    pub password_hash: &'a str,
    /// The network address of the request.
    pub address: &'a str,
    /// The name of the browser.
    pub user_agent: &'a str,
    /// The key that seals secrets.
    pub secrets: &'a SecretKey,
}

impl Command for AcceptAdminInvitation<'_> {
    type Outcome = AcceptedLink;

    fn has_changed(outcome: &AcceptedLink) -> bool {
        outcome.is_ok()
    }

    /// Thirteen statements at most.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<AcceptedLink, Error> {
        let Some((_, hash)) = Scope::parse(Realm::Platform, self.secret) else {
            return Ok(Err(LinkError::Unusable));
        };
        let Some(admin_id) = sql::use_admin_link(tx, &hash, now).await? else {
            return Ok(Err(LinkError::Unusable));
        };
        let made = match admin_id {
            Some(admin_id) => self.set_password(tx, admin_id, now).await?,
            None => self.make_account(tx, now).await?,
        };
        let (admin_id, name, action) = match made {
            Ok(made) => made,
            Err(error) => return Ok(Err(error)),
        };
        let who = Oneself {
            principal: Principal::Admin { admin_id },
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

/// The admin's number and name, and what has happened to the account.
type Changed = Result<(i64, String, Action), LinkError>;

impl AcceptAdminInvitation<'_> {
    async fn make_account(&self, tx: &mut Tx, now: Timestamp) -> Result<Changed, Error> {
        let login = canonical_login(self.login);
        let made = sql::insert_admin(tx, &login, self.name, self.password_hash, now).await?;
        Ok(match made {
            Some(admin_id) => Ok((admin_id, self.name.to_owned(), Action::PersonJoined)),
            None => Err(LinkError::LoginTaken),
        })
    }

    /// The second step stays: a link must not be enough to sign in.
    async fn set_password(
        &self,
        tx: &mut Tx,
        admin_id: i64,
        now: Timestamp,
    ) -> Result<Changed, Error> {
        let principal = Principal::Admin { admin_id };
        let Some(user) = sql::lock(tx, principal).await? else {
            return Ok(Err(LinkError::Unusable));
        };
        sql::set_admin_password(tx, admin_id, self.password_hash).await?;
        sql::end_sessions(tx, principal).await?;
        sql::end_links_of_admin(tx, admin_id, now).await?;
        Ok(Ok((admin_id, user.name, Action::PasswordSet)))
    }
}
