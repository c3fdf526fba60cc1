//! The statements of pairing codes.

use domain::Timestamp;

use crate::Error;
use crate::audit::Actor;
use crate::db::Tx;

const PUT: &str = r"
    INSERT INTO pairing_codes (
        tenant_id,
        cashier_node_id,
        code_hash,
        user_id,
        who,
        created_at,
        expires_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (tenant_id, cashier_node_id) DO UPDATE SET
        code_hash = excluded.code_hash,
        user_id = excluded.user_id,
        who = excluded.who,
        created_at = excluded.created_at,
        expires_at = excluded.expires_at,
        device_id = NULL,
        used_at = NULL
";

/// Makes this code the only one of a till.
pub(in crate::tills) async fn put_code(
    tx: &mut Tx,
    actor: &Actor,
    till_id: i64,
    code_hash: &str,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<(), Error> {
    let params = (
        actor.tenant_id,
        till_id,
        code_hash,
        actor.user_id,
        &actor.name,
        now.micros(),
        expires_at.micros(),
    );
    tx.execute(PUT, params).await?.exactly(1)
}

const DELETE: &str = r"
    DELETE FROM pairing_codes
    WHERE tenant_id = $1
        AND cashier_node_id = $2
";

/// Ends the code of a till, if it has one.
pub(in crate::tills) async fn end_code(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
) -> Result<(), Error> {
    tx.execute(DELETE, (tenant_id, till_id)).await?.any();
    Ok(())
}

/// A code with its till and its store.
#[derive(sqlx::FromRow)]
pub(in crate::tills) struct CodeRow {
    pub(in crate::tills) tenant_id: i64,
    pub(in crate::tills) till_id: i64,
    pub(in crate::tills) user_id: Option<i64>,
    pub(in crate::tills) who: String,
    pub(in crate::tills) expires_at: i64,
    pub(in crate::tills) device_id: Option<String>,
    pub(in crate::tills) used_at: Option<i64>,
    pub(in crate::tills) maker_removed_at: Option<i64>,
    pub(in crate::tills) store_name: String,
    pub(in crate::tills) suspended_at: Option<i64>,
    pub(in crate::tills) tenant_token_sealed: String,
    pub(in crate::tills) till_name: String,
    pub(in crate::tills) branch: String,
    pub(in crate::tills) disabled_at: Option<i64>,
    pub(in crate::tills) cashier_token_sealed: String,
    pub(in crate::tills) bound_to: Option<String>,
    pub(in crate::tills) old_device_id: Option<String>,
    pub(in crate::tills) old_token_until: Option<i64>,
}

// A code is found without its store: the phone knows nothing else. The hash is unique.
const CODE: &str = r"
    SELECT
        pairing_codes.tenant_id,
        pairing_codes.cashier_node_id AS till_id,
        pairing_codes.user_id,
        who,
        expires_at,
        pairing_codes.device_id,
        used_at,
        panel_users.removed_at AS maker_removed_at,
        tenants.name AS store_name,
        suspended_at,
        tenants.token_sealed AS tenant_token_sealed,
        cashier_nodes.name AS till_name,
        branches.name AS branch,
        disabled_at,
        cashier_nodes.token_sealed AS cashier_token_sealed,
        cashier_nodes.device_id AS bound_to,
        old_device_id,
        cashier_nodes.old_token_until
    FROM pairing_codes
    JOIN tenants
        ON tenants.id = pairing_codes.tenant_id
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = pairing_codes.tenant_id
        AND cashier_nodes.id = pairing_codes.cashier_node_id
    JOIN branches
        ON branches.tenant_id = cashier_nodes.tenant_id
        AND branches.id = branch_id
    LEFT JOIN panel_users
        ON panel_users.tenant_id = pairing_codes.tenant_id
        AND panel_users.id = pairing_codes.user_id
    WHERE code_hash = $1
";

pub(in crate::tills) async fn code(tx: &mut Tx, code_hash: &str) -> Result<Option<CodeRow>, Error> {
    tx.fetch_optional(CODE, (code_hash,)).await
}

const USE: &str = r"
    UPDATE pairing_codes
    SET device_id = $3,
        used_at = $4
    WHERE tenant_id = $1
        AND code_hash = $2
        AND device_id IS NULL
";

/// Uses a code up. Returns `false` if another request has used it meanwhile.
pub(in crate::tills) async fn use_code(
    tx: &mut Tx,
    tenant_id: i64,
    code_hash: &str,
    device_id: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, code_hash, device_id, now.micros());
    tx.execute(USE, params).await?.one_or_none()
}

const PAIR: &str = r"
    UPDATE cashier_nodes
    SET device_bound_at = CASE WHEN device_id = $3 THEN device_bound_at ELSE $4 END,
        device_id = $3,
        device_mismatch_count = 0,
        old_token_hash = CASE WHEN old_device_id = $3 THEN old_token_hash END,
        old_token_until = CASE WHEN old_device_id = $3 THEN old_token_until END
    WHERE tenant_id = $1
        AND id = $2
";

/// Binds a till to a device, whatever it was bound to before. Its old key stays only on the same
/// device.
pub(in crate::tills) async fn pair(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
    device_id: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, till_id, device_id, now.micros());
    tx.execute(PAIR, params).await?.exactly(1)
}
