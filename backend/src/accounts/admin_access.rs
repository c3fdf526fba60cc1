//! Who is an admin: the list, links of new passwords, and removals.

use domain::Timestamp;

use super::admins::may_act;
use super::people::LINK_DAYS;
use super::principal::{Principal, Scope};
use super::sql;
use crate::audit::{self, Action, Details, PlatformActor, PlatformSubject};
use crate::db::Tx;
use crate::secrets::token_hash;
use crate::{Backend, Command, Error};

/// An admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admin {
    /// The admin's number.
    pub id: i64,
    /// The name to sign in with.
    pub login: String,
    /// The admin's name.
    pub name: String,
    /// The moment when the account was made.
    pub created_at: Timestamp,
    /// The last moment when one of their sessions was seen, exact to an hour.
    pub seen_at: Option<Timestamp>,
    /// The moment since which the sign-in asks for codes; `None` before an app is connected.
    pub second_step_since: Option<Timestamp>,
    /// The recovery codes that have not been used.
    pub recovery_codes: i64,
}

/// Lists the admins, in the order in which they were added. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn admins(backend: &Backend) -> Result<Vec<Admin>, Error> {
    let rows = sql::admins(&backend.db).await?;
    let admin = |row: sql::AdminRow| Admin {
        id: row.id,
        login: row.login,
        name: row.name,
        created_at: Timestamp::from_micros(row.created_at),
        seen_at: row.seen_at.map(Timestamp::from_micros),
        second_step_since: row.confirmed_at.map(Timestamp::from_micros),
        recovery_codes: row.recovery_codes,
    };
    Ok(rows.into_iter().map(admin).collect())
}

/// An admin of today or of before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAdmin {
    /// The admin's number.
    pub id: i64,
    /// The admin's name.
    pub name: String,
    /// `true` if the access was taken away.
    pub is_removed: bool,
}

/// Lists everybody who is or was an admin. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn known_admins(backend: &Backend) -> Result<Vec<KnownAdmin>, Error> {
    let rows = sql::known_admins(&backend.db).await?;
    let known = |(id, name, removed_at): (i64, String, Option<i64>)| KnownAdmin {
        id,
        name,
        is_removed: removed_at.is_some(),
    };
    Ok(rows.into_iter().map(known).collect())
}

/// An invited admin who has not made the account yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingAdmin {
    /// The number of the invitation.
    pub id: i64,
    /// The name of the invited person.
    pub name: String,
    /// The name of the admin who invited them; `None` for the operator at the command line.
    pub invited_by: Option<String>,
    /// The moment when the link ends.
    pub expires_at: Timestamp,
}

/// Lists the invitations that can still be accepted. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn waiting_admins(backend: &Backend) -> Result<Vec<WaitingAdmin>, Error> {
    let rows = sql::waiting_admins(&backend.db, backend.clock.now()).await?;
    let waiting =
        |(id, name, invited_by, expires_at): (i64, String, Option<String>, i64)| WaitingAdmin {
            id,
            name,
            invited_by,
            expires_at: Timestamp::from_micros(expires_at),
        };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Cancels an invitation. Its outcome is `false` if it cannot be accepted any more.
#[derive(Clone, Debug)]
pub struct CancelAdminInvitation<'a> {
    /// The admin who cancels it.
    pub actor: &'a PlatformActor,
    /// The invitation.
    pub link_id: i64,
}

impl Command for CancelAdminInvitation<'_> {
    type Outcome = bool;

    fn has_changed(outcome: &bool) -> bool {
        *outcome
    }

    /// Two statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
        let Some(name) = sql::cancel_admin_invitation(tx, self.link_id, now).await? else {
            return Ok(false);
        };
        let details = Details {
            name,
            ..Details::default()
        };
        let (action, subject) = (Action::InvitationCancelled, PlatformSubject::Platform);
        audit::record_on_platform(tx, self.actor, action, subject, &details, now).await?;
        Ok(true)
    }
}

/// Makes a link with which an admin sets a new password. The second step stays as it is. Its
/// outcome is `None` if there is no such admin, or if the one who acts was removed meanwhile.
#[derive(Clone, Debug)]
pub struct MakeAdminPasswordLink<'a> {
    /// The admin, or the operator, who makes it.
    pub actor: &'a PlatformActor,
    /// The admin who forgot the password.
    pub admin_id: i64,
    /// The token of the link, of 256 bits. The same one makes one link, however often it is sent.
    pub token: &'a str,
}

impl Command for MakeAdminPasswordLink<'_> {
    type Outcome = Option<String>;

    fn has_changed(outcome: &Option<String>) -> bool {
        outcome.is_some()
    }

    /// Five statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<Option<String>, Error> {
        if !may_act(tx, self.actor).await? {
            return Ok(None);
        }
        let Some(name) = sql::admin_name(tx, self.admin_id).await? else {
            return Ok(None);
        };
        let link = sql::NewAdminLink {
            token_hash: &token_hash(self.token),
            admin_id: Some(self.admin_id),
            name: &name,
            made_by: self.actor.admin_id,
        };
        let expires_at = now.plus_days(LINK_DAYS);
        if sql::insert_admin_link(tx, &link, now, expires_at).await? {
            let subject = PlatformSubject::Admin(self.admin_id);
            let details = Details {
                name,
                ..Details::default()
            };
            let action = Action::PasswordLinkMade;
            audit::record_on_platform(tx, self.actor, action, subject, &details, now).await?;
        }
        Ok(Some(Scope::Platform.secret(self.token)))
    }
}

/// Takes the access of an admin away: ends the sessions, and every link that leads to the account
/// or that this admin has made and nobody has used.
#[derive(Clone, Debug)]
pub struct RemoveAdmin<'a> {
    /// The admin who removes.
    pub actor: &'a PlatformActor,
    /// The admin to be removed.
    pub admin_id: i64,
    /// The reason, for the journal.
    pub reason: &'a str,
}

/// The outcome of a removal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemovedAdmin {
    /// The access is taken away.
    Done,
    /// There is no such admin.
    Unknown,
    /// Nobody would be left who can open the console.
    Last,
    /// The admin who acts was removed meanwhile.
    ActorGone,
}

impl Command for RemoveAdmin<'_> {
    type Outcome = RemovedAdmin;

    fn has_changed(outcome: &RemovedAdmin) -> bool {
        *outcome == RemovedAdmin::Done
    }

    /// Nine statements.
    async fn execute(&self, tx: &mut Tx, now: Timestamp) -> Result<RemovedAdmin, Error> {
        let admin_id = self.admin_id;
        if !may_act(tx, self.actor).await? {
            return Ok(RemovedAdmin::ActorGone);
        }
        let Some(name) = sql::admin_name(tx, admin_id).await? else {
            return Ok(RemovedAdmin::Unknown);
        };
        if sql::count_admins(tx).await? == 1 {
            return Ok(RemovedAdmin::Last);
        }
        sql::remove_admin(tx, admin_id, now).await?;
        sql::end_sessions(tx, Principal::Admin { admin_id }).await?;
        sql::end_links_around_admin(tx, admin_id, now).await?;
        let details = Details {
            name,
            reason: Some(self.reason.to_owned()),
            ..Details::default()
        };
        let (action, subject) = (Action::PersonRemoved, PlatformSubject::Admin(admin_id));
        audit::record_on_platform(tx, self.actor, action, subject, &details, now).await?;
        Ok(RemovedAdmin::Done)
    }
}
