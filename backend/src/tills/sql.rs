//! The statements of tills.

use domain::{Programme, Timestamp};

use crate::Error;
use crate::db::{Db, Tx};
use crate::programme::{ProgrammeRow, programme_columns};

/// A store with its programme, and the till if the cashier token belongs to one.
pub(super) struct Store {
    pub(super) tenant_id: i64,
    pub(super) name: String,
    pub(super) suspended: bool,
    pub(super) till: Option<Till>,
    pub(super) programme: Programme,
}

pub(super) struct Till {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) branch: String,
    pub(super) disabled: bool,
    pub(super) bound: Option<Binding>,
    pub(super) seen_at: Option<Timestamp>,
}

/// The device that a till is bound to.
pub(super) struct Binding {
    pub(super) device_id: String,
    pub(super) at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    tenant_id: i64,
    store_name: String,
    suspended_at: Option<i64>,
    node_id: Option<i64>,
    node_name: Option<String>,
    branch_name: Option<String>,
    disabled_at: Option<i64>,
    device_id: Option<String>,
    device_bound_at: Option<i64>,
    seen_at: Option<i64>,
    #[sqlx(flatten)]
    programme: ProgrammeRow,
}

const TILL: &str = concat!(
    "
    SELECT
        tenants.id AS tenant_id,
        tenants.name AS store_name,
        suspended_at,
        cashier_nodes.id AS node_id,
        cashier_nodes.name AS node_name,
        branches.name AS branch_name,
        disabled_at,
        device_id,
        device_bound_at,
        seen_at,",
    programme_columns!(),
    "
    FROM tenants
    JOIN programmes
        ON programmes.tenant_id = tenants.id
    LEFT JOIN cashier_nodes
        ON cashier_nodes.tenant_id = tenants.id
        AND cashier_nodes.token_hash = $2
    LEFT JOIN branches
        ON branches.tenant_id = cashier_nodes.tenant_id
        AND branches.id = cashier_nodes.branch_id
    WHERE tenants.token_hash = $1
"
);

pub(super) async fn till(
    db: &Db,
    tenant_hash: &str,
    cashier_hash: &str,
) -> Result<Option<Store>, Error> {
    let params = (tenant_hash, cashier_hash);
    let row: Option<Row> = db.reads().fetch_optional(TILL, params).await?;
    row.map(Row::into_store).transpose()
}

impl Row {
    fn into_store(self) -> Result<Store, Error> {
        let till = match (self.node_id, self.node_name, self.branch_name) {
            (Some(id), Some(name), Some(branch)) => Some(Till {
                id,
                name,
                branch,
                disabled: self.disabled_at.is_some(),
                bound: binding_of(self.device_id, self.device_bound_at),
                seen_at: self.seen_at.map(Timestamp::from_micros),
            }),
            _ => None,
        };
        Ok(Store {
            tenant_id: self.tenant_id,
            name: self.store_name,
            suspended: self.suspended_at.is_some(),
            till,
            programme: self.programme.try_into()?,
        })
    }
}

fn binding_of(device_id: Option<String>, bound_at: Option<i64>) -> Option<Binding> {
    Some(Binding {
        device_id: device_id?,
        at: Timestamp::from_micros(bound_at?),
    })
}

const BIND: &str = r"
    UPDATE cashier_nodes
    SET device_id = $3,
        device_bound_at = $4
    WHERE tenant_id = $1
        AND id = $2
        AND device_id IS NULL
";

/// Binds a till that is not bound yet. Returns `false` if it is bound already.
pub(super) async fn bind(
    db: &Db,
    tenant_id: i64,
    till_id: i64,
    device_id: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, till_id, device_id, now.micros());
    db.writes().execute(BIND, params).await?.one_or_none()
}

const BINDING: &str = r"
    SELECT
        device_id,
        device_bound_at
    FROM cashier_nodes
    WHERE tenant_id = $1
        AND id = $2
";

