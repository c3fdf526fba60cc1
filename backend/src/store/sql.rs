//! The statements of stores.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx, on_engine};

/// The numbers of all stores.
pub(crate) async fn all(db: &Db) -> Result<Vec<i64>, Error> {
    const ALL: &str = "SELECT id FROM tenants ORDER BY id";
    Ok(on_engine!(db.reads(), conn => sqlx::query_scalar(ALL).fetch_all(conn).await)?)
}

pub(super) async fn insert(
    tx: &mut Tx,
    name: &str,
    token_hash: &str,
    token_sealed: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    const INSERT: &str = "INSERT INTO tenants (name, token_hash, token_sealed, created_at) \
                          VALUES ($1, $2, $3, $4) RETURNING id";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(INSERT)
            .bind(name)
            .bind(token_hash)
            .bind(token_sealed)
            .bind(now.micros())
            .fetch_one(conn)
            .await
    })?)
}

pub(super) async fn insert_branch(
    tx: &mut Tx,
    tenant_id: i64,
    name: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    const INSERT: &str =
        "INSERT INTO branches (tenant_id, name, created_at) VALUES ($1, $2, $3) RETURNING id";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(INSERT).bind(tenant_id).bind(name).bind(now.micros()).fetch_one(conn).await
    })?)
}

pub(super) async fn insert_till(
    tx: &mut Tx,
    tenant_id: i64,
    branch_id: i64,
    name: &str,
    token_hash: &str,
    token_sealed: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    const INSERT: &str = "INSERT INTO cashier_nodes (tenant_id, branch_id, name, token_hash, \
                          token_sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(INSERT)
            .bind(tenant_id)
            .bind(branch_id)
            .bind(name)
            .bind(token_hash)
            .bind(token_sealed)
            .bind(now.micros())
            .fetch_one(conn)
            .await
    })?)
}

pub(super) async fn insert_panel_user(
    tx: &mut Tx,
    tenant_id: i64,
    login: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    const INSERT: &str = "INSERT INTO panel_users (tenant_id, login, password_hash, created_at) \
                          VALUES ($1, $2, $3, $4)";
    on_engine!(tx.conn(), conn => {
        sqlx::query(INSERT)
            .bind(tenant_id)
            .bind(login)
            .bind(password_hash)
            .bind(now.micros())
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

pub(super) async fn insert_admin(
    tx: &mut Tx,
    login: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    const INSERT: &str = "INSERT INTO admins (login, password_hash, created_at) VALUES ($1, $2, $3) \
                          ON CONFLICT (login) DO NOTHING";
    on_engine!(tx.conn(), conn => {
        sqlx::query(INSERT)
            .bind(login)
            .bind(password_hash)
            .bind(now.micros())
            .execute(conn)
            .await
            .map(|_| ())
    })?;
    Ok(())
}

#[derive(sqlx::FromRow)]
pub(crate) struct TillRow {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) branch: String,
    pub(crate) token_sealed: String,
}

/// The tills of a store, oldest first.
pub(crate) async fn tills(tx: &mut Tx, tenant_id: i64) -> Result<Vec<TillRow>, Error> {
    const TILLS: &str = "SELECT cashier_nodes.id, cashier_nodes.name, branches.name AS branch, \
                         token_sealed FROM cashier_nodes \
                         JOIN branches ON branches.tenant_id = cashier_nodes.tenant_id \
                         AND branches.id = cashier_nodes.branch_id \
                         WHERE cashier_nodes.tenant_id = $1 ORDER BY cashier_nodes.id";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_as(TILLS).bind(tenant_id).fetch_all(conn).await
    })?)
}

pub(super) async fn sealed_token(tx: &mut Tx, tenant_id: i64) -> Result<String, Error> {
    const SEALED: &str = "SELECT token_sealed FROM tenants WHERE id = $1";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(SEALED).bind(tenant_id).fetch_one(conn).await
    })?)
}

pub(super) async fn by_panel_login(tx: &mut Tx, login: &str) -> Result<Option<i64>, Error> {
    const BY_LOGIN: &str = "SELECT tenant_id FROM panel_users WHERE login = $1";
    Ok(on_engine!(tx.conn(), conn => {
        sqlx::query_scalar(BY_LOGIN).bind(login).fetch_optional(conn).await
    })?)
}
