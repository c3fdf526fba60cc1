//! Stores, their branches and their tokens.

mod by_admin;
mod keys;
mod open;
mod overview;
mod sql;
mod suspend;
mod view;

use domain::{Programme, Timestamp};

use crate::db::Tx;
use crate::secrets::{SecretKey, random_token, sent_token_hash, token_hash};
use crate::{AuthError, Backend, Error, programme};

pub use by_admin::ByAdmin;
pub use keys::{
    OLD_KEY_DAYS, OldStoreKey, RotateStoreKey, ShowStoreKey, StopOldStoreKey, StoreKey, key,
};
pub use open::{OpenStore, Opened};
pub use overview::{StoreOverview, StoreState, found, list};
pub(crate) use sql::all;
pub use suspend::{ChangeStore, ResumeStore, StoreChange, SuspendStore};
pub use view::{StoreSuspension, StoreView, last_sale, view};

/// The purpose that a tenant token is sealed for.
const SEALED_AS: &str = "tenant token";

/// A new store or till, with the token that authenticates its requests.
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
    let sealed = secrets.seal(SEALED_AS, &token)?;
    let id = sql::insert(tx, name, &token_hash(&token), &sealed, now).await?;
    programme::create(tx, id, settings, now).await?;
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
    address: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    sql::insert_branch(tx, tenant_id, name, address, now).await
}

/// Locks the store's row, so that its branches are added and renamed one after another. One
/// statement.
pub(crate) async fn lock(tx: &mut Tx, tenant_id: i64) -> Result<(), Error> {
    sql::lock(tx, tenant_id).await
}

/// Locks the store's row, so that its tills are switched on one after another. Returns the most
/// that may be switched on; `None` if it is not limited. One statement.
pub(crate) async fn lock_paid(tx: &mut Tx, tenant_id: i64) -> Result<Option<i64>, Error> {
    sql::lock_paid(tx, tenant_id).await
}

/// Returns the name of a store. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn name(backend: &Backend, tenant_id: i64) -> Result<Option<String>, Error> {
    sql::name(&backend.db, tenant_id).await
}

/// Returns the name of a store that works; `None` if there is none, or it is suspended. One
/// statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn open_name(backend: &Backend, tenant_id: i64) -> Result<Option<String>, Error> {
    sql::open_name(&backend.db, tenant_id).await
}

/// Opens the sealed token of a store.
pub(crate) fn open_token(secrets: &SecretKey, sealed: &str) -> Result<String, Error> {
    secrets.open(SEALED_AS, sealed)
}

/// Reads the store's sealed token and opens it. One statement.
///
/// # Errors
/// [`Error::Secret`] if it was sealed with another key.
pub async fn token(tx: &mut Tx, secrets: &SecretKey, tenant_id: i64) -> Result<String, Error> {
    open_token(secrets, &sql::sealed_token(tx, tenant_id).await?)
}

/// A store authenticated by its tenant token alone.
#[derive(Clone, Copy, Debug)]
pub struct AuthenticatedStore {
    /// The store.
    pub tenant_id: i64,
}

/// Authenticates a store by its current or its old token. One statement.
///
/// # Errors
/// [`AuthError::BadTenantToken`], [`AuthError::StoreSuspended`].
pub async fn authenticate(
    backend: &Backend,
    tenant_token: Option<&str>,
) -> Result<AuthenticatedStore, AuthError> {
    let tenant_hash = sent_token_hash(tenant_token).ok_or(AuthError::BadTenantToken)?;
    let found = || sql::authenticate(&backend.db, &tenant_hash);
    let now = backend.clock.now().micros();
    match backend.db.once_more(found).await? {
        None => Err(AuthError::BadTenantToken),
        Some((_, _, Some(token_until))) if token_until <= now => Err(AuthError::BadTenantToken),
        Some((_, Some(_suspended_at), _)) => Err(AuthError::StoreSuspended),
        Some((tenant_id, None, _)) => Ok(AuthenticatedStore { tenant_id }),
    }
}
