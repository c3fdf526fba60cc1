//! Tills, and how a till is authenticated: by two tokens and a device (contract, "Who is calling").

mod binding;
mod facts;
mod keys;
mod manage;
mod modules;
mod pairing;
mod sql;
mod tickets;
mod view;

pub use facts::TillFacts;
pub use keys::{RotateKey, Rotated, StopOldKey};
pub use manage::{
    ActOnTill, ActedOnTill, AddBranch, AddTill, ChangeBranch, ChangeTill, NotSaved, ShowToken,
    TillAct,
};
pub use modules::{ModuleKeys, NoModule, TakeModule};
pub use pairing::{MakePairingCode, NewPairingCode, PairError, Paired, pair};
pub use tickets::take_ticket;
pub use view::{
    GivenModule, LastSale, OldKey, TillView, first_sale, last_sale, note_facts, paid, view,
};

pub use crate::till_number::TillNumber;

use binding::FirstUse;

use domain::{Programme, Refusal, Tickets, Timestamp};

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
    /// The tickets of the device that are good.
    pub tickets: Tickets,
    /// The store's programme.
    pub programme: Programme,
}

impl AuthenticatedTill {
    /// Returns the till's store and number.
    pub const fn number(&self) -> TillNumber {
        TillNumber {
            tenant_id: self.tenant_id,
            till_id: self.id,
        }
    }

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

/// Authenticates a till by its current or its old token, and binds the token to the device of its
/// first valid request. One statement; at the first request with a token two, or a transaction of
/// five while an old token works. Once a minute another one, beside the request.
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
    let (store, mut till) = find(backend, &tenant_hash, &cashier_hash).await?;
    let number = TillNumber {
        tenant_id: store.tenant_id,
        till_id: till.id,
    };
    let device_id = credentials
        .device_id
        .filter(|id| is_device_id(id))
        .ok_or(AuthError::DeviceIdRequired(number))?;
    let mut bound = till.bound.take();
    if bound.is_none() {
        let first = FirstUse {
            till: number,
            till_name: &till.name,
            token_hash: &cashier_hash,
            device_id,
        };
        let is_old = till.token_until.is_some();
        bound = binding::bind(backend, first, is_old, till.has_old_token).await?;
    }
    if bound.is_none() {
        // Another device or a new token was faster; the till says which.
        bound = find(backend, &tenant_hash, &cashier_hash).await?.1.bound;
    }
    let bound = bound.ok_or(AuthError::DeviceMismatch(number))?;
    if bound.device_id != device_id {
        return Err(AuthError::DeviceMismatch(number));
    }
    note_seen(backend, &store, &till);
    Ok(AuthenticatedTill {
        tenant_id: store.tenant_id,
        store_name: store.name,
        id: till.id,
        name: till.name,
        branch: till.branch,
        device_id: bound.device_id,
        device_bound_at: bound.at,
        tickets: till.tickets,
        programme: store.programme,
    })
}

/// Finds the store and the till of two tokens that may be used now.
async fn find(
    backend: &Backend,
    tenant_hash: &str,
    cashier_hash: &str,
) -> Result<(sql::Store, sql::Till), AuthError> {
    let now = backend.clock.now();
    let is_over = |until: Option<Timestamp>| until.is_some_and(|until| until <= now);
    let mut store = backend
        .db
        .once_more(|| sql::till(&backend.db, tenant_hash, cashier_hash))
        .await?
        .filter(|store| !is_over(store.token_until))
        .ok_or(AuthError::BadTenantToken)?;
    let till = store
        .till
        .take()
        .filter(|till| !is_over(till.token_until))
        .ok_or(AuthError::BadCashierToken)?;
    if store.suspended {
        return Err(AuthError::StoreSuspended);
    }
    if till.disabled {
        return Err(AuthError::CashierDisabled(TillNumber {
            tenant_id: store.tenant_id,
            till_id: till.id,
        }));
    }
    Ok((store, till))
}

/// Notes that a till is on the line, and with which tokens, at most once a minute. The request does
/// not wait for this, and does not fail if it fails: the panel shows an older moment then.
fn note_seen(backend: &Backend, store: &sql::Store, till: &sql::Till) {
    let now = backend.clock.now();
    let before = now.plus_seconds(-SEEN_SECONDS);
    let is_old = |seen_at: Option<Timestamp>| seen_at.is_none_or(|seen_at| seen_at < before);
    let (old_token, old_store_token) = (till.token_until.is_some(), store.token_until.is_some());
    let is_due = is_old(till.seen.at)
        || old_token && is_old(till.seen.with_old_token)
        || old_store_token && is_old(till.seen.with_old_store_token);
    if !is_due {
        return;
    }
    let db = backend.db.clone();
    let (tenant_id, till_id) = (store.tenant_id, till.id);
    tokio::spawn(async move {
        let old = (old_token, old_store_token);
        if let Err(error) = sql::seen(&db, tenant_id, till_id, (now, before), old).await {
            tracing::debug!(%error, till_id, "cannot note that a till is on the line");
        }
    });
}

/// Counts a request from a device that is not the till's, so that the owner and the admin see it.
///
/// # Errors
/// [`Error::Storage`].
pub async fn count_mismatch(backend: &Backend, till: TillNumber) -> Result<(), Error> {
    let TillNumber { tenant_id, till_id } = till;
    tracing::warn!(tenant_id, till_id, "device mismatch");
    sql::count_mismatch(&backend.db, tenant_id, till_id).await
}

fn is_device_id(text: &str) -> bool {
    (1..=MAX_DEVICE_ID).contains(&text.chars().count())
        && !text.trim().is_empty()
        && !text.chars().any(char::is_control)
}
