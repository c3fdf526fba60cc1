//! The statements with which a password is asked again.

use domain::Timestamp;

use crate::Error;
use crate::accounts::principal::{Principal, Scope};
use crate::db::Db;

const CREDENTIALS: &str = r"
    SELECT
        login,
        password_hash
    FROM panel_users
    WHERE tenant_id = $1
        AND id = $2
        AND removed_at IS NULL
";

const ADMIN_CREDENTIALS: &str = r"
    SELECT
        login,
        password_hash
    FROM admins
    WHERE id = $1
        AND removed_at IS NULL
";

/// Returns the login and the hash of the password.
pub(in crate::accounts) async fn credentials(
    db: &Db,
    principal: Principal,
) -> Result<Option<(String, String)>, Error> {
    match principal {
        Principal::Person { tenant_id, user_id } => {
            let params = (tenant_id, user_id);
            db.reads().fetch_optional(CREDENTIALS, params).await
        }
        Principal::Admin { admin_id } => {
            db.reads()
                .fetch_optional(ADMIN_CREDENTIALS, (admin_id,))
                .await
        }
    }
}

const ADMIN_SESSION_CONFIRMED: &str = r"
    UPDATE admin_sessions
    SET confirmed_at = $2
    WHERE token_hash = $1
";

const SESSION_CONFIRMED: &str = r"
    UPDATE panel_sessions
    SET confirmed_at = $3
    WHERE tenant_id = $1
        AND token_hash = $2
";

/// Notes that the password was entered again.
pub(in crate::accounts) async fn session_confirmed(
    db: &Db,
    scope: Scope,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let changed = match scope {
        Scope::Store(tenant_id) => {
            let params = (tenant_id, token_hash, now.micros());
            db.writes().execute(SESSION_CONFIRMED, params).await
        }
        Scope::Platform => {
            let params = (token_hash, now.micros());
            db.writes().execute(ADMIN_SESSION_CONFIRMED, params).await
        }
    }?;
    // It may have been ended in the meantime.
    changed.any();
    Ok(())
}
