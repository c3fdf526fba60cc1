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

/// A link to be made.
pub(in crate::accounts) struct NewAdminLink<'a> {
    pub(in crate::accounts) token_hash: &'a str,
    /// The admin who sets a new password with it; `None` for an invitation.
    pub(in crate::accounts) admin_id: Option<i64>,
    pub(in crate::accounts) name: &'a str,
    pub(in crate::accounts) made_by: Option<i64>,
}

const INSERT_ADMIN_LINK: &str = r"
    INSERT INTO admin_invitations (
        token_hash,
        admin_id,
        name,
        made_by,
        created_at,
        expires_at
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (token_hash) DO NOTHING
";

/// Inserts a link. Returns `false` if it exists already.
pub(in crate::accounts) async fn insert_admin_link(
    tx: &mut Tx,
    link: &NewAdminLink<'_>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, Error> {
    let params = (
        link.token_hash,
        link.admin_id,
        link.name,
        link.made_by,
        now.micros(),
        expires_at.micros(),
    );
    tx.execute(INSERT_ADMIN_LINK, params).await?.one_or_none()
}

// The link of an admin who was removed was ended with the access.
const ADMIN_LINK: &str = r"
    SELECT
        admin_invitations.name,
        login,
        expires_at
    FROM admin_invitations
    LEFT JOIN admins
        ON admins.id = admin_id
    WHERE token_hash = $1
        AND expires_at > $2
        AND ended_at IS NULL
";

/// Returns the name of the person, the login of an admin who sets a new password, and the end of
/// the link.
pub(in crate::accounts) async fn admin_invitation(
    db: &Db,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(String, Option<String>, i64)>, Error> {
    let params = (token_hash, now.micros());
    db.reads().fetch_optional(ADMIN_LINK, params).await
}

const USE_ADMIN_LINK: &str = r"
    UPDATE admin_invitations
    SET ended_at = $2
    WHERE token_hash = $1
        AND expires_at > $2
        AND ended_at IS NULL
    RETURNING admin_id
";

/// Uses a link up. Returns the admin who sets a new password with it, or `None` if it cannot be
/// used.
pub(in crate::accounts) async fn use_admin_link(
    tx: &mut Tx,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Option<i64>>, Error> {
    let params = (token_hash, now.micros());
    let found = tx.fetch_optional(USE_ADMIN_LINK, params).await?;
    Ok(found.map(|(admin_id,)| admin_id))
}

const SET_ADMIN_PASSWORD: &str = r"
    UPDATE admins
    SET password_hash = $2
    WHERE id = $1
";

pub(in crate::accounts) async fn set_admin_password(
    tx: &mut Tx,
    admin_id: i64,
    password_hash: &str,
) -> Result<(), Error> {
    let params = (admin_id, password_hash);
    tx.execute(SET_ADMIN_PASSWORD, params).await?.exactly(1)
}

const END_LINKS_OF_ADMIN: &str = r"
    UPDATE admin_invitations
    SET ended_at = $2
    WHERE admin_id = $1
        AND ended_at IS NULL
";

/// Ends the links with which an admin could set a new password.
pub(in crate::accounts) async fn end_links_of_admin(
    tx: &mut Tx,
    admin_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (admin_id, now.micros());
    tx.execute(END_LINKS_OF_ADMIN, params).await?.any();
    Ok(())
}
