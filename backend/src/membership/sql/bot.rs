//! The statements of bots. A person is known by their number in Telegram; the platform's bot looks
//! for it over all stores.

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const NOTE_UPDATE: &str = r"
    INSERT INTO bot_updates (
        bot,
        update_id,
        received_at
    )
    VALUES ($1, $2, $3)
    ON CONFLICT (bot, update_id) DO NOTHING
";

/// Notes an update. Returns `false` if it was noted before.
pub(in crate::membership) async fn note_update(
    db: &Db,
    bot: &str,
    update_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let params = (bot, update_id, now.micros());
    db.writes()
        .execute(NOTE_UPDATE, params)
        .await?
        .one_or_none()
}

const FORGET_UPDATE: &str = r"
    DELETE FROM bot_updates
    WHERE bot = $1
        AND update_id = $2
";

pub(in crate::membership) async fn forget_update(
    db: &Db,
    bot: &str,
    update_id: i64,
) -> Result<(), Error> {
    let changed = db.writes().execute(FORGET_UPDATE, (bot, update_id));
    changed.await?.any();
    Ok(())
}

const FORGET_UPDATES: &str = r"
    DELETE FROM bot_updates
    WHERE bot = $1
        AND received_at < $2
";

/// Deletes the updates of a bot before `oldest`.
pub(in crate::membership) async fn forget_updates(
    db: &Db,
    bot: &str,
    oldest: Timestamp,
) -> Result<(), Error> {
    let changed = db.writes().execute(FORGET_UPDATES, (bot, oldest.micros()));
    changed.await?.any();
    Ok(())
}

const PUT_DIALOGUE: &str = r"
    INSERT INTO bot_chats (
        bot,
        telegram_id,
        tenant_id,
        referral,
        created_at
    )
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (bot, telegram_id) DO UPDATE SET
        tenant_id = excluded.tenant_id,
        referral = excluded.referral,
        created_at = excluded.created_at
";

pub(in crate::membership) async fn put_dialogue(
    db: &Db,
    bot: &str,
    telegram_id: i64,
    (tenant_id, referral): (i64, Option<&str>),
    now: Timestamp,
) -> Result<(), Error> {
    let params = (bot, telegram_id, tenant_id, referral, now.micros());
    db.writes().execute(PUT_DIALOGUE, params).await?.exactly(1)
}

const DIALOGUE: &str = r"
    SELECT
        tenant_id,
        referral
    FROM bot_chats
    WHERE bot = $1
        AND telegram_id = $2
";

pub(in crate::membership) async fn dialogue(
    db: &Db,
    bot: &str,
    telegram_id: i64,
) -> Result<Option<(i64, Option<String>)>, Error> {
    db.reads()
        .fetch_optional(DIALOGUE, (bot, telegram_id))
        .await
}

const STORES_OF: &str = r"
    SELECT
        clients.tenant_id,
        tenants.name,
        clients.id
    FROM clients
    JOIN tenants
        ON tenants.id = clients.tenant_id
    WHERE telegram_id = $2
        AND ($1 = 0 OR clients.tenant_id = $1)
        AND (
            $1 <> 0
            OR NOT EXISTS (
                SELECT 1
                FROM channels
                WHERE channels.tenant_id = clients.tenant_id
                    AND kind = 'telegram'
            )
        )
    ORDER BY clients.tenant_id
    LIMIT 20
";

/// Returns the stores of a bot where a person is a client: number, name, client.
pub(in crate::membership) async fn stores_of(
    db: &Db,
    own: Option<i64>,
    telegram_id: i64,
) -> Result<Vec<(i64, String, i64)>, Error> {
    let params = (own.unwrap_or(0), telegram_id);
    db.reads().fetch_all(STORES_OF, params).await
}

const SET_BLOCKED: &str = r"
    UPDATE clients
    SET telegram_blocked_at = $3
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::membership) async fn set_blocked(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    at: Option<i64>,
) -> Result<(), Error> {
    let params = (tenant_id, client_id, at);
    tx.execute(SET_BLOCKED, params).await?.any();
    Ok(())
}

const SWITCH_ALL_OFF: &str = r"
    UPDATE clients
    SET receipts_off_at = $3,
        reminders_off_at = $3,
        offers_on_at = NULL
    WHERE tenant_id = $1
        AND id = $2
";

pub(in crate::membership) async fn switch_all_off(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, client_id, now.micros());
    db.writes().execute(SWITCH_ALL_OFF, params).await?.any();
    Ok(())
}

// Both were switched off at one moment only by `SWITCH_ALL_OFF`. What a client has switched off one
// by one stays off.
const SWITCH_ON_AGAIN: &str = r"
    UPDATE clients
    SET receipts_off_at = NULL,
        reminders_off_at = NULL
    WHERE tenant_id = $1
        AND id = $2
        AND receipts_off_at = reminders_off_at
";

pub(in crate::membership) async fn switch_on_again(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
) -> Result<(), Error> {
    let changed = db.writes().execute(SWITCH_ON_AGAIN, (tenant_id, client_id));
    changed.await?.any();
    Ok(())
}
