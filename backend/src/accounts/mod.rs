//! The people who sign in: a store's panel users and the superadmins.

mod sql;

use domain::Timestamp;

use crate::Error;
use crate::db::Tx;
use crate::secrets::password_hash;

/// Adds a user who may sign in to the store's panel.
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
    sql::insert_panel_user(tx, tenant_id, login, &password_hash(password)?, now).await
}

/// Adds a superadmin, unless the login exists already.
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

/// Finds the store of the panel user `login`. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn store_of_panel_user(tx: &mut Tx, login: &str) -> Result<Option<i64>, Error> {
    sql::store_of_panel_user(tx, login).await
}
