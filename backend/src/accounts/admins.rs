//! The admins of the platform: the operator invites them, and the link makes the account.

use domain::Timestamp;

use super::people::{AcceptedLink, LINK_DAYS, LinkError};
use super::principal::{Oneself, Principal, Realm, Scope};
use super::sign_in::{Enter, canonical_login};
use super::sql;
use crate::audit::{self, Action, Details, PlatformActor, PlatformSubject};
use crate::db::Tx;
use crate::secrets::{SecretKey, random_token, token_hash};
use crate::{Backend, Command, Error};

/// Invites an admin. Its outcome is the secret part of the link.
#[derive(Clone, Debug)]
pub struct InviteAdmin<'a> {
    /// The admin, or the operator, who invites.
    pub actor: &'a PlatformActor,
    /// The name of the invited person.
    pub name: &'a str,
}

impl Command for InviteAdmin<'_> {
    type Outcome = String;

    /// Two statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<String, Error> {
        let token = random_token()?;
        let expires_at = now.plus_days(LINK_DAYS);
        sql::insert_admin_invitation(tx, &token_hash(&token), self.name, now, expires_at).await?;
        let details = Details {
            name: self.name.to_owned(),
            ..Details::default()
        };
        let (action, subject) = (Action::PersonInvited, PlatformSubject::Platform);
        audit::record_on_platform(tx, self.actor, action, subject, &details, now).await?;
        Ok(Scope::Platform.secret(&token))
    }
}

/// An invitation that can still be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminInvitation {
    /// The name of the invited person.
    pub name: String,
    /// The moment when it ends.
    pub expires_at: Timestamp,
}

/// Finds the invitation with this secret part, if it can still be accepted. One statement.
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
    Ok(found.map(|(name, expires_at)| AdminInvitation {
        name,
        expires_at: Timestamp::from_micros(expires_at),
    }))
}

/// Accepts an invitation: makes the account, and begins the sign-in.
#[derive(Clone)]
pub struct AcceptAdminInvitation<'a> {
    /// The secret part of the link.
    pub secret: &'a str,
    /// The login.
    pub login: &'a str,
    /// The name.
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

    /// Eight statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<AcceptedLink, Error> {
        let Some((_, hash)) = Scope::parse(Realm::Platform, self.secret) else {
            return Ok(Err(LinkError::Unusable));
        };
        if !sql::use_admin_invitation(tx, &hash, now).await? {
            return Ok(Err(LinkError::Unusable));
        }
        let login = canonical_login(self.login);
        let made = sql::insert_admin(tx, &login, self.name, self.password_hash, now).await?;
        let Some(admin_id) = made else {
            return Ok(Err(LinkError::LoginTaken));
        };
        let who = Oneself {
            principal: Principal::Admin { admin_id },
            name: self.name.to_owned(),
            address: self.address.to_owned(),
        };
        who.note(tx, Action::PersonJoined, Details::default(), now)
            .await?;
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
