//! Limits guesses at passwords (OWASP, "Authentication": throttling).

use domain::Timestamp;

use super::sql;
use crate::db::Db;
use crate::secrets::token_hash;
use crate::{Backend, Error};

/// The tries within a window, for one login and for one address.
const TRIES: i64 = 10;
const WINDOW_SECONDS: i64 = 180;

/// Counts a try from `address` at the password of `login`. Returns the seconds to wait if there
/// have been too many from this address or at this password. Two statements.
pub(super) async fn count(
    backend: &Backend,
    address: &str,
    login: &str,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    for subject in [format!("address:{address}"), format!("login:{login}")] {
        let wait = count_one(&backend.db, &token_hash(&subject), now).await?;
        if wait.is_some() {
            return Ok(wait);
        }
    }
    Ok(None)
}

async fn count_one(db: &Db, subject: &str, now: Timestamp) -> Result<Option<i64>, Error> {
    let expired = now.plus_seconds(-WINDOW_SECONDS);
    let (began_at, count) = sql::count_guess(db, subject, expired, now).await?;
    let ends = Timestamp::from_micros(began_at).plus_seconds(WINDOW_SECONDS);
    let wait = (ends.micros() - now.micros()) / 1_000_000 + 1;
    Ok((count > TRIES).then_some(wait.max(1)))
}

/// Forgets the tries at a password that was right, and all whose window is over.
pub(super) async fn forget(db: &Db, login: &str, now: Timestamp) -> Result<(), Error> {
    let subject = token_hash(&format!("login:{login}"));
    sql::forget_guesses(db, &subject, now.plus_seconds(-WINDOW_SECONDS)).await
}
