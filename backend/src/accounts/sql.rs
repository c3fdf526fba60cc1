//! The statements of accounts.

use domain::Timestamp;

use crate::Error;
use crate::db::Tx;

const INSERT_PANEL_USER: &str = r"
    INSERT INTO panel_users (
        tenant_id,
        login,
        password_hash,
        created_at
    )
    VALUES ($1, $2, $3, $4)
";

pub(super) async fn insert_panel_user(
    tx: &mut Tx,
    tenant_id: i64,
    login: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, login, password_hash, now.micros());
    tx.execute(INSERT_PANEL_USER, params).await?.exactly(1)
}

const INSERT_ADMIN: &str = r"
    INSERT INTO admins (
        login,
        password_hash,
        created_at
    )
    VALUES ($1, $2, $3)
    ON CONFLICT (login) DO NOTHING
";

/// Adds a superadmin. Returns `false` if the login exists already.
pub(super) async fn insert_admin(
    tx: &mut Tx,
    login: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (login, password_hash, now.micros());
    tx.execute(INSERT_ADMIN, params).await?.one_or_none()
}

const STORE_OF_PANEL_USER: &str = r"
    SELECT tenant_id
    FROM panel_users
    WHERE login = $1
";

pub(super) async fn store_of_panel_user(tx: &mut Tx, login: &str) -> Result<Option<i64>, Error> {
    let found = tx.fetch_optional(STORE_OF_PANEL_USER, (login,)).await?;
    Ok(found.map(|(tenant_id,)| tenant_id))
}
