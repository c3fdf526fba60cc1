//! The statements of admins and their invitations.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const INSERT_ADMIN: &str = r"
    INSERT INTO admins (
        login,
        name,
        password_hash,
        created_at
    )
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (login) DO NOTHING
    RETURNING id
";

/// Adds an admin. Returns the admin's number, or `None` if the login is taken.
pub(in crate::accounts) async fn insert_admin(
    tx: &mut Tx,
    login: &str,
    name: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let params = (login, name, password_hash, now.micros());
    let inserted = tx.fetch_optional(INSERT_ADMIN, params).await?;
    Ok(inserted.map(|(id,)| id))
}

const INSERT_ADMIN_INVITATION: &str = r"
    INSERT INTO admin_invitations (
        token_hash,
        name,
        created_at,
        expires_at
    )
    VALUES ($1, $2, $3, $4)
";

pub(in crate::accounts) async fn insert_admin_invitation(
    tx: &mut Tx,
    token_hash: &str,
    name: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let params = (token_hash, name, now.micros(), expires_at.micros());
    tx.execute(INSERT_ADMIN_INVITATION, params)
        .await?
        .exactly(1)
}

const ADMIN_INVITATION: &str = r"
    SELECT
        name,
        expires_at
    FROM admin_invitations
    WHERE token_hash = $1
        AND expires_at > $2
        AND ended_at IS NULL
";

/// Returns the name of the invited person and the end of the invitation.
pub(in crate::accounts) async fn admin_invitation(
    db: &Db,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(String, i64)>, Error> {
    let params = (token_hash, now.micros());
    db.reads().fetch_optional(ADMIN_INVITATION, params).await
}

const USE_ADMIN_INVITATION: &str = r"
    UPDATE admin_invitations
    SET ended_at = $2
    WHERE token_hash = $1
        AND expires_at > $2
        AND ended_at IS NULL
";

/// Uses an invitation up. Returns `false` if it cannot be accepted.
pub(in crate::accounts) async fn use_admin_invitation(
    tx: &mut Tx,
    token_hash: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (token_hash, now.micros());
    tx.execute(USE_ADMIN_INVITATION, params)
        .await?
        .one_or_none()
}
