//! The statements of guesses at passwords and codes.

use domain::Timestamp;

use crate::Error;
use crate::db::Db;

const COUNT_GUESS: &str = r"
    INSERT INTO guesses (
        subject,
        began_at,
        count
    )
    VALUES ($1, $3, 1)
    ON CONFLICT (subject) DO UPDATE SET
        count = CASE WHEN guesses.began_at <= $2 THEN 1 ELSE guesses.count + 1 END,
        began_at = CASE WHEN guesses.began_at <= $2 THEN $3 ELSE guesses.began_at END
    RETURNING began_at, count
";

/// Counts a guess; a window that began at `expired` or before is over. Returns the beginning of the
/// window and its guesses.
pub(in crate::accounts) async fn count_guess(
    db: &Db,
    subject: &str,
    expired: Timestamp,
    now: Timestamp,
) -> Result<(i64, i64), Error> {
    let params = (subject, expired.micros(), now.micros());
    db.writes().fetch_one(COUNT_GUESS, params).await
}

const FORGET_GUESSES: &str = r"
    DELETE FROM guesses
    WHERE subject = $1
        OR began_at <= $2
";

pub(in crate::accounts) async fn forget_guesses(
    db: &Db,
    subject: &str,
    expired: Timestamp,
) -> Result<(), Error> {
    let params = (subject, expired.micros());
    db.writes().execute(FORGET_GUESSES, params).await?.any();
    Ok(())
}
