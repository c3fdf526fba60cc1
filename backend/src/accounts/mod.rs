//! The people who sign in: a store's people and the admins of the platform.

mod admin_access;
mod admins;
mod another_app;
mod enrolment;
mod guesses;
mod own_account;
mod owners;
mod pending;
mod people;
mod principal;
mod recovery;
mod second_step;
mod sessions;
mod sign_in;
mod sign_in_code;
mod sql;
mod totp;

pub use admin_access::{
    Admin, CancelAdminInvitation, KnownAdmin, MakeAdminPasswordLink, RemoveAdmin, RemovedAdmin,
    WaitingAdmin, admins, known_admins, waiting_admins,
};
pub use admins::{AcceptAdminInvitation, AdminInvitation, InviteAdmin, admin_invitation};
pub use another_app::{BeginAnotherApp, another_app, connect_another_app};
pub use enrolment::{Enrolled, Enrolment, FirstCode, enrol, enrolment};
pub(crate) use guesses::{PAIRING, count as count_guesses, forget as forget_guesses};
pub use own_account::{ChangePassword, SaveAdminSettings, SaveSettings};
pub use owners::{InviteOwner, NewOwnerLink};
pub use people::{
    AcceptLink, AcceptedLink, CancelInvitation, Invitation, Invite, LINK_DAYS, Link, LinkError,
    MIN_PASSWORD, MakePasswordLink, Person, Remove, invitations, link, people,
};
pub use principal::{Principal, Realm};
pub use second_step::{
    BeginSecondStep, NewRecoveryCodes, NewSecret, ResetAdmin, SecondStep, SwitchSecondStepOff,
    new_secret, second_step, switch_second_step_on,
};
pub use sessions::{
    Account, EndSessions, OwnSession, Session, Suspension, WhichSessions, admin_session, end,
    own_sessions, person_of_cookie, session,
};
pub use sign_in::{Entry, NewSession, SignIn, SignInError, check_password, confirm, hash, sign_in};
pub use sign_in_code::{CodeError, SignInCode, TypedCode, finish_sign_in, is_code_awaited};

use domain::{Role, Timestamp};

use crate::db::Tx;
use crate::secrets::password_hash;
use crate::{Backend, Error};

/// Adds a person who may sign in to the store's panel as its owner.
///
/// # Errors
/// [`Error::Storage`] if the login is taken, [`Error::Secret`].
pub async fn add_panel_user(
    tx: &mut Tx,
    tenant_id: i64,
    login: &str,
    password: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let hash = password_hash(password)?;
    let user = sql::NewUser {
        login,
        name: login,
        role: Role::Owner,
        password_hash: &hash,
    };
    sql::insert_panel_user(tx, tenant_id, &user, now)
        .await?
        .map(drop)
        .ok_or_else(|| Error::corrupt("panel_users.login", login))
}

/// Adds an admin, unless the login is taken already.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn add_admin(
    tx: &mut Tx,
    login: &str,
    password: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sql::insert_admin(tx, login, login, &password_hash(password)?, now).await?;
    Ok(())
}

/// Finds the store whose panel `login` opens. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn store_of_panel_user(tx: &mut Tx, login: &str) -> Result<Option<i64>, Error> {
    sql::store_of_panel_user(tx, login).await
}

/// Finds a person of a store by login: the numbers of the store and of the person. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn person_by_login(backend: &Backend, login: &str) -> Result<Option<(i64, i64)>, Error> {
    match by_login(backend, Realm::Stores, login).await? {
        Some(Principal::Person { tenant_id, user_id }) => Ok(Some((tenant_id, user_id))),
        _ => Ok(None),
    }
}

/// Finds an admin by login: the admin's number. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn admin_by_login(backend: &Backend, login: &str) -> Result<Option<i64>, Error> {
    match by_login(backend, Realm::Platform, login).await? {
        Some(Principal::Admin { admin_id }) => Ok(Some(admin_id)),
        _ => Ok(None),
    }
}

async fn by_login(
    backend: &Backend,
    realm: Realm,
    login: &str,
) -> Result<Option<Principal>, Error> {
    let login = sign_in::canonical_login(login);
    let user = sql::user_by_login(&backend.db, realm, &login).await?;
    Ok(user.map(|user| user.principal))
}
