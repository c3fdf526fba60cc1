//! The statements of the list of stores, and of a store as admins see it.

use domain::Timestamp;

use crate::Error;
use crate::db::Db;

#[derive(sqlx::FromRow)]
pub(in crate::stores) struct OverviewRow {
    pub(in crate::stores) id: i64,
    pub(in crate::stores) name: String,
    pub(in crate::stores) suspended_at: Option<i64>,
    pub(in crate::stores) paid_tills: Option<i64>,
    pub(in crate::stores) active_tills: i64,
    pub(in crate::stores) seen_at: Option<i64>,
    pub(in crate::stores) last_sale_at: Option<i64>,
    pub(in crate::stores) last_receipt_at: Option<i64>,
}

// The last documents are the ends of indexes.
const OVERVIEW: &str = r"
    SELECT
        id,
        name,
        suspended_at,
        paid_tills,
        (
            SELECT COUNT(*)
            FROM cashier_nodes
            WHERE cashier_nodes.tenant_id = tenants.id
                AND disabled_at IS NULL
        ) AS active_tills,
        (
            SELECT MAX(seen_at)
            FROM cashier_nodes
            WHERE cashier_nodes.tenant_id = tenants.id
        ) AS seen_at,
        (
            SELECT MAX(happened_at)
            FROM sales
            WHERE sales.tenant_id = tenants.id
                AND voided_by IS NULL
        ) AS last_sale_at,
        (
            SELECT MAX(happened_at)
            FROM receipts
            WHERE receipts.tenant_id = tenants.id
        ) AS last_receipt_at
    FROM tenants
    ORDER BY id
";

/// Returns all stores, in the order in which they were opened.
pub(in crate::stores) async fn overview(db: &Db) -> Result<Vec<OverviewRow>, Error> {
    db.reads().fetch_all(OVERVIEW, ()).await
}

// The documents of a day are a range of an index.
const SOLD: &str = r"
    SELECT
        id,
        CAST(
            COALESCE((
                SELECT SUM(total_dirams)
                FROM sales
                WHERE sales.tenant_id = tenants.id
                    AND happened_at >= $1
                    AND kind = 'sale'
                    AND voided_by IS NULL
            ), 0) + COALESCE((
                SELECT SUM(total_dirams)
                FROM receipts
                WHERE receipts.tenant_id = tenants.id
                    AND happened_at >= $1
                    AND voided_at IS NULL
            ), 0) AS BIGINT
        ) AS sold_dirams
    FROM tenants
";

/// Returns what each store has sold since a moment: its number and the sum in dirams.
pub(in crate::stores) async fn sold(db: &Db, since: Timestamp) -> Result<Vec<(i64, i64)>, Error> {
    db.reads().fetch_all(SOLD, (since.micros(),)).await
}

const PLACES: &str = r"
    SELECT
        tenant_id,
        branches.name,
        address
    FROM tenants
    JOIN branches
        ON branches.tenant_id = tenants.id
    ORDER BY tenants.id, branches.id
";

/// Returns the branches of all stores: the store, the name and the address.
pub(in crate::stores) async fn places(db: &Db) -> Result<Vec<(i64, String, String)>, Error> {
    db.reads().fetch_all(PLACES, ()).await
}

const OWNERS: &str = r"
    SELECT
        tenant_id,
        login,
        name
    FROM panel_users
    WHERE role = 'owner'
        AND removed_at IS NULL
";

/// Returns the owners of all stores: the store, the login and the name.
pub(in crate::stores) async fn owners(db: &Db) -> Result<Vec<(i64, String, String)>, Error> {
    db.reads().fetch_all(OWNERS, ()).await
}

#[derive(sqlx::FromRow)]
pub(in crate::stores) struct StoreRow {
    pub(in crate::stores) name: String,
    pub(in crate::stores) created_at: i64,
    pub(in crate::stores) paid_tills: Option<i64>,
    pub(in crate::stores) suspended_at: Option<i64>,
    pub(in crate::stores) suspended_by: Option<String>,
    pub(in crate::stores) suspended_for: Option<String>,
}

const STORE: &str = r"
    SELECT
        name,
        created_at,
        paid_tills,
        suspended_at,
        suspended_by,
        suspended_for
    FROM tenants
    WHERE id = $1
";

pub(in crate::stores) async fn store(db: &Db, tenant_id: i64) -> Result<Option<StoreRow>, Error> {
    db.reads().fetch_optional(STORE, (tenant_id,)).await
}

const LAST_SALE: &str = r"
    SELECT
        (
            SELECT MAX(happened_at)
            FROM sales
            WHERE sales.tenant_id = tenants.id
                AND voided_by IS NULL
        ) AS sale_at,
        (
            SELECT MAX(happened_at)
            FROM receipts
            WHERE receipts.tenant_id = tenants.id
        ) AS receipt_at
    FROM tenants
    WHERE id = $1
";

/// Returns the moment of the last sale or receipt.
pub(in crate::stores) async fn last_sale(db: &Db, tenant_id: i64) -> Result<Option<i64>, Error> {
    let found = db.reads().fetch_optional(LAST_SALE, (tenant_id,)).await?;
    let (sale, receipt): (Option<i64>, Option<i64>) = found.unwrap_or_default();
    Ok(sale.max(receipt))
}
