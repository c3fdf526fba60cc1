//! The statements of another authenticator app of an admin.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const BEGIN_ANOTHER_APP: &str = r"
    UPDATE admin_second_steps
    SET next_secret_sealed = $2,
        next_created_at = $3
    WHERE admin_id = $1
        AND confirmed_at IS NOT NULL
";

/// Stores the secret of another app beside the present one. Returns `false` if there is none.
pub(in crate::accounts) async fn begin_another_app(
    tx: &mut Tx,
    admin_id: i64,
    secret_sealed: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (admin_id, secret_sealed, now.micros());
    tx.execute(BEGIN_ANOTHER_APP, params).await?.one_or_none()
}

const ANOTHER_APP: &str = r"
    SELECT next_secret_sealed
    FROM admin_second_steps
    WHERE admin_id = $1
        AND next_created_at > $2
";

/// Returns the secret that waits, if it was made after `oldest`.
pub(in crate::accounts) async fn another_app(
    db: &Db,
    admin_id: i64,
    oldest: Timestamp,
) -> Result<Option<String>, Error> {
    let params = (admin_id, oldest.micros());
    let found = db.reads().fetch_optional(ANOTHER_APP, params).await?;
    Ok(found.and_then(|(sealed,)| sealed))
}

// A second press of the button finds no secret that waits.
const CONNECT_ANOTHER_APP: &str = r"
    UPDATE admin_second_steps
    SET secret_sealed = next_secret_sealed,
        created_at = next_created_at,
        next_secret_sealed = NULL,
        next_created_at = NULL,
        confirmed_at = $4,
        last_step = $3
    WHERE admin_id = $1
        AND next_secret_sealed = $2
        AND confirmed_at IS NOT NULL
";

/// Puts the secret that waits in force with its first code. Returns `false` if it does not wait.
pub(in crate::accounts) async fn connect_another_app(
    tx: &mut Tx,
    admin_id: i64,
    secret_sealed: &str,
    step: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (admin_id, secret_sealed, step, now.micros());
    tx.execute(CONNECT_ANOTHER_APP, params).await?.one_or_none()
}
