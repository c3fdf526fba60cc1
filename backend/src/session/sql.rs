//! The session's statements.

use domain::{Programme, Timestamp};

use super::Binding;
use crate::Error;
use crate::db::{Db, on_engine};
use crate::programme::ProgrammeRow;

/// A store with its programme, and the till where its token is right.
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
    #[sqlx(flatten)]
    programme: ProgrammeRow,
}

pub(super) async fn till(
    db: &Db,
    tenant_hash: &str,
    cashier_hash: &str,
) -> Result<Option<Store>, Error> {
    const TILL: &str = "SELECT tenants.id AS tenant_id, tenants.name AS store_name, suspended_at, \
                        cashier_nodes.id AS node_id, cashier_nodes.name AS node_name, \
                        branches.name AS branch_name, disabled_at, device_id, device_bound_at, currency, \
                        bonus_percent_bp, max_redeem_percent_bp, accrual_base, redeem_hold_seconds, \
                        bonus_expiry_days, bonus_expiry_reminder_days, min_purchase_dirams, \
                        welcome_bonus_dirams, welcome_min_redeem_dirams, referral_bonus_dirams, \
                        reactivation_days, reactivation_bonus_dirams, second_purchase_days, \
                        second_purchase_bonus_dirams, tiers FROM tenants \
                        JOIN programmes ON programmes.tenant_id = tenants.id \
                        LEFT JOIN cashier_nodes ON cashier_nodes.tenant_id = tenants.id \
                        AND cashier_nodes.token_hash = $2 \
                        LEFT JOIN branches ON branches.tenant_id = cashier_nodes.tenant_id \
                        AND branches.id = cashier_nodes.branch_id WHERE tenants.token_hash = $1";
    let row: Option<Row> = on_engine!(db.reads(), conn => {
        sqlx::query_as(TILL).bind(tenant_hash).bind(cashier_hash).fetch_optional(conn).await
    })?;
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

/// The store's number and when it was suspended.
pub(super) async fn store(db: &Db, tenant_hash: &str) -> Result<Option<(i64, Option<i64>)>, Error> {
    const STORE: &str = "SELECT id, suspended_at FROM tenants WHERE token_hash = $1";
    Ok(on_engine!(db.reads(), conn => {
        sqlx::query_as(STORE).bind(tenant_hash).fetch_optional(conn).await
    })?)
}

/// Binds a till that is bound to nothing; tells whether it was.
pub(super) async fn bind(
    db: &Db,
    tenant_id: i64,
    node_id: i64,
    device_id: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    const BIND: &str = "UPDATE cashier_nodes SET device_id = $3, device_bound_at = $4 \
                        WHERE tenant_id = $1 AND id = $2 AND device_id IS NULL";
    let bound = on_engine!(db.writes(), conn => {
        sqlx::query(BIND)
            .bind(tenant_id)
            .bind(node_id)
            .bind(device_id)
            .bind(now.micros())
            .execute(conn)
            .await
            .map(|done| done.rows_affected())
    })?;
    Ok(bound == 1)
}

pub(super) async fn binding(
    db: &Db,
    tenant_id: i64,
    node_id: i64,
) -> Result<Option<Binding>, Error> {
    const BINDING: &str =
        "SELECT device_id, device_bound_at FROM cashier_nodes WHERE tenant_id = $1 AND id = $2";
    let row: Option<(Option<String>, Option<i64>)> = on_engine!(db.writes(), conn => {
        sqlx::query_as(BINDING).bind(tenant_id).bind(node_id).fetch_optional(conn).await
    })?;
    Ok(row.and_then(|(device_id, bound_at)| binding_of(device_id, bound_at)))
}

/// Counts a request from a device that is not the till's.
pub(super) async fn count_mismatch(db: &Db, tenant_id: i64, node_id: i64) -> Result<(), Error> {
    const COUNT: &str = "UPDATE cashier_nodes SET device_mismatch_count = device_mismatch_count + 1 \
                         WHERE tenant_id = $1 AND id = $2";
    on_engine!(db.writes(), conn => {
        sqlx::query(COUNT).bind(tenant_id).bind(node_id).execute(conn).await.map(|_| ())
    })?;
    Ok(())
}
