//! What people change about themselves: name, language and password; and the name of the store.

use domain::Timestamp;

use super::principal::Principal;
use super::sessions::{Account, Session};
use super::sql;
use crate::audit::{self, Action, Actor, Details, Subject};
use crate::db::Tx;
use crate::{Command, Error};

/// Saves the settings of a person, and of the store if they may rename it.
#[derive(Clone, Copy, Debug)]
pub struct SaveSettings<'a> {
    /// The person as the journal names them.
    pub actor: &'a Actor,
    /// The person.
    pub session: &'a Session,
    /// The new name of the store; `None` leaves it.
    pub store_name: Option<&'a str>,
    /// The person's name.
    pub name: &'a str,
    /// The tag of the person's language.
    pub language: &'a str,
}

impl Command for SaveSettings<'_> {
    type Outcome = ();

    /// Five statements at most.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let (tenant_id, user_id) = (self.session.tenant_id, self.session.user_id);
        if let Some(name) = self.store_name {
            let before = sql::rename_store(tx, tenant_id, name).await?;
            if before != name {
                let details = Details {
                    before: Some(before),
                    after: Some(name.to_owned()),
                    ..Details::default()
                };
                let (action, subject) = (Action::SettingsSaved, Subject::Store);
                audit::record(tx, self.actor, action, subject, &details, now).await?;
            }
        }
        sql::change_person(tx, tenant_id, user_id, self.name, self.language).await?;
        if self.session.account.name != self.name {
            let details = Details {
                name: self.session.account.name.clone(),
                before: Some(self.session.account.name.clone()),
                after: Some(self.name.to_owned()),
                ..Details::default()
            };
            let (action, subject) = (Action::PersonRenamed, Subject::Person(user_id));
            audit::record(tx, self.actor, action, subject, &details, now).await?;
        }
        Ok(())
    }
}

/// Saves the name and the language of an admin.
#[derive(Clone, Copy, Debug)]
pub struct SaveAdminSettings<'a> {
    /// The admin's number.
    pub admin_id: i64,
    /// The admin.
    pub account: &'a Account,
    /// The network address of the request.
    pub address: &'a str,
    /// The admin's name.
    pub name: &'a str,
    /// The tag of the admin's language.
    pub language: &'a str,
}

impl Command for SaveAdminSettings<'_> {
    type Outcome = ();

    /// Two statements at most.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        sql::change_admin(tx, self.admin_id, self.name, self.language).await?;
        if self.account.name != self.name {
            let details = Details {
                before: Some(self.account.name.clone()),
                after: Some(self.name.to_owned()),
                ..Details::default()
            };
            let who = self.account.oneself(self.address);
            who.note(tx, Action::PersonRenamed, details, now).await?;
        }
        Ok(())
    }
}

/// Sets a new password of somebody who is signed in, and ends their other sessions. The caller has
/// checked the old password.
#[derive(Clone, Copy, Debug)]
pub struct ChangePassword<'a> {
    /// The session that stays.
    pub account: &'a Account,
    /// The network address of the request.
    pub address: &'a str,
    /// The hash of the new password.
    pub password_hash: &'a str,
}

impl Command for ChangePassword<'_> {
    type Outcome = ();

    /// Five statements at most.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let (account, hash) = (self.account, self.password_hash);
        match account.principal {
            Principal::Person { tenant_id, user_id } => {
                sql::set_password(tx, tenant_id, user_id, hash).await?;
            }
            Principal::Admin { admin_id } => {
                sql::set_admin_password(tx, admin_id, hash).await?;
                sql::end_links_of_admin(tx, admin_id, now).await?;
            }
        }
        sql::end_other_sessions(tx, account.principal, account.token_hash()).await?;
        sql::end_all_pending(tx, account.principal).await?;
        let who = account.oneself(self.address);
        let (action, details) = (Action::PasswordSet, Details::default());
        who.note(tx, action, details, now).await
    }
}
