//! The people who sign in: a store's panel users and the superadmins.

mod guesses;
mod people;
mod sessions;
mod sign_in;
mod sql;

pub use people::{
    AcceptLink, AcceptedLink, CancelInvitation, Invitation, Invite, LINK_DAYS, Link, LinkError,
    MIN_PASSWORD, MakePasswordLink, Person, Remove, invitations, link, people,
};
pub use sessions::{Session, end, session};
pub use sign_in::{SignIn, SignInError, hash, sign_in};

use domain::{Role, Timestamp};

use crate::Error;
use crate::db::Tx;
use crate::secrets::password_hash;

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

/// Adds a superadmin, unless the login is taken already.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn add_admin(
    tx: &mut Tx,
    login: &str,
    password: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sql::insert_admin(tx, login, &password_hash(password)?, now).await?;
    Ok(())
}

/// Finds the store whose panel `login` opens. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn store_of_panel_user(tx: &mut Tx, login: &str) -> Result<Option<i64>, Error> {
    sql::store_of_panel_user(tx, login).await
}
