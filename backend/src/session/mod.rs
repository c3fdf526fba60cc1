//! Who is calling: two tokens and a device (contract, "Who is calling").

mod sql;

use domain::{Programme, Timestamp};

use crate::secrets::token_hash;
use crate::{Backend, Error};

/// The longest device id, in characters.
const MAX_DEVICE_ID: usize = 128;

/// The headers of a till, as they came.
#[derive(Clone, Copy, Debug, Default)]
pub struct Credentials<'a> {
    /// `X-Tenant-Token`.
    pub tenant_token: Option<&'a str>,
    /// `X-Cashier-Token`.
    pub cashier_token: Option<&'a str>,
    /// `X-Device-Id`.
    pub device_id: Option<&'a str>,
}

/// Why a caller is not let in.
#[derive(Debug, thiserror::Error)]
pub enum AuthError {
    /// No such store.
    #[error("no such tenant token")]
    BadTenantToken,
    /// No such till in this store.
    #[error("no such cashier token in this store")]
    BadCashierToken,
    /// The store is suspended.
    #[error("the store is suspended")]
    StoreSuspended,
    /// The store has switched the till off.
    #[error("the till is switched off")]
    CashierDisabled,
    /// No device id, or one of the wrong form.
    #[error("no device id, or a malformed one")]
    DeviceIdRequired,
    /// The till is bound to another device.
    #[error("the till is bound to another device")]
    DeviceMismatch {
        /// The store.
        tenant_id: i64,
        /// The till.
        node_id: i64,
    },
    /// It could not be found out.
    #[error(transparent)]
    Backend(#[from] Error),
}

/// A till that may act.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Its store.
    pub tenant_id: i64,
    /// The store's name.
    pub store_name: String,
    /// The till's public number.
    pub node_id: i64,
    /// The till's name.
    pub cashier_name: String,
    /// The name of its branch.
    pub branch: String,
    /// The device it is bound to.
    pub device_id: String,
    /// Since when.
    pub device_bound_at: Timestamp,
    /// The store's programme.
    pub programme: Programme,
}

/// A store that may act through its tenant token alone.
#[derive(Clone, Copy, Debug)]
pub struct StoreCaller {
    /// The store.
    pub tenant_id: i64,
}

/// Lets a till in, and binds it to the device of its first valid request. One statement; two at the first
/// request.
///
/// # Errors
/// [`AuthError`], the first that holds in the order of its variants, device checks last.
pub async fn authenticate(
    backend: &Backend,
    credentials: Credentials<'_>,
) -> Result<Caller, AuthError> {
    let tenant_hash = hash_of(credentials.tenant_token).ok_or(AuthError::BadTenantToken)?;
    // A malformed cashier token has no hash that anything could be stored under.
    let cashier_hash = hash_of(credentials.cashier_token).unwrap_or_default();
    let row = backend
        .db
        .once_more(|| sql::till(&backend.db, &tenant_hash, &cashier_hash))
        .await?
        .ok_or(AuthError::BadTenantToken)?;
    let till = row.till.ok_or(AuthError::BadCashierToken)?;
    if row.suspended {
        return Err(AuthError::StoreSuspended);
    }
    if till.disabled {
        return Err(AuthError::CashierDisabled);
    }
    let device_id = credentials
        .device_id
        .filter(|id| is_device_id(id))
        .ok_or(AuthError::DeviceIdRequired)?;
    let bound = match till.bound {
        Some(bound) => bound,
        None => bind(backend, row.tenant_id, till.id, device_id).await?,
    };
    if bound.device_id != device_id {
        return Err(AuthError::DeviceMismatch {
            tenant_id: row.tenant_id,
            node_id: till.id,
        });
    }
    Ok(Caller {
        tenant_id: row.tenant_id,
        store_name: row.name,
        node_id: till.id,
        cashier_name: till.name,
        branch: till.branch,
        device_id: bound.device_id,
        device_bound_at: bound.at,
        programme: row.programme,
    })
}

/// Counts a request from a device that is not the till's, for the owner and the admin to see.
///
/// # Errors
/// Where the database fails.
pub async fn count_mismatch(backend: &Backend, tenant_id: i64, node_id: i64) -> Result<(), Error> {
    tracing::warn!(tenant_id, node_id, "device mismatch");
    sql::count_mismatch(&backend.db, tenant_id, node_id).await
}

/// Lets a store in. One statement.
///
/// # Errors
/// [`AuthError::BadTenantToken`], [`AuthError::StoreSuspended`].
pub async fn authenticate_store(
    backend: &Backend,
    tenant_token: Option<&str>,
) -> Result<StoreCaller, AuthError> {
    let tenant_hash = hash_of(tenant_token).ok_or(AuthError::BadTenantToken)?;
    let store = || sql::store(&backend.db, &tenant_hash);
    match backend.db.once_more(store).await? {
        None => Err(AuthError::BadTenantToken),
        Some((_, Some(_suspended_at))) => Err(AuthError::StoreSuspended),
        Some((tenant_id, None)) => Ok(StoreCaller { tenant_id }),
    }
}

/// The device a till belongs to.
pub(crate) struct Binding {
    device_id: String,
    at: Timestamp,
}

/// Binds the till where it is still unbound; of two racing devices one wins, and both learn which.
async fn bind(
    backend: &Backend,
    tenant_id: i64,
    node_id: i64,
    device_id: &str,
) -> Result<Binding, Error> {
    let now = backend.clock.now();
    if sql::bind(&backend.db, tenant_id, node_id, device_id, now).await? {
        return Ok(Binding {
            device_id: device_id.to_owned(),
            at: now,
        });
    }
    sql::binding(&backend.db, tenant_id, node_id)
        .await?
        .ok_or_else(|| Error::corrupt("cashier_nodes.device_id of", node_id))
}

/// The one spelling of a token, whatever case and spaces it was sent with.
pub fn canonical_token(token: &str) -> String {
    token.trim().to_ascii_lowercase()
}

fn hash_of(token: Option<&str>) -> Option<String> {
    let token = canonical_token(token?);
    let well_formed = token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    well_formed.then(|| token_hash(&token))
}

fn is_device_id(text: &str) -> bool {
    (1..=MAX_DEVICE_ID).contains(&text.chars().count())
        && !text.trim().is_empty()
        && !text.chars().any(char::is_control)
}
