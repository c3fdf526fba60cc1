//! The statements of stores.

pub(in crate::stores) mod admin;
pub(in crate::stores) mod overview;

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

pub(in crate::stores) async fn name(db: &Db, tenant_id: i64) -> Result<Option<String>, Error> {
    let found = db.reads().fetch_optional(NAME, (tenant_id,)).await?;
    Ok(found.map(|(name,)| name))
}

const OPEN_NAME: &str = r"
    SELECT name
    FROM tenants
    WHERE id = $1
        AND suspended_at IS NULL
";

/// Returns the name of a store that is not suspended.
pub(in crate::stores) async fn open_name(db: &Db, tenant_id: i64) -> Result<Option<String>, Error> {
    let found = db.reads().fetch_optional(OPEN_NAME, (tenant_id,)).await?;
    Ok(found.map(|(name,)| name))
}

pub(in crate::stores) async fn name_in(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<String>, Error> {
    let found = tx.fetch_optional(NAME, (tenant_id,)).await?;
    Ok(found.map(|(name,)| name))
}

const LOCK: &str = r"
    UPDATE tenants
    SET name = name
    WHERE id = $1
";

pub(in crate::stores) async fn lock(tx: &mut Tx, tenant_id: i64) -> Result<(), Error> {
    tx.execute(LOCK, (tenant_id,)).await?.exactly(1)
}

const LOCK_PAID: &str = r"
    UPDATE tenants
    SET name = name
    WHERE id = $1
    RETURNING paid_tills
";

/// Locks the store's row, and returns the number of tills that it has paid for.
pub(in crate::stores) async fn lock_paid(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<Option<i64>, Error> {
    let (paid,) = tx.fetch_one(LOCK_PAID, (tenant_id,)).await?;
    Ok(paid)
}

const AUTHENTICATE: &str = r"
    SELECT
        id,
        suspended_at,
        CASE WHEN token_hash <> $1 THEN old_token_until END AS token_until
    FROM tenants
    WHERE token_hash = $1
        OR old_token_hash = $1
";

/// Returns the store's number, the moment when it was suspended, and the end of the token if it is
/// the old one.
pub(in crate::stores) async fn authenticate(
    db: &Db,
    tenant_hash: &str,
) -> Result<Option<(i64, Option<i64>, Option<i64>)>, Error> {
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
pub(in crate::stores) async fn insert(
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
pub(in crate::stores) async fn insert_branch(
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

pub(in crate::stores) async fn sealed_token(tx: &mut Tx, tenant_id: i64) -> Result<String, Error> {
    let (token,) = tx.fetch_one(SEALED_TOKEN, (tenant_id,)).await?;
    Ok(token)
}

const ROTATE: &str = r"
    UPDATE tenants
    SET old_token_hash = token_hash,
        old_token_until = $4,
        token_hash = $2,
        token_sealed = $3
    WHERE id = $1
        AND (old_token_hash IS NULL OR old_token_until <= $5)
";

/// Replaces the token of a store; the one before works until `until`. Returns `false` if an old
/// token still works.
pub(in crate::stores) async fn rotate(
    tx: &mut Tx,
    tenant_id: i64,
    (token_hash, token_sealed): (&str, &str),
    (until, now): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    let params = (
        tenant_id,
        token_hash,
        token_sealed,
        until.micros(),
        now.micros(),
    );
    tx.execute(ROTATE, params).await?.one_or_none()
}

const STOP_OLD: &str = r"
    UPDATE tenants
    SET old_token_hash = NULL,
        old_token_until = NULL
    WHERE id = $1
        AND old_token_hash IS NOT NULL
        AND old_token_until > $2
";

/// Ends the old token of a store. Returns `false` if none works.
pub(in crate::stores) async fn stop_old(
    tx: &mut Tx,
    tenant_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, now.micros());
    tx.execute(STOP_OLD, params).await?.one_or_none()
}

const FORGET_USES: &str = r"
    UPDATE cashier_nodes
    SET old_store_token_seen_at = NULL
    WHERE tenant_id = $1
        AND old_store_token_seen_at IS NOT NULL
";

/// Forgets which tills have used an earlier token of the store.
pub(in crate::stores) async fn forget_uses_of_old(
    tx: &mut Tx,
    tenant_id: i64,
) -> Result<(), Error> {
    tx.execute(FORGET_USES, (tenant_id,)).await?.any();
    Ok(())
}

const KEY: &str = r"
    SELECT
        token_sealed,
        old_token_until,
        inventory_synced_at
    FROM tenants
    WHERE id = $1
";

/// Returns the store's sealed token, the end of the old one, and the last stock list.
pub(in crate::stores) async fn key(
    db: &Db,
    tenant_id: i64,
) -> Result<(String, Option<i64>, Option<i64>), Error> {
    db.reads().fetch_one(KEY, (tenant_id,)).await
}

const USERS_OF_OLD: &str = r"
    SELECT
        id,
        name,
        old_store_token_seen_at
    FROM cashier_nodes
    WHERE tenant_id = $1
        AND old_store_token_seen_at IS NOT NULL
    ORDER BY old_store_token_seen_at DESC
";

/// Returns the tills that have used the old token, the last one first: number, name and moment.
pub(in crate::stores) async fn users_of_old(
    db: &Db,
    tenant_id: i64,
) -> Result<Vec<(i64, String, i64)>, Error> {
    db.reads().fetch_all(USERS_OF_OLD, (tenant_id,)).await
}
