//! Stores, their branches, tills and people.

mod sql;

use domain::{Programme, Timestamp};

use crate::db::Tx;
use crate::secrets::{SecretKey, password_hash, random_token, token_hash};
use crate::{Error, programme};

pub(crate) use sql::{all, tills};

/// What a sealed tenant token was sealed for.
const TENANT_TOKEN: &str = "tenant token";
/// What a sealed cashier token was sealed for.
const CASHIER_TOKEN: &str = "cashier token";

/// A store or a till just made, with the token that lets its requests in.
#[derive(Clone, Debug)]
pub struct Created {
    /// The public number.
    pub id: i64,
    /// 64 hexadecimal digits.
    pub token: String,
}

/// Opens a store with its programme.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn create(
    tx: &mut Tx,
    secrets: &SecretKey,
    name: &str,
    settings: &Programme,
    now: Timestamp,
) -> Result<Created, Error> {
    let token = random_token()?;
    let sealed = secrets.seal(TENANT_TOKEN, &token)?;
    let id = sql::insert(tx, name, &token_hash(&token), &sealed, now).await?;
    programme::set(tx, id, settings).await?;
    Ok(Created { id, token })
}

/// Opens a branch of a store. Returns its number.
///
/// # Errors
/// [`Error::Storage`].
pub async fn add_branch(
    tx: &mut Tx,
    tenant_id: i64,
    name: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    sql::insert_branch(tx, tenant_id, name, now).await
}

/// Adds a till to a branch.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn add_till(
    tx: &mut Tx,
    secrets: &SecretKey,
    tenant_id: i64,
    branch_id: i64,
    name: &str,
    now: Timestamp,
) -> Result<Created, Error> {
    let token = random_token()?;
    let sealed = secrets.seal(CASHIER_TOKEN, &token)?;
    let id = sql::insert_till(
        tx,
        tenant_id,
        branch_id,
        name,
        &token_hash(&token),
        &sealed,
        now,
    )
    .await?;
    Ok(Created { id, token })
}

/// Adds someone who may sign in to the store's panel.
///
/// # Errors
/// [`Error::Storage`] where the login is taken, [`Error::Secret`].
pub async fn add_panel_user(
    tx: &mut Tx,
    tenant_id: i64,
    login: &str,
    password: &str,
    now: Timestamp,
) -> Result<(), Error> {
    sql::insert_panel_user(tx, tenant_id, login, &password_hash(password)?, now).await
}

/// Adds a superadmin, unless the login is there already.
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

/// A till with its opened token.
#[derive(Clone, Debug)]
pub struct Till {
    /// The public number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name of its branch.
    pub branch: String,
    /// 64 hexadecimal digits.
    pub token: String,
}

/// The store's token and those of its tills, opened.
///
/// # Errors
/// [`Error::Secret`] where they were sealed with another key.
pub async fn tokens(
    tx: &mut Tx,
    secrets: &SecretKey,
    tenant_id: i64,
) -> Result<(String, Vec<Till>), Error> {
    let token = secrets.open(TENANT_TOKEN, &sql::sealed_token(tx, tenant_id).await?)?;
    let mut opened = Vec::new();
    for row in tills(tx, tenant_id).await? {
        let token = secrets.open(CASHIER_TOKEN, &row.token_sealed)?;
        opened.push(Till {
            id: row.id,
            name: row.name,
            branch: row.branch,
            token,
        });
    }
    Ok((token, opened))
}

/// The store whose panel this login opens.
///
/// # Errors
/// [`Error::Storage`].
pub async fn by_panel_login(tx: &mut Tx, login: &str) -> Result<Option<i64>, Error> {
    sql::by_panel_login(tx, login).await
}
