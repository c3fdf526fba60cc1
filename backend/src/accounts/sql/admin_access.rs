//! The statements of who is an admin.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

// The row with the least number is there as long as there are admins: who is removed keeps a row.
const LOCK_ADMINS: &str = r"
    UPDATE admins
    SET id = id
    WHERE id = (
        SELECT MIN(id)
        FROM admins
    )
";

/// Locks one row for all, so that changes of who is an admin come one after another.
pub(in crate::accounts) async fn lock_admins(tx: &mut Tx) -> Result<(), Error> {
    // Before the first admin there is none.
    tx.execute(LOCK_ADMINS, ()).await?.any();
    Ok(())
}

const ADMIN_NAME: &str = r"
    SELECT name
    FROM admins
    WHERE id = $1
        AND removed_at IS NULL
";

/// Returns the name of an admin who has access.
pub(in crate::accounts) async fn admin_name(
    tx: &mut Tx,
    admin_id: i64,
) -> Result<Option<String>, Error> {
    let found = tx.fetch_optional(ADMIN_NAME, (admin_id,)).await?;
    Ok(found.map(|(name,)| name))
}

const COUNT_ADMINS: &str = r"
    SELECT COUNT(*)
    FROM admins
    WHERE removed_at IS NULL
";

/// Counts the admins who have access.
pub(in crate::accounts) async fn count_admins(tx: &mut Tx) -> Result<i64, Error> {
    let (count,) = tx.fetch_one(COUNT_ADMINS, ()).await?;
    Ok(count)
}

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct AdminRow {
    pub(in crate::accounts) id: i64,
    pub(in crate::accounts) login: String,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) created_at: i64,
    pub(in crate::accounts) seen_at: Option<i64>,
    pub(in crate::accounts) confirmed_at: Option<i64>,
    pub(in crate::accounts) recovery_codes: i64,
}

const ADMINS: &str = r"
    SELECT
        id,
        login,
        name,
        admins.created_at,
        (
            SELECT MAX(seen_at)
            FROM admin_sessions
            WHERE admin_sessions.admin_id = admins.id
        ) AS seen_at,
        confirmed_at,
        (
            SELECT COUNT(*)
            FROM admin_recovery_codes
            WHERE admin_recovery_codes.admin_id = admins.id
                AND used_at IS NULL
        ) AS recovery_codes
    FROM admins
    LEFT JOIN admin_second_steps
        ON admin_second_steps.admin_id = admins.id
    WHERE removed_at IS NULL
    ORDER BY id
";

pub(in crate::accounts) async fn admins(db: &Db) -> Result<Vec<AdminRow>, Error> {
    db.reads().fetch_all(ADMINS, ()).await
}

const KNOWN_ADMINS: &str = r"
    SELECT
        id,
        name,
        removed_at
    FROM admins
    ORDER BY id
";

/// Returns everybody who is or was an admin: number, name, and the moment of the removal.
pub(in crate::accounts) async fn known_admins(
    db: &Db,
) -> Result<Vec<(i64, String, Option<i64>)>, Error> {
    db.reads().fetch_all(KNOWN_ADMINS, ()).await
}

const WAITING_ADMINS: &str = r"
    SELECT
        admin_invitations.id,
        admin_invitations.name,
        admins.name AS invited_by,
        expires_at
    FROM admin_invitations
    LEFT JOIN admins
        ON admins.id = made_by
    WHERE admin_id IS NULL
        AND expires_at > $1
        AND ended_at IS NULL
    ORDER BY admin_invitations.id
";

/// Returns the invitations that can be accepted: number, name, who has invited, and end.
pub(in crate::accounts) async fn waiting_admins(
    db: &Db,
    now: Timestamp,
) -> Result<Vec<(i64, String, Option<String>, i64)>, Error> {
    db.reads().fetch_all(WAITING_ADMINS, (now.micros(),)).await
}

const CANCEL_ADMIN_INVITATION: &str = r"
    UPDATE admin_invitations
    SET ended_at = $2
    WHERE id = $1
        AND admin_id IS NULL
        AND expires_at > $2
        AND ended_at IS NULL
    RETURNING name
";

/// Ends an invitation. Returns the name of the person.
pub(in crate::accounts) async fn cancel_admin_invitation(
    tx: &mut Tx,
    link_id: i64,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    let params = (link_id, now.micros());
    let found = tx.fetch_optional(CANCEL_ADMIN_INVITATION, params).await?;
    Ok(found.map(|(name,)| name))
}

// The login becomes free for another person.
const REMOVE_ADMIN: &str = r"
    UPDATE admins
    SET removed_at = $2,
        login = 'removed:' || id || ':' || login
    WHERE id = $1
";

pub(in crate::accounts) async fn remove_admin(
    tx: &mut Tx,
    admin_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (admin_id, now.micros());
    tx.execute(REMOVE_ADMIN, params).await?.exactly(1)
}

const END_LINKS_AROUND_ADMIN: &str = r"
    UPDATE admin_invitations
    SET ended_at = $2
    WHERE (admin_id = $1 OR made_by = $1)
        AND ended_at IS NULL
";

/// Ends the links that lead to the account of an admin, and those that the admin has made.
pub(in crate::accounts) async fn end_links_around_admin(
    tx: &mut Tx,
    admin_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (admin_id, now.micros());
    tx.execute(END_LINKS_AROUND_ADMIN, params).await?.any();
    Ok(())
}
