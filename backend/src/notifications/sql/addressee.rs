//! The statements that read whom a message is for.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

#[derive(sqlx::FromRow)]
pub(in crate::notifications) struct AddresseeRow {
    pub(in crate::notifications) id: i64,
    pub(in crate::notifications) store: String,
    pub(in crate::notifications) suspended_at: Option<i64>,
    pub(in crate::notifications) blocked_at: Option<i64>,
    pub(in crate::notifications) erased_at: Option<i64>,
    pub(in crate::notifications) language: Option<String>,
    pub(in crate::notifications) telegram_id: Option<i64>,
    pub(in crate::notifications) telegram_blocked_at: Option<i64>,
    pub(in crate::notifications) receipts_off_at: Option<i64>,
    pub(in crate::notifications) reminders_off_at: Option<i64>,
    pub(in crate::notifications) offers_on_at: Option<i64>,
}

const ADDRESSEE: &str = r"
    SELECT
        clients.id,
        tenants.name AS store,
        suspended_at,
        clients.blocked_at,
        clients.erased_at,
        clients.language,
        clients.telegram_id,
        clients.telegram_blocked_at,
        clients.receipts_off_at,
        clients.reminders_off_at,
        clients.offers_on_at
    FROM clients AS named
    JOIN clients
        ON clients.tenant_id = $1
        AND clients.id = COALESCE(named.merged_into, named.id)
    JOIN tenants
        ON tenants.id = $1
    WHERE named.tenant_id = $1
        AND named.id = $2
";

const DEVICES: &str = r"
    SELECT token
    FROM client_devices
    WHERE tenant_id = $1
        AND client_id = $2
    ORDER BY created_at DESC
";

/// Returns the client whom a message is for.
pub(in crate::notifications) async fn addressee(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
) -> Result<Option<AddresseeRow>, Error> {
    let params = (tenant_id, client_id);
    db.reads().fetch_optional(ADDRESSEE, params).await
}

/// Returns the tokens of a client's devices, the newest first.
pub(in crate::notifications) async fn devices(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
) -> Result<Vec<String>, Error> {
    let params = (tenant_id, client_id);
    let rows: Vec<(String,)> = db.reads().fetch_all(DEVICES, params).await?;
    Ok(rows.into_iter().map(|(token,)| token).collect())
}

const PLACE: &str = r"
    SELECT
        branches.name,
        branches.address
    FROM sales
    JOIN cashier_nodes
        ON cashier_nodes.tenant_id = $1
        AND cashier_nodes.id = sales.cashier_node_id
    JOIN branches
        ON branches.tenant_id = $1
        AND branches.id = cashier_nodes.branch_id
    WHERE sales.tenant_id = $1
        AND sales.id = $2
";

/// Returns the name and the address of the branch of a sale.
pub(in crate::notifications) async fn place(
    db: &Db,
    tenant_id: i64,
    sale_id: i64,
) -> Result<Option<(String, String)>, Error> {
    db.reads().fetch_optional(PLACE, (tenant_id, sale_id)).await
}

const ENDING_ON: &str = r"
    SELECT
        CAST(COALESCE(SUM(remaining_dirams), 0) AS BIGINT),
        MIN(expires_at)
    FROM lots
    WHERE tenant_id = $1
        AND client_id = $2
        AND remaining_dirams > 0
        AND expires_at >= $3
        AND expires_at < $4
        AND expires_at > $5
";

/// Returns the dirams that end on a local day after `now`, and the first moment.
pub(in crate::notifications) async fn ending_on(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    day: Timestamp,
    now: Timestamp,
) -> Result<(i64, Option<i64>), Error> {
    let end = day.plus_days(1).micros();
    let params = (tenant_id, client_id, day.micros(), end, now.micros());
    db.reads().fetch_one(ENDING_ON, params).await
}

const BLOCK_TELEGRAM: &str = r"
    UPDATE clients
    SET telegram_blocked_at = $4,
        is_reachable = CASE WHEN EXISTS (
            SELECT 1
            FROM client_devices
            WHERE client_devices.tenant_id = $1
                AND client_devices.client_id = clients.id
        ) THEN 1 ELSE 0 END
    WHERE tenant_id = $1
        AND id = $2
        AND telegram_id = $3
";

/// Notes that a client has blocked the bot.
pub(in crate::notifications) async fn block_telegram(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    telegram_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, client_id, telegram_id, now.micros());
    db.writes().execute(BLOCK_TELEGRAM, params).await?.any();
    Ok(())
}

const FORGET_DEVICE: &str = r"
    DELETE FROM client_devices
    WHERE tenant_id = $1
        AND token = $2
";

const COUNT_REACH: &str = r"
    UPDATE clients
    SET is_reachable = CASE
        WHEN telegram_id IS NOT NULL AND telegram_blocked_at IS NULL THEN 1
        WHEN EXISTS (
            SELECT 1
            FROM client_devices
            WHERE client_devices.tenant_id = $1
                AND client_devices.client_id = clients.id
        ) THEN 1
        ELSE 0
    END
    WHERE tenant_id = $1
        AND id = $2
";

/// Deletes a device.
pub(in crate::notifications) async fn forget_device(
    tx: &mut Tx,
    tenant_id: i64,
    token: &str,
) -> Result<(), Error> {
    tx.execute(FORGET_DEVICE, (tenant_id, token)).await?.any();
    Ok(())
}

/// Notes whether a client has a device or Telegram. One statement.
pub(crate) async fn note_reach(tx: &mut Tx, tenant_id: i64, client_id: i64) -> Result<(), Error> {
    tx.execute(COUNT_REACH, (tenant_id, client_id)).await?.any();
    Ok(())
}

// By when they were written, not by when they were sent: a day more or less does not matter.
const SMS_SENT: &str = r"
    SELECT
        CAST(COALESCE(SUM(CASE WHEN client_id = $2 THEN 1 ELSE 0 END), 0) AS BIGINT),
        COUNT(*)
    FROM outbox
    WHERE tenant_id = $1
        AND created_at >= $3
        AND attempts > 0
        AND lane = 1
        AND sms_parts > 0
";

/// Returns how many reminders by SMS a client and the store got since `since`.
pub(in crate::notifications) async fn sms_since(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    since: Timestamp,
) -> Result<(i64, i64), Error> {
    let params = (tenant_id, client_id, since.micros());
    db.reads().fetch_one(SMS_SENT, params).await
}
