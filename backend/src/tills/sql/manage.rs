//! The statements of what people do to branches and tills.

use domain::Timestamp;

use crate::Error;
use crate::db::Tx;

const BRANCH_NAME: &str = r"
    SELECT name
    FROM branches
    WHERE tenant_id = $1
        AND id = $2
";

/// Returns the name of a branch of the store.
pub(in crate::tills) async fn branch_name(
    tx: &mut Tx,
    tenant_id: i64,
    branch_id: i64,
) -> Result<Option<String>, Error> {
    let found = tx
        .fetch_optional(BRANCH_NAME, (tenant_id, branch_id))
        .await?;
    Ok(found.map(|(name,)| name))
}

const LOCK_BRANCH: &str = r"
    UPDATE branches
    SET name = name
    WHERE tenant_id = $1
        AND id = $2
    RETURNING name
";

/// Returns the name of a branch of the store, and locks it: its tills are added and renamed one
/// after another.
pub(in crate::tills) async fn lock_branch(
    tx: &mut Tx,
    tenant_id: i64,
    branch_id: i64,
) -> Result<Option<String>, Error> {
    let found = tx
        .fetch_optional(LOCK_BRANCH, (tenant_id, branch_id))
        .await?;
    Ok(found.map(|(name,)| name))
}

const BRANCH_NAMED: &str = r"
    SELECT id
    FROM branches
    WHERE tenant_id = $1
        AND name = $2
    LIMIT 1
";

/// Returns a branch of the store with this name.
pub(in crate::tills) async fn branch_named(
    tx: &mut Tx,
    tenant_id: i64,
    name: &str,
) -> Result<Option<i64>, Error> {
    let found = tx.fetch_optional(BRANCH_NAMED, (tenant_id, name)).await?;
    Ok(found.map(|(id,)| id))
}

const TILL_NAMED: &str = r"
    SELECT id
    FROM cashier_nodes
    WHERE tenant_id = $1
        AND branch_id = $2
        AND name = $3
    LIMIT 1
";

/// Returns a till of the branch with this name.
pub(in crate::tills) async fn till_named(
    tx: &mut Tx,
    tenant_id: i64,
    branch_id: i64,
    name: &str,
) -> Result<Option<i64>, Error> {
    let params = (tenant_id, branch_id, name);
    let found = tx.fetch_optional(TILL_NAMED, params).await?;
    Ok(found.map(|(id,)| id))
}

const CHANGE_BRANCH: &str = r"
    UPDATE branches
    SET name = $3,
        address = $4
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::tills) async fn change_branch(
    tx: &mut Tx,
    tenant_id: i64,
    branch_id: i64,
    name: &str,
    address: &str,
) -> Result<(), Error> {
    let params = (tenant_id, branch_id, name, address);
    tx.execute(CHANGE_BRANCH, params).await?.exactly(1)
}

/// The names by which people know a till, and its device.
#[derive(sqlx::FromRow)]
pub(in crate::tills) struct TillNames {
    pub(in crate::tills) name: String,
    pub(in crate::tills) branch_id: i64,
    pub(in crate::tills) branch: String,
    pub(in crate::tills) device_id: Option<String>,
    pub(in crate::tills) disabled_at: Option<i64>,
}

const TILL_NAMES: &str = r"
    SELECT
        cashier_nodes.name,
        branch_id,
        branches.name AS branch,
        device_id,
        disabled_at
    FROM cashier_nodes
    JOIN branches
        ON branches.tenant_id = cashier_nodes.tenant_id
        AND branches.id = branch_id
    WHERE cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = $2
";

pub(in crate::tills) async fn till_names(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<TillNames>, Error> {
    tx.fetch_optional(TILL_NAMES, (tenant_id, till_id)).await
}

const ACTIVE: &str = r"
    SELECT COUNT(*)
    FROM cashier_nodes
    WHERE tenant_id = $1
        AND disabled_at IS NULL
";

/// Returns the number of tills that are switched on.
pub(in crate::tills) async fn active(tx: &mut Tx, tenant_id: i64) -> Result<i64, Error> {
    let (active,) = tx.fetch_one(ACTIVE, (tenant_id,)).await?;
    Ok(active)
}

const CHANGE: &str = r"
    UPDATE cashier_nodes
    SET branch_id = $3,
        name = $4
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::tills) async fn change(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
    branch_id: i64,
    name: &str,
) -> Result<(), Error> {
    let params = (tenant_id, till_id, branch_id, name);
    tx.execute(CHANGE, params).await?.exactly(1)
}

const SET_DISABLED: &str = r"
    UPDATE cashier_nodes
    SET disabled_at = $3
    WHERE tenant_id = $1
        AND id = $2
";

/// Switches a till off at a moment, or on.
pub(in crate::tills) async fn set_disabled(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
    disabled_at: Option<Timestamp>,
) -> Result<(), Error> {
    let params = (tenant_id, till_id, disabled_at.map(Timestamp::micros));
    tx.execute(SET_DISABLED, params).await?.exactly(1)
}

const RESET_BINDING: &str = r"
    UPDATE cashier_nodes
    SET device_id = NULL,
        device_bound_at = NULL,
        old_device_id = NULL,
        old_device_bound_at = NULL,
        device_mismatch_count = 0
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::tills) async fn reset_binding(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
) -> Result<(), Error> {
    tx.execute(RESET_BINDING, (tenant_id, till_id))
        .await?
        .exactly(1)
}

const SEALED_TOKEN: &str = r"
    SELECT token_sealed
    FROM cashier_nodes
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::tills) async fn sealed_token(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
) -> Result<String, Error> {
    let (token,) = tx.fetch_one(SEALED_TOKEN, (tenant_id, till_id)).await?;
    Ok(token)
}
