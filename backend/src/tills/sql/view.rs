//! The statements of a till's page.

use domain::Timestamp;

use crate::Error;
use crate::db::Db;
use crate::tills::{TillFacts, TillNumber};

#[derive(sqlx::FromRow)]
pub(in crate::tills) struct TillViewRow {
    pub(in crate::tills) id: i64,
    pub(in crate::tills) name: String,
    pub(in crate::tills) branch_id: i64,
    pub(in crate::tills) branch: String,
    pub(in crate::tills) address: String,
    pub(in crate::tills) created_at: i64,
    pub(in crate::tills) disabled_at: Option<i64>,
    pub(in crate::tills) device_id: Option<String>,
    pub(in crate::tills) device_bound_at: Option<i64>,
    pub(in crate::tills) device_mismatch_count: i64,
    pub(in crate::tills) seen_at: Option<i64>,
    pub(in crate::tills) token_sealed: String,
    pub(in crate::tills) old_token_until: Option<i64>,
    pub(in crate::tills) old_token_seen_at: Option<i64>,
    pub(in crate::tills) old_device_bound_at: Option<i64>,
    pub(in crate::tills) program: Option<String>,
    pub(in crate::tills) clock_fast_seconds: Option<i64>,
    pub(in crate::tills) refusal_code: Option<String>,
    pub(in crate::tills) refused_at: Option<i64>,
    pub(in crate::tills) looked_up_at: Option<i64>,
    pub(in crate::tills) returned_at: Option<i64>,
    pub(in crate::tills) module: Option<String>,
    pub(in crate::tills) module_at: Option<i64>,
    pub(in crate::tills) module_token_is_old: i64,
    pub(in crate::tills) module_store_token_is_old: i64,
}

const TILL: &str = r"
    SELECT
        cashier_nodes.id,
        cashier_nodes.name,
        branch_id,
        branches.name AS branch,
        branches.address,
        cashier_nodes.created_at,
        disabled_at,
        device_id,
        device_bound_at,
        device_mismatch_count,
        seen_at,
        token_sealed,
        old_token_until,
        old_token_seen_at,
        old_device_bound_at,
        program,
        clock_fast_seconds,
        refusal_code,
        refused_at,
        looked_up_at,
        returned_at,
        module,
        module_at,
        CAST(
            CASE WHEN module_token_hash <> cashier_nodes.token_hash THEN 1 ELSE 0 END AS BIGINT
        ) AS module_token_is_old,
        CAST(
            CASE WHEN module_store_token_hash <> store.token_hash THEN 1 ELSE 0 END AS BIGINT
        ) AS module_store_token_is_old
    FROM cashier_nodes
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = branch_id
    JOIN (
        SELECT token_hash
        FROM tenants
        WHERE id = $1
    ) AS store
        ON 1 = 1
    WHERE cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = $2
";

pub(in crate::tills) async fn till(
    db: &Db,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<TillViewRow>, Error> {
    db.reads().fetch_optional(TILL, (tenant_id, till_id)).await
}

const PAID: &str = r"
    SELECT
        paid_tills,
        (
            SELECT COUNT(*)
            FROM cashier_nodes
            WHERE cashier_nodes.tenant_id = tenants.id
                AND disabled_at IS NULL
        ) AS active
    FROM tenants
    WHERE id = $1
";

/// Returns the most tills that may be switched on, and those that are.
pub(in crate::tills) async fn paid(db: &Db, tenant_id: i64) -> Result<(Option<i64>, i64), Error> {
    db.reads().fetch_one(PAID, (tenant_id,)).await
}

const LAST_SALE: &str = r"
    SELECT
        id,
        total_dirams,
        happened_at
    FROM (
        SELECT * FROM (
            SELECT
                id,
                total_dirams,
                happened_at
            FROM sales
            WHERE tenant_id = $1
                AND cashier_node_id = $2
                AND kind = 'sale'
                AND voided_by IS NULL
            ORDER BY happened_at DESC
            LIMIT 1
        ) AS sale
        UNION ALL
        SELECT * FROM (
            SELECT
                CAST(NULL AS BIGINT) AS id,
                total_dirams,
                happened_at
            FROM receipts
            WHERE tenant_id = $1
                AND cashier_node_id = $2
                AND voided_at IS NULL
            ORDER BY happened_at DESC
            LIMIT 1
        ) AS receipt
    ) AS documents
    ORDER BY happened_at DESC
    LIMIT 1
";

/// Returns the number (of a sale only), total and moment of the last purchase.
pub(in crate::tills) async fn last_sale(
    db: &Db,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<(Option<i64>, i64, i64)>, Error> {
    let params = (tenant_id, till_id);
    db.reads().fetch_optional(LAST_SALE, params).await
}

const FIRST_SALE: &str = r"
    SELECT
        id,
        total_dirams,
        happened_at
    FROM sales
    WHERE tenant_id = $1
        AND cashier_node_id = $2
        AND kind = 'sale'
        AND voided_by IS NULL
    ORDER BY happened_at
    LIMIT 1
";

/// Returns the number, total and moment of the first sale.
pub(in crate::tills) async fn first_sale(
    db: &Db,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<(i64, i64, i64)>, Error> {
    let params = (tenant_id, till_id);
    db.reads().fetch_optional(FIRST_SALE, params).await
}

// The first steps are written once, the others replace what was known.
const NOTE_FACTS: &str = r"
    UPDATE cashier_nodes
    SET program = COALESCE($3, program),
        clock_fast_seconds = COALESCE($4, clock_fast_seconds),
        refusal_code =
            CASE WHEN COALESCE(refused_at, 0) < COALESCE($6, 0) THEN $5 ELSE refusal_code END,
        refused_at =
            CASE WHEN COALESCE(refused_at, 0) < COALESCE($6, 0) THEN $6 ELSE refused_at END,
        looked_up_at = COALESCE(looked_up_at, $7),
        returned_at = COALESCE(returned_at, $8)
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::tills) async fn note_facts(
    db: &Db,
    till: TillNumber,
    program: Option<String>,
    facts: &TillFacts,
) -> Result<(), Error> {
    let (code, refused_at) = match &facts.refusal {
        Some((code, at)) => (Some(code.as_str()), Some(at.micros())),
        None => (None, None),
    };
    let params = (
        till.tenant_id,
        till.till_id,
        program,
        facts.clock_fast_seconds,
        code,
        refused_at,
        facts.looked_up_at.map(Timestamp::micros),
        facts.returned_at.map(Timestamp::micros),
    );
    db.writes().execute(NOTE_FACTS, params).await?.any();
    Ok(())
}
