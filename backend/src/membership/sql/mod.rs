//! The statements of the client's own side.

pub(super) mod bot;
pub(super) mod codes;
pub(super) mod devices;
pub(super) mod preferences;
pub(super) mod sessions;
pub(super) mod terms;

use domain::Timestamp;

use crate::Error;
use crate::db::{Db, Tx};

const NOTE_JOINED: &str = r"
    UPDATE clients
    SET language = COALESCE(language, $3),
        terms_version = COALESCE($4, terms_version),
        terms_accepted_at = CASE WHEN $4 IS NULL THEN terms_accepted_at ELSE $5 END
    WHERE tenant_id = $1
        AND id = $2
";

/// Stores the language of a client without one, and the terms that the client has accepted.
pub(super) async fn note_joined(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    language: Option<&str>,
    terms: Option<i64>,
    now: Timestamp,
) -> Result<(), Error> {
    let params = (tenant_id, client_id, language, terms, now.micros());
    tx.execute(NOTE_JOINED, params).await?.exactly(1)
}

// A friend who does not exist, or is blocked, erased or merged, brings nobody.
const SET_REFERRER: &str = r"
    UPDATE clients
    SET referred_by = $3
    WHERE tenant_id = $1
        AND id = $2
        AND EXISTS (
            SELECT 1
            FROM clients AS friend
            WHERE friend.tenant_id = $1
                AND friend.id = $3
                AND friend.id <> $2
                AND friend.blocked_at IS NULL
                AND friend.erased_at IS NULL
                AND friend.merged_into IS NULL
        )
";

/// Notes who brought a client.
pub(super) async fn set_referrer(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    friend: i64,
) -> Result<(), Error> {
    let params = (tenant_id, client_id, friend);
    tx.execute(SET_REFERRER, params).await?.any();
    Ok(())
}

const LEAVE_TELEGRAM: &str = r"
    UPDATE clients
    SET telegram_id = NULL,
        telegram_blocked_at = NULL
    WHERE tenant_id = $1
        AND id <> $2
        AND telegram_id = $3
    RETURNING id
";

/// Disconnects an account from other clients of the store. Returns them.
pub(super) async fn leave_telegram(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    telegram_id: i64,
) -> Result<Vec<i64>, Error> {
    let params = (tenant_id, client_id, telegram_id);
    let left: Vec<(i64,)> = tx.fetch_all(LEAVE_TELEGRAM, params).await?;
    Ok(left.into_iter().map(|(id,)| id).collect())
}

const BIND_TELEGRAM: &str = r"
    UPDATE clients
    SET telegram_id = $3,
        telegram_blocked_at = NULL
    WHERE tenant_id = $1
        AND id = $2
";

pub(super) async fn bind_telegram(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
    telegram_id: i64,
) -> Result<(), Error> {
    let params = (tenant_id, client_id, telegram_id);
    tx.execute(BIND_TELEGRAM, params).await?.exactly(1)
}

const UNBIND_TELEGRAM: &str = r"
    UPDATE clients
    SET telegram_id = NULL,
        telegram_blocked_at = NULL
    WHERE tenant_id = $1
        AND id = $2
";

pub(super) async fn unbind_telegram(
    tx: &mut Tx,
    tenant_id: i64,
    client_id: i64,
) -> Result<(), Error> {
    let params = (tenant_id, client_id);
    tx.execute(UNBIND_TELEGRAM, params).await?.exactly(1)
}

const EXPIRING: &str = r"
    SELECT
        expires_at,
        CAST(SUM(remaining_dirams) AS BIGINT)
    FROM lots
    WHERE tenant_id = $1
        AND client_id = $2
        AND remaining_dirams > 0
        AND expires_at > $3
    GROUP BY expires_at
    ORDER BY expires_at
    LIMIT $4
";

/// Returns what of a client's bonuses ends when: moment and dirams, the soonest first.
pub(super) async fn expiring(
    db: &Db,
    tenant_id: i64,
    client_id: i64,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(i64, i64)>, Error> {
    let params = (tenant_id, client_id, now.micros(), most);
    db.reads().fetch_all(EXPIRING, params).await
}
