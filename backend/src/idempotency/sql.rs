//! The statements that keep answers.

use domain::Timestamp;

use super::{Answer, IdempotencyKey};
use crate::Error;
use crate::db::Tx;

const CLAIM: &str = r"
    INSERT INTO idempotency_keys (
        tenant_id,
        scope,
        idempotency_key,
        request_hash,
        status,
        body,
        created_at
    )
    VALUES ($1, $2, $3, $4, 0, '', $5)
    ON CONFLICT (tenant_id, scope, idempotency_key) DO NOTHING
";

/// Claims the key. Returns `false` if it was claimed before.
pub(super) async fn claim(
    tx: &mut Tx,
    key: &IdempotencyKey,
    now: Timestamp,
) -> Result<bool, Error> {
    let hash = hex::encode(key.request_hash);
    let params = (key.tenant_id, &key.scope, &key.key, hash, now.micros());
    tx.execute(CLAIM, params).await?.one_or_none()
}

const STORE: &str = r"
    UPDATE idempotency_keys
    SET status = $4,
        body = $5
    WHERE tenant_id = $1
        AND scope = $2
        AND idempotency_key = $3
";

/// Stores the answer under a key that this transaction has claimed.
pub(super) async fn store(tx: &mut Tx, key: &IdempotencyKey, answer: &Answer) -> Result<(), Error> {
    let status = i64::from(answer.status);
    let params = (key.tenant_id, &key.scope, &key.key, status, &answer.body);
    tx.execute(STORE, params).await?.exactly(1)
}

const STORED: &str = r"
    SELECT
        request_hash,
        status,
        body
    FROM idempotency_keys
    WHERE tenant_id = $1
        AND scope = $2
        AND idempotency_key = $3
";

/// Returns the hash of the request that has claimed the key, and its answer.
pub(super) async fn stored(tx: &mut Tx, key: &IdempotencyKey) -> Result<(String, Answer), Error> {
    let params = (key.tenant_id, &key.scope, &key.key);
    let (request_hash, status, body): (String, i64, String) = tx.fetch_one(STORED, params).await?;
    let status =
        u16::try_from(status).map_err(|_| Error::corrupt("idempotency_keys.status", status))?;
    Ok((request_hash, Answer { status, body }))
}

const FORGET: &str = r"
    DELETE FROM idempotency_keys
    WHERE (tenant_id, scope, idempotency_key) IN (
        SELECT
            tenant_id,
            scope,
            idempotency_key
        FROM idempotency_keys
        WHERE tenant_id = $1
            AND created_at < $2
        LIMIT $3
    )
";

/// Deletes answers stored before a moment, at most `most`. Returns how many it has deleted.
pub(super) async fn forget(
    tx: &mut Tx,
    tenant_id: i64,
    before: Timestamp,
    most: i64,
) -> Result<u64, Error> {
    let params = (tenant_id, before.micros(), most);
    Ok(tx.execute(FORGET, params).await?.rows())
}