/// Returns the device that a till is bound to.
pub(super) async fn binding(
    db: &Db,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<Binding>, Error> {
    let params = (tenant_id, till_id);
    let row: Option<(Option<String>, Option<i64>)> =
        db.writes().fetch_optional(BINDING, params).await?;
    Ok(row.and_then(|(device_id, bound_at)| binding_of(device_id, bound_at)))
}

const COUNT_MISMATCH: &str = r"
    UPDATE cashier_nodes
    SET device_mismatch_count = device_mismatch_count + 1
    WHERE tenant_id = $1
        AND id = $2
";

/// Counts a request from a device that is not the till's.
pub(super) async fn count_mismatch(db: &Db, tenant_id: i64, till_id: i64) -> Result<(), Error> {
    let params = (tenant_id, till_id);
    db.writes()
        .execute(COUNT_MISMATCH, params)
        .await?
        .exactly(1)
}

const INSERT: &str = r"
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
pub(super) async fn insert(
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
    let (id,) = tx.fetch_one(INSERT, params).await?;
    Ok(id)
}

#[derive(sqlx::FromRow)]
pub(super) struct TillRow {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) branch: String,
    pub(super) token_sealed: String,
}

const ALL_OF_STORE: &str = r"
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

/// Returns the tills of a store, the oldest first.
pub(super) async fn all_of_store(tx: &mut Tx, tenant_id: i64) -> Result<Vec<TillRow>, Error> {
    tx.fetch_all(ALL_OF_STORE, (tenant_id,)).await
}

const BRANCH_NAME: &str = r"
    SELECT name
    FROM branches
    WHERE tenant_id = $1
        AND id = $2
";

/// Returns the name of a branch of the store.
pub(super) async fn branch_name(
    tx: &mut Tx,
    tenant_id: i64,
    branch_id: i64,
) -> Result<Option<String>, Error> {
    let found = tx
        .fetch_optional(BRANCH_NAME, (tenant_id, branch_id))
        .await?;
    Ok(found.map(|(name,)| name))
}

const CHANGE_BRANCH: &str = r"
    UPDATE branches
    SET name = $3,
        address = $4
    WHERE tenant_id = $1
        AND id = $2
";

pub(super) async fn change_branch(
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
pub(super) struct TillNames {
    pub(super) name: String,
    pub(super) branch: String,
    pub(super) device_id: Option<String>,
}

const TILL_NAMES: &str = r"
    SELECT
        cashier_nodes.name,
        branches.name AS branch,
        device_id
    FROM cashier_nodes
    JOIN branches
        ON branches.tenant_id = cashier_nodes.tenant_id
        AND branches.id = branch_id
    WHERE cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = $2
";

pub(super) async fn till_names(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<TillNames>, Error> {
    tx.fetch_optional(TILL_NAMES, (tenant_id, till_id)).await
}

const CHANGE: &str = r"
    UPDATE cashier_nodes
    SET branch_id = $3,
        name = $4
    WHERE tenant_id = $1
        AND id = $2
";

pub(super) async fn change(
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
pub(super) async fn set_disabled(
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
        device_mismatch_count = 0
    WHERE tenant_id = $1
        AND id = $2
";

pub(super) async fn reset_binding(tx: &mut Tx, tenant_id: i64, till_id: i64) -> Result<(), Error> {
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

pub(super) async fn sealed_token(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
) -> Result<String, Error> {
    let (token,) = tx.fetch_one(SEALED_TOKEN, (tenant_id, till_id)).await?;
    Ok(token)
}

const SEEN: &str = r"
    UPDATE cashier_nodes
    SET seen_at = $3
    WHERE tenant_id = $1
        AND id = $2
        AND COALESCE(seen_at, 0) < $4
";

/// Notes that a till is on the line, unless that was noted after `before`.
pub(super) async fn seen(
    db: &Db,
    tenant_id: i64,
    till_id: i64,
    now: Timestamp,
    before: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, till_id, now.micros(), before.micros());
    db.writes().execute(SEEN, params).await?.any();
    Ok(())
}
