//! Tills, and how a till is authenticated: by two tokens and a device (contract, "Who is calling").

mod manage;
mod sql;

pub use manage::{ActOnTill, AddBranch, AddTill, ChangeBranch, ChangeTill, ShowToken, TillAct};
use sql::Binding;

use domain::{Programme, Refusal, Timestamp};

use crate::db::Tx;
use crate::secrets::{SecretKey, random_token, sent_token_hash, token_hash};
use crate::stores::Created;
use crate::{AuthError, Backend, Error};

/// The longest device id, in characters.
const MAX_DEVICE_ID: usize = 128;

/// The seconds between two updates of the moment when a till was seen.
const SEEN_SECONDS: i64 = 60;

/// The purpose that a cashier token is sealed for.
const SEALED_AS: &str = "cashier token";

/// The headers of a till's request, as sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Credentials<'a> {
    /// `X-Tenant-Token`.
    pub tenant_token: Option<&'a str>,
    /// `X-Cashier-Token`.
    pub cashier_token: Option<&'a str>,
    /// `X-Device-Id`.
    pub device_id: Option<&'a str>,
}

/// An authenticated till.
#[derive(Clone, Debug)]
pub struct AuthenticatedTill {
    /// Its store.
    pub tenant_id: i64,
    /// The store's name.
    pub store_name: String,
    /// The till's public number.
    pub id: i64,
    /// The till's name.
    pub name: String,
    /// The name of its branch.
    pub branch: String,
    /// The device it is bound to.
    pub device_id: String,
    /// The moment when it was bound.
    pub device_bound_at: Timestamp,
    /// The store's programme.
    pub programme: Programme,
}

impl AuthenticatedTill {
    /// Checks the number that the till sent, if it sent one.
    ///
    /// # Errors
    /// [`Refusal::CashierNodeMismatch`] if it is another till's number.
    pub(crate) fn check_id(&self, named: Option<i64>) -> Result<(), Refusal> {
        match named {
            Some(named) if named != self.id => Err(Refusal::CashierNodeMismatch),
            _ => Ok(()),
        }
    }
}

/// Adds a till to a branch.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn add(
    tx: &mut Tx,
    secrets: &SecretKey,
    tenant_id: i64,
    branch_id: i64,
    name: &str,
    now: Timestamp,
) -> Result<Created, Error> {
    let token = random_token()?;
    let sealed = secrets.seal(SEALED_AS, &token)?;
    let id = sql::insert(
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

/// A till with its token in plain text.
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

/// Reads the tills of a store, the oldest first, and opens their tokens. One statement.
///
/// # Errors
/// [`Error::Secret`] if they were sealed with another key.
pub async fn all_of_store(
    tx: &mut Tx,
    secrets: &SecretKey,
    tenant_id: i64,
) -> Result<Vec<Till>, Error> {
    let opened = |row: sql::TillRow| {
        let token = secrets.open(SEALED_AS, &row.token_sealed)?;
        Ok(Till {
            id: row.id,
            name: row.name,
            branch: row.branch,
            token,
        })
    };
    let rows = sql::all_of_store(tx, tenant_id).await?;
    rows.into_iter().map(opened).collect()
}

/// Authenticates a till, and binds it to the device of its first valid request. One statement; at
/// the first request two. Once a minute another one, beside the request.
///
/// # Errors
/// The first [`AuthError`] that applies, in the order of its variants: the device is checked last.
pub async fn authenticate(
    backend: &Backend,
    credentials: Credentials<'_>,
) -> Result<AuthenticatedTill, AuthError> {
    let tenant_hash = sent_token_hash(credentials.tenant_token).ok_or(AuthError::BadTenantToken)?;
    // A malformed cashier token gets an empty hash, which no till has. It must not be reported yet,
    // because an unknown tenant token is reported first.
    let cashier_hash = sent_token_hash(credentials.cashier_token).unwrap_or_default();
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
            till_id: till.id,
        });
    }
    note_seen(backend, row.tenant_id, till.id, till.seen_at);
    Ok(AuthenticatedTill {
        tenant_id: row.tenant_id,
        store_name: row.name,
        id: till.id,
        name: till.name,
        branch: till.branch,
        device_id: bound.device_id,
        device_bound_at: bound.at,
        programme: row.programme,
    })
}

/// Notes that a till is on the line, at most once a minute. The request does not wait for this, and
/// does not fail if it fails: the panel shows an older moment then.
fn note_seen(backend: &Backend, tenant_id: i64, till_id: i64, seen_at: Option<Timestamp>) {
    let now = backend.clock.now();
    let before = now.plus_seconds(-SEEN_SECONDS);
    if seen_at.is_some_and(|seen_at| seen_at >= before) {
        return;
    }
    let db = backend.db.clone();
    tokio::spawn(async move {
        if let Err(error) = sql::seen(&db, tenant_id, till_id, now, before).await {
            tracing::debug!(%error, till_id, "cannot note that a till is on the line");
        }
    });
}

/// Counts a request from a device that is not the till's, so that the owner and the admin see it.
///
/// # Errors
/// [`Error::Storage`].
pub async fn count_mismatch(backend: &Backend, tenant_id: i64, till_id: i64) -> Result<(), Error> {
    tracing::warn!(tenant_id, till_id, "device mismatch");
    sql::count_mismatch(&backend.db, tenant_id, till_id).await
}

/// Binds the till if it is still unbound. If two devices race, one wins, and both requests learn
/// which.
async fn bind(
    backend: &Backend,
    tenant_id: i64,
    till_id: i64,
    device_id: &str,
) -> Result<Binding, Error> {
    let now = backend.clock.now();
    if sql::bind(&backend.db, tenant_id, till_id, device_id, now).await? {
        return Ok(Binding {
            device_id: device_id.to_owned(),
            at: now,
        });
    }
    sql::binding(&backend.db, tenant_id, till_id)
        .await?
        .ok_or_else(|| Error::corrupt("cashier_nodes.device_id of", till_id))
}

fn is_device_id(text: &str) -> bool {
    (1..=MAX_DEVICE_ID).contains(&text.chars().count())
        && !text.trim().is_empty()
        && !text.chars().any(char::is_control)
}
