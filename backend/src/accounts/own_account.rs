//! What people change about themselves: name, language and password; and the name of the store.

use domain::Timestamp;

use super::sessions::Session;
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

/// Sets a new password of the person who is signed in, and ends their other sessions. The caller
/// has checked the old password.
#[derive(Clone, Copy, Debug)]
pub struct ChangePassword<'a> {
    /// The person as the journal names them.
    pub actor: &'a Actor,
    /// The session that stays.
    pub session: &'a Session,
    /// The hash of the new password.
    pub password_hash: &'a str,
}

impl Command for ChangePassword<'_> {
    type Outcome = ();

    /// Four statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
        let (tenant_id, user_id) = (self.session.tenant_id, self.session.user_id);
        sql::set_password(tx, tenant_id, user_id, self.password_hash).await?;
        let account = &self.session.account;
        sql::end_other_sessions(tx, account.principal, account.token_hash()).await?;
        sql::end_all_pending(tx, account.principal).await?;
        let details = Details {
            name: self.session.account.name.clone(),
            ..Details::default()
        };
        let (action, subject) = (Action::PasswordSet, Subject::Person(user_id));
        audit::record(tx, self.actor, action, subject, &details, now).await
    }
}
