//! Limits guesses at passwords and codes (OWASP, "Authentication": throttling).

use domain::Timestamp;

use super::sql;
use crate::db::Db;
use crate::secrets::token_hash;
use crate::{Backend, Error};

/// The number of guesses within a window.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    tries: i64,
    window_seconds: i64,
}

/// Guesses at passwords, for one login and for one address.
pub(super) const PASSWORDS: Limit = Limit {
    tries: 10,
    window_seconds: 180,
};

/// Guesses at the codes of one person. Three codes of a million are right at any moment, so this
/// limit leaves a thief of the password a chance of 0.3 % a day.
pub(super) const CODES: Limit = Limit {
    tries: 10,
    window_seconds: 900,
};

/// Guesses at the pairing codes of tills, for one address.
pub(crate) const PAIRING: Limit = Limit {
    tries: 10,
    window_seconds: 180,
};

/// The longest window.
const LONGEST_SECONDS: i64 = 900;

/// Counts a guess for each subject. Returns the seconds to wait if there have been too many for one
/// of them. One statement for each subject.
pub(crate) async fn count(
    backend: &Backend,
    limit: Limit,
    subjects: &[String],
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    for subject in subjects {
        let wait = count_one(&backend.db, limit, &token_hash(subject), now).await?;
        if wait.is_some() {
            return Ok(wait);
        }
    }
    Ok(None)
}

async fn count_one(
    db: &Db,
    limit: Limit,
    subject: &str,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let expired = now.plus_seconds(-limit.window_seconds);
    let (began_at, count) = sql::count_guess(db, subject, expired, now).await?;
    let ends = Timestamp::from_micros(began_at).plus_seconds(limit.window_seconds);
    let wait = (ends.micros() - now.micros()) / 1_000_000 + 1;
    Ok((count > limit.tries).then_some(wait.max(1)))
}

/// Forgets the guesses of a subject that has proved to be right, and all whose window is over. One
/// statement.
pub(crate) async fn forget(db: &Db, subject: &str, now: Timestamp) -> Result<(), Error> {
    let expired = now.plus_seconds(-LONGEST_SECONDS);
    sql::forget_guesses(db, &token_hash(subject), expired).await
}
