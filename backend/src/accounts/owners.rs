//! The links that admins give to the owners of stores. Both journals have them: that of the store,
//! which its owners read, and that of the platform.

use domain::{Role, Timestamp};

use super::people::new_link;
use super::principal::Scope;
use super::sql;
use crate::audit::{self, Action, Details, PlatformActor, PlatformSubject, Subject};
use crate::db::Tx;
use crate::{Command, Error};

/// Invites an owner to a store. Its outcome is the secret part of the link.
#[derive(Clone, Debug)]
pub struct InviteOwner<'a> {
    /// The admin who invites.
    pub admin: &'a PlatformActor,
    /// The store.
    pub tenant_id: i64,
    /// The name of the store.
    pub store: &'a str,
    /// The name of the owner.
    pub name: &'a str,
    /// The token of the link, of 256 bits. The same one makes one link, however often it is sent.
    pub token: &'a str,
}

impl InviteOwner<'_> {
    /// Returns the secret part of the link to a store with this token.
    pub(crate) fn link(tenant_id: i64, token: &str) -> String {
        Scope::Store(tenant_id).secret(token)
    }
}

impl Command for InviteOwner<'_> {
    type Outcome = String;

    /// Three statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<String, Error> {
        let who = (None, self.name, Role::Owner);
        let (link, is_new) = new_link(tx, self.tenant_id, self.token, who, now).await?;
        if is_new {
            let details = Details {
                name: self.name.to_owned(),
                after: Some(Role::Owner.as_str().to_owned()),
                ..Details::default()
            };
            let actor = self.admin.in_store(self.tenant_id);
            let action = Action::PersonInvited;
            audit::record(tx, &actor, action, Subject::Store, &details, now).await?;
            let store = (self.admin, self.tenant_id, self.store);
            note(tx, store, action, self.name, now).await?;
        }
        Ok(link)
    }
}

/// Makes a link with which an owner sets a new password. Its outcome is `None` if the store has no
/// such owner.
#[derive(Clone, Debug)]
pub struct NewOwnerLink<'a> {
    /// The admin who makes it.
    pub admin: &'a PlatformActor,
    /// The store.
    pub tenant_id: i64,
    /// The name of the store.
    pub store: &'a str,
    /// The owner who forgot the password.
    pub user_id: i64,
    /// The token of the link, of 256 bits. The same one makes one link, however often it is sent.
    pub token: &'a str,
}

impl Command for NewOwnerLink<'_> {
    type Outcome = Option<String>;

    /// Four statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<String>, Error> {
        let (tenant_id, user_id) = (self.tenant_id, self.user_id);
        let Some((name, role)) = sql::person(tx, tenant_id, user_id).await? else {
            return Ok(None);
        };
        // The owner looks after everybody else.
        if role != Role::Owner.as_str() {
            return Ok(None);
        }
        let who = (Some(user_id), name.as_str(), Role::Owner);
        let (link, is_new) = new_link(tx, tenant_id, self.token, who, now).await?;
        if is_new {
            let details = Details {
                name: name.clone(),
                ..Details::default()
            };
            let actor = self.admin.in_store(tenant_id);
            let (action, subject) = (Action::PasswordLinkMade, Subject::Person(user_id));
            audit::record(tx, &actor, action, subject, &details, now).await?;
            let store = (self.admin, tenant_id, self.store);
            note(tx, store, action, &name, now).await?;
        }
        Ok(Some(link))
    }
}

async fn note(
    tx: &mut Tx,
    (admin, tenant_id, store): (&PlatformActor, i64, &str),
    action: Action,
    name: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let details = Details {
        name: store.to_owned(),
        after: Some(name.to_owned()),
        ..Details::default()
    };
    let subject = PlatformSubject::Store(tenant_id);
    audit::record_on_platform(tx, admin, action, subject, &details, now).await
}
