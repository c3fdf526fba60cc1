//! Codes by SMS, with which a client proves to have a phone (OWASP, "Multifactor Authentication").
//!
//! A code has six digits, lives five minutes and may be tried five times. Guesses and the store's
//! bill are bounded by counts in the database: for a phone, an address and a store.

use domain::{Identifier, Phone, Timestamp};

use super::sql;
use crate::db::Tx;
use crate::secrets::{SecretKey, random_bytes, token_hash};
use crate::{Backend, Error, ledger};

/// The life of a code, in seconds.
pub const CODE_SECONDS: i64 = 5 * 60;
/// The shortest time between two codes for a phone, in seconds.
pub const RESEND_SECONDS: i64 = 60;

const MOST_TRIES: i64 = 5;
/// Codes a day for a phone.
const OF_PHONE: i64 = 5;
/// Codes a day for an address.
const OF_ADDRESS: i64 = 20;
/// Codes a day of a store to phones that it does not know.
const OF_STORE: i64 = 300;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// The answer to a request for a code. It says nothing of whether the phone is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// This code is to be sent.
    Send(String),
    /// Nothing is sent, but the answer is the same as if it were: the store's bound for unknown
    /// phones is reached.
    Quiet,
    /// Too soon, or too many: these seconds must pass.
    Wait(i64),
}

/// Makes a code for a phone, unless there were too many. `address` is that of the request. At most
/// seven statements.
///
/// # Errors
/// [`Error::Storage`], [`Error::Secret`].
pub async fn ask_code(
    backend: &Backend,
    tenant_id: i64,
    phone: &Phone,
    address: &str,
) -> Result<Asked, Error> {
    let now = backend.clock.now();
    let db = &backend.db;
    if let Some(sent_at) = sql::codes::sent_at(db, tenant_id, phone.as_str()).await? {
        let free = Timestamp::from_micros(sent_at).plus_seconds(RESEND_SECONDS);
        if free > now {
            return Ok(Asked::Wait((free.micros() - now.micros()) / 1_000_000 + 1));
        }
    }
    let of_address = format!("code address {address}");
    let of_phone = format!("code phone {tenant_id} {}", phone.as_str());
    for (subject, most) in [(of_address, OF_ADDRESS), (of_phone, OF_PHONE)] {
        if let Some(wait) = count(backend, &subject, most, now).await? {
            return Ok(Asked::Wait(wait));
        }
    }
    let identifier = Identifier::Phone(phone.clone());
    if ledger::find(db, tenant_id, &identifier, now)
        .await?
        .is_none()
    {
        let subject = format!("code store {tenant_id}");
        if count(backend, &subject, OF_STORE, now).await?.is_some() {
            return Ok(Asked::Quiet);
        }
    }
    let number = u32::from_be_bytes(random_bytes::<4>()?);
    // A remainder of 2^32 prefers some codes by one in four thousand, which helps nobody.
    let code = format!("{:06}", number % 1_000_000);
    let hash = hash(&backend.secrets, tenant_id, phone, &code);
    sql::codes::put(db, tenant_id, phone.as_str(), &hash, now).await?;
    Ok(Asked::Send(code))
}

/// Counts a code. Returns the seconds until the next day of the subject if there are too many.
async fn count(
    backend: &Backend,
    subject: &str,
    most: i64,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let expired = now.plus_seconds(-DAY_SECONDS);
    let subject = token_hash(subject);
    let (began_at, count) = sql::codes::count(&backend.db, &subject, expired, now).await?;
    let ends = Timestamp::from_micros(began_at).plus_seconds(DAY_SECONDS);
    let wait = (ends.micros() - now.micros()) / 1_000_000 + 1;
    Ok((count > most).then_some(wait))
}

/// Withdraws the code of a phone, because it could not be sent: another one may be asked for at
/// once. One statement.
///
/// # Errors
/// [`Error::Storage`].
pub async fn withdraw_code(backend: &Backend, tenant_id: i64, phone: &Phone) -> Result<(), Error> {
    sql::codes::withdraw(&backend.db, tenant_id, phone.as_str()).await
}

/// What a try has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Checked {
    /// The code is right.
    Right,
    /// It is wrong, and may be tried again so many times.
    Wrong(i64),
    /// There is no code any more: another one is needed.
    Over,
}

/// Tries a code. The try is counted before the code is compared, and the count locks its row. One
/// statement.
pub(super) async fn check(
    tx: &mut Tx,
    secrets: &SecretKey,
    tenant_id: i64,
    phone: &Phone,
    code: &str,
    now: Timestamp,
) -> Result<Checked, Error> {
    let alive = now.plus_seconds(-CODE_SECONDS);
    let tried = sql::codes::try_once(tx, tenant_id, phone.as_str(), alive, MOST_TRIES).await?;
    let Some((code_hash, count)) = tried else {
        return Ok(Checked::Over);
    };
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    if hash(secrets, tenant_id, phone, &digits) == code_hash {
        return Ok(Checked::Right);
    }
    let left = MOST_TRIES - count;
    Ok(if left > 0 {
        Checked::Wrong(left)
    } else {
        Checked::Over
    })
}

/// Returns the keyed hash of a code. Two of them are compared, never two codes, so that the time of
/// a comparison says nothing.
fn hash(secrets: &SecretKey, tenant_id: i64, phone: &Phone, code: &str) -> String {
    secrets.derived_token(&format!("code {tenant_id} {} {code}", phone.as_str()))
}
