//! The statements of stores.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const ALL: &str = r"
    SELECT id
    FROM tenants
    ORDER BY id
";

/// The numbers of all stores.
pub(crate) async fn all(db: &Db) -> Result<Vec<i64>, Error> {
    let stores: Vec<(i64,)> = db.reads().fetch_all(ALL, ()).await?;
    Ok(stores.into_iter().map(|(id,)| id).collect())
}

const INSERT: &str = r"
    INSERT INTO tenants (
        name,
        token_hash,
        token_sealed,
        created_at
    )
    VALUES ($1, $2, $3, $4)
    RETURNING id
";

/// Adds a store. Returns its number.
pub(super) async fn insert(
    tx: &mut Tx,
    name: &str,
    token_hash: &str,
    token_sealed: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    let params = (name, token_hash, token_sealed, now.micros());
    let (id,) = tx.fetch_one(INSERT, params).await?;
    Ok(id)
}

const INSERT_BRANCH: &str = r"
    INSERT INTO branches (
        tenant_id,
        name,
        created_at
    )
    VALUES ($1, $2, $3)
    RETURNING id
";

/// Adds a branch. Returns its number.
pub(super) async fn insert_branch(
    tx: &mut Tx,
    tenant_id: i64,
    name: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    let params = (tenant_id, name, now.micros());
    let (id,) = tx.fetch_one(INSERT_BRANCH, params).await?;
    Ok(id)
}

const INSERT_TILL: &str = r"
    INSERT INTO cashier_nodes (
        tenant_id,
        branch_id,
        name,
        token_hash,
        token_sealed,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6)
    RETURNING id
";

/// Adds a till. Returns its number.
pub(super) async fn insert_till(
    tx: &mut Tx,
    tenant_id: i64,
    branch_id: i64,
    name: &str,
    token_hash: &str,
    token_sealed: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    let params = (
        tenant_id,
        branch_id,
        name,
        token_hash,
        token_sealed,
        now.micros(),
    );
    let (id,) = tx.fetch_one(INSERT_TILL, params).await?;
    Ok(id)
}

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

/// Adds a superadmin; false if the login is there already.
pub(super) async fn insert_admin(
    tx: &mut Tx,
    login: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (login, password_hash, now.micros());
    tx.execute(INSERT_ADMIN, params).await?.one_or_none()
}

#[derive(sqlx::FromRow)]
pub(crate) struct TillRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) branch: String,
    pub(crate) token_sealed: String,
}

const TILLS: &str = r"
    SELECT
        cashier_nodes.id,
        cashier_nodes.name,
        branches.name AS branch,
        token_sealed
    FROM cashier_nodes
    JOIN branches
        ON branches.tenant_id = cashier_nodes.tenant_id
        AND branches.id = cashier_nodes.branch_id
    WHERE cashier_nodes.tenant_id = $1
    ORDER BY cashier_nodes.id
";

/// The tills of a store, oldest first.
pub(crate) async fn tills(tx: &mut Tx, tenant_id: i64) -> Result<Vec<TillRow>, Error> {
    tx.fetch_all(TILLS, (tenant_id,)).await
}

const SEALED_TOKEN: &str = r"
    SELECT token_sealed
    FROM tenants
    WHERE id = $1
";

pub(super) async fn sealed_token(tx: &mut Tx, tenant_id: i64) -> Result<String, Error> {
    let (token,) = tx.fetch_one(SEALED_TOKEN, (tenant_id,)).await?;
    Ok(token)
}

const BY_PANEL_LOGIN: &str = r"
    SELECT tenant_id
    FROM panel_users
    WHERE login = $1
";

pub(super) async fn by_panel_login(tx: &mut Tx, login: &str) -> Result<Option<i64>, Error> {
    let found = tx.fetch_optional(BY_PANEL_LOGIN, (login,)).await?;
    Ok(found.map(|(tenant_id,)| tenant_id))
}
