//! The statements of the people who sign in.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};
use domain::Role;

const INSERT_PANEL_USER: &str = r"
    INSERT INTO panel_users (
        tenant_id,
        login,
        name,
        role,
        password_hash,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (login) DO NOTHING
    RETURNING id
";

/// A person to be added to a store.
pub(in crate::accounts) struct NewUser<'a> {
    pub(in crate::accounts) login: &'a str,
    pub(in crate::accounts) name: &'a str,
    pub(in crate::accounts) role: Role,
    pub(in crate::accounts) password_hash: &'a str,
}

/// Adds a person. Returns the person's number, or `None` if the login is taken.
pub(in crate::accounts) async fn insert_panel_user(
    tx: &mut Tx,
    tenant_id: i64,
    user: &NewUser<'_>,
    now: Timestamp,
) -> Result<Option<i64>, Error> {
    let params = (
        tenant_id,
        user.login,
        user.name,
        user.role.as_str(),
        user.password_hash,
        now.micros(),
    );
    let inserted = tx.fetch_optional(INSERT_PANEL_USER, params).await?;
    Ok(inserted.map(|(id,)| id))
}

const STORE_OF_PANEL_USER: &str = r"
    SELECT tenant_id
    FROM panel_users
    WHERE login = $1
";

pub(in crate::accounts) async fn store_of_panel_user(
    tx: &mut Tx,
    login: &str,
) -> Result<Option<i64>, Error> {
    let found = tx.fetch_optional(STORE_OF_PANEL_USER, (login,)).await?;
    Ok(found.map(|(tenant_id,)| tenant_id))
}

const LOCK_PEOPLE: &str = r"
    UPDATE tenants
    SET id = id
    WHERE id = $1
";

/// Locks the store's row, so that changes of its people come one after another.
pub(in crate::accounts) async fn lock_people(tx: &mut Tx, tenant_id: i64) -> Result<(), Error> {
    tx.execute(LOCK_PEOPLE, (tenant_id,)).await?.exactly(1)
}

const PERSON: &str = r"
    SELECT
        name,
        role
    FROM panel_users
    WHERE tenant_id = $1
        AND id = $2
        AND removed_at IS NULL
";

/// Returns the name and role of a person of the store.
pub(in crate::accounts) async fn person(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
) -> Result<Option<(String, String)>, Error> {
    tx.fetch_optional(PERSON, (tenant_id, user_id)).await
}

#[derive(sqlx::FromRow)]
pub(in crate::accounts) struct PersonRow {
    pub(in crate::accounts) id: i64,
    pub(in crate::accounts) login: String,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) role: String,
    pub(in crate::accounts) seen_at: Option<i64>,
}

const PEOPLE: &str = r"
    SELECT
        id,
        login,
        name,
        role,
        (
            SELECT MAX(seen_at)
            FROM panel_sessions
            WHERE panel_sessions.tenant_id = $1
                AND user_id = panel_users.id
        ) AS seen_at
    FROM panel_users
    WHERE tenant_id = $1
        AND removed_at IS NULL
    ORDER BY id
";

pub(in crate::accounts) async fn people(db: &Db, tenant_id: i64) -> Result<Vec<PersonRow>, Error> {
    db.reads().fetch_all(PEOPLE, (tenant_id,)).await
}

const OWNERS: &str = r"
    SELECT COUNT(*)
    FROM panel_users
    WHERE tenant_id = $1
        AND role = 'owner'
        AND removed_at IS NULL
";

/// Counts the owners of a store.
pub(in crate::accounts) async fn owners(tx: &mut Tx, tenant_id: i64) -> Result<i64, Error> {
    let (owners,) = tx.fetch_one(OWNERS, (tenant_id,)).await?;
    Ok(owners)
}

const SET_PASSWORD: &str = r"
    UPDATE panel_users
    SET password_hash = $3
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::accounts) async fn set_password(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
    password_hash: &str,
) -> Result<(), Error> {
    let params = (tenant_id, user_id, password_hash);
    tx.execute(SET_PASSWORD, params).await?.exactly(1)
}

// The login becomes free for another person.
const REMOVE: &str = r"
    UPDATE panel_users
    SET removed_at = $3,
        login = 'removed:' || id || ':' || login
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::accounts) async fn remove(
    tx: &mut Tx,
    tenant_id: i64,
    user_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, user_id, now.micros());
    tx.execute(REMOVE, params).await?.exactly(1)
}
