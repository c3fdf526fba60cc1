//! The statements of clients' devices.

use domain::Timestamp;

use crate::Error;
use crate::db::Tx;

const OWNER: &str = r"
    SELECT client_id
    FROM client_devices
    WHERE tenant_id = $1
        AND token = $2
";

/// Returns the client who has a device now.
pub(in crate::membership) async fn owner(
    tx: &mut Tx,
    tenant_id: i64,
    token: &str,
) -> Result<Option<i64>, Error> {
    let found = tx.fetch_optional(OWNER, (tenant_id, token)).await?;
    Ok(found.map(|(client_id,)| client_id))
}

const PUT: &str = r"
    INSERT INTO client_devices (
        tenant_id,
        token,
        client_id,
        platform,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (tenant_id, token) DO UPDATE SET
        client_id = excluded.client_id,
        platform = excluded.platform,
        created_at = excluded.created_at
";

pub(in crate::membership) async fn put(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    token: &str,
    platform: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, token, client_id, platform, now.micros());
    tx.execute(PUT, params).await?.exactly(1)
}

const KEEP_NEWEST: &str = r"
    DELETE FROM client_devices
    WHERE tenant_id = $1
        AND client_id = $2
        AND token NOT IN (
            SELECT token
            FROM client_devices AS newest
            WHERE newest.tenant_id = $1
                AND newest.client_id = $2
            ORDER BY newest.created_at DESC, newest.token
            LIMIT $3
        )
";

/// Deletes all devices of a client but the newest.
pub(in crate::membership) async fn keep_newest(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    most: i64,
) -> Result<(), Error> {
    let params = (tenant_id, client_id, most);
    tx.execute(KEEP_NEWEST, params).await?.any();
    Ok(())
}

const DELETE: &str = r"
    DELETE FROM client_devices
    WHERE tenant_id = $1
        AND client_id = $2
        AND token = $3
";

pub(in crate::membership) async fn delete(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    token: &str,
) -> Result<(), Error> {
    tx.execute(DELETE, (tenant_id, client_id, token))
        .await?
        .any();
    Ok(())
}
