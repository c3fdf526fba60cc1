//! The statements of a till's two keys. A binding belongs to a key: the columns without `old_` are
//! those of the current one.

use domain::Timestamp;

use crate::Error;
use crate::db::Tx;

const BIND: &str = r"
    UPDATE cashier_nodes
    SET device_id = $4,
        device_bound_at = $5,
        old_token_hash =
            CASE WHEN COALESCE(old_device_id, $4) = $4 THEN old_token_hash END,
        old_token_until =
            CASE WHEN COALESCE(old_device_id, $4) = $4 THEN old_token_until END
    WHERE tenant_id = $1
        AND id = $2
        AND token_hash = $3
        AND device_id IS NULL
";

/// Binds the current key if it is not bound yet, and ends the old key if it works on another
/// device: a till never has two devices. Returns `false` if another request was faster.
pub(in crate::tills) async fn bind(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
    token_hash: &str,
    device_id: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, till_id, token_hash, device_id, now.micros());
    tx.execute(BIND, params).await?.one_or_none()
}

const BIND_OLD: &str = r"
    UPDATE cashier_nodes
    SET old_device_id = $4,
        old_device_bound_at = $5
    WHERE tenant_id = $1
        AND id = $2
        AND old_token_hash = $3
        AND old_device_id IS NULL
        AND COALESCE(device_id, $4) = $4
";

/// Binds the old key if it is not bound yet, and the current one works on no other device. Returns
/// `false` if it cannot be bound.
pub(in crate::tills) async fn bind_old(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
    token_hash: &str,
    device_id: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, till_id, token_hash, device_id, now.micros());
    tx.execute(BIND_OLD, params).await?.one_or_none()
}

const OLD_KEY: &str = r"
    SELECT old_token_until
    FROM cashier_nodes
    WHERE tenant_id = $1
        AND id = $2
        AND old_token_hash IS NOT NULL
";

/// Returns the end of the old key.
pub(in crate::tills) async fn old_key(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
) -> Result<Option<Timestamp>, Error> {
    let found: Option<(i64,)> = tx.fetch_optional(OLD_KEY, (tenant_id, till_id)).await?;
    Ok(found.map(|(until,)| Timestamp::from_micros(until)))
}

const ROTATE: &str = r"
    UPDATE cashier_nodes
    SET old_token_hash = CASE WHEN CAST($5 AS BIGINT) > $6 THEN token_hash END,
        old_token_until = CASE WHEN CAST($5 AS BIGINT) > $6 THEN CAST($5 AS BIGINT) END,
        old_token_seen_at = NULL,
        old_device_id = CASE WHEN CAST($5 AS BIGINT) > $6 THEN device_id END,
        old_device_bound_at = CASE WHEN CAST($5 AS BIGINT) > $6 THEN device_bound_at END,
        token_hash = $3,
        token_sealed = $4,
        device_id = NULL,
        device_bound_at = NULL,
        device_mismatch_count = 0
    WHERE tenant_id = $1
        AND id = $2
        AND (old_token_hash IS NULL OR old_token_until <= $6)
";

/// Replaces the key of a till; the one before works until `until`. Returns `false` if an old key
/// still works.
pub(in crate::tills) async fn rotate(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
    (token_hash, token_sealed): (&str, &str),
    (until, now): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    let params = (
        tenant_id,
        till_id,
        token_hash,
        token_sealed,
        until.micros(),
        now.micros(),
    );
    tx.execute(ROTATE, params).await?.one_or_none()
}

const STOP_OLD: &str = r"
    UPDATE cashier_nodes
    SET old_token_hash = NULL,
        old_token_until = NULL
    WHERE tenant_id = $1
        AND id = $2
        AND old_token_hash IS NOT NULL
        AND old_token_until > $3
";

/// Ends the old key of a till. Returns `false` if none works.
pub(in crate::tills) async fn stop_old(
    tx: &mut Tx,
    tenant_id: i64,
    till_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (tenant_id, till_id, now.micros());
    tx.execute(STOP_OLD, params).await?.one_or_none()
}
