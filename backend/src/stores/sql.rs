//! The statements of stores.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const ALL: &str = r"
    SELECT id
    FROM tenants
    ORDER BY id
";

/// Returns the numbers of all stores.
pub(crate) async fn all(db: &Db) -> Result<Vec<i64>, Error> {
    let stores: Vec<(i64,)> = db.reads().fetch_all(ALL, ()).await?;
    Ok(stores.into_iter().map(|(id,)| id).collect())
}

const NAME: &str = r"
    SELECT name
    FROM tenants
    WHERE id = $1
";

pub(super) async fn name(db: &Db, tenant_id: i64) -> Result<Option<String>, Error> {
    let found = db.reads().fetch_optional(NAME, (tenant_id,)).await?;
    Ok(found.map(|(name,)| name))
}

const AUTHENTICATE: &str = r"
    SELECT
        id,
        suspended_at
    FROM tenants
    WHERE token_hash = $1
";

/// Returns the store's number and the moment when it was suspended.
pub(super) async fn authenticate(
    db: &Db,
    tenant_hash: &str,
) -> Result<Option<(i64, Option<i64>)>, Error> {
    db.reads()
        .fetch_optional(AUTHENTICATE, (tenant_hash,))
        .await
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
        address,
        created_at
    )
    VALUES ($1, $2, $3, $4)
    RETURNING id
";

/// Adds a branch. Returns its number.
pub(super) async fn insert_branch(
    tx: &mut Tx,
    tenant_id: i64,
    name: &str,
    address: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    let params = (tenant_id, name, address, now.micros());
    let (id,) = tx.fetch_one(INSERT_BRANCH, params).await?;
    Ok(id)
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
